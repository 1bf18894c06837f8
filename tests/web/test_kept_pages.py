"""Pages that many ask for at once are made once, and never outlive what was written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.pages import kept
from web.pages.campaign import routes

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses for which the campaign's page was really made; pages are kept for a minute here."""
    monkeypatch.setattr(kept.pages, "seconds", 60)
    noted: list[str] = []
    shown = routes.shown

    def noting(*given: Any, **named: Any) -> Any:
        noted.append(str(given[2]))
        return shown(*given, **named)

    monkeypatch.setattr(routes, "shown", noting)
    return noted


def test_a_page_is_made_once_for_all_who_ask_in_the_same_moment(visitor: Visitor, story: Story, made: list[str]):
    story.open()
    at = f"/campaigns/{story.slug}"
    first, again = visitor.get(at), visitor.get(at)
    assert first.text == again.text
    assert len(made) == 1
    assert visitor.get(at, headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert "Gebote" in text_of(visitor.get(at, headers={"accept-language": "de"}))


def test_what_was_written_here_is_seen_at_once(visitor: Visitor, story: Story, made: list[str]):
    story.open()
    at = f"/campaigns/{story.slug}"
    visitor.get(at)
    visitor.post(f"{at}/asks", {"amount": "20.00"})
    assert "without an address: 1 person" in text_of(visitor.get(at))


def test_a_draft_is_never_kept(visitor: Visitor, made: list[str]):
    visitor.sign_in("owner@example.org")
    slug = (
        visitor.post("/campaigns/new", {"title": "A quiet plan", "place": "Berlin"}).headers["location"].split("/")[2]
    )
    assert visitor.get(f"/campaigns/{slug}").status_code == 200
    visitor.client.cookies.clear()
    assert visitor.get(f"/campaigns/{slug}").status_code == 404
