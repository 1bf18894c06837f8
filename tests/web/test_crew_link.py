"""Helpers get in by the crew link, on their own phones, without an address."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accounts import service as accounts
from accounts.rules import Role
from pledges import queries as pledges
from tests.factories import share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def link_of(story: Story, visitor: Visitor) -> str:
    """The path of the link, as its organizer is shown it."""
    visitor.sign_in("owner@example.org")
    page = visitor.get(f"/organize/{story.slug}/crew").text
    visitor.client.cookies.clear()
    found = re.search(rf'(/door/{story.slug}/join\?token=[^"<]+)', page)
    assert found
    return found[1]


def join(story: Story, visitor: Visitor, link: str, **typed: str) -> Any:
    return visitor.post(f"/door/{story.slug}/join", {"token": link.split("=")[1], **typed})


def crew(story: Story) -> list[tuple[str, str]]:
    with story.database.reading() as session:
        held = accounts.members(session, story.campaign.team)
    return [(m.name, m.email) for m in held if m.role == Role.CREW]


def on_the_day(story: Story) -> str:
    """A pledge's code, with the doors open."""
    story.open()
    story.bid("bella", share("35"))
    story.wait(days=5)
    story.sign("bella")
    pledge = story.pledge("ada", "30")
    opens = story.campaign.first_opening
    assert opens
    story.move(opens)
    return pledge.code


def test_a_helper_joins_with_a_name_alone_and_checks_somebody_in(story: Story, visitor: Visitor) -> None:
    code = on_the_day(story)
    link = link_of(story, visitor)
    page = visitor.get(link)
    assert "Help at the door" in text_of(page)
    assert not crew(story)
    answer = join(story, visitor, link, name="Yusuf")
    assert answer.headers["location"] == f"/door/{story.slug}"
    visitor.client.cookies.update(answer.cookies)
    assert crew(story) == [("Yusuf", "")]
    came = visitor.post(f"/door/{story.slug}", {"do": "check", "code": code})
    assert "Welcome" in text_of(visitor.get(came.headers["location"]))
    assert visitor.get(link).url.path == f"/door/{story.slug}"
    assert "You joined by the crew link" in text_of(visitor.get("/me"))


def test_a_name_is_asked_for_and_a_signed_in_person_joins_as_themselves(story: Story, visitor: Visitor) -> None:
    on_the_day(story)
    link = link_of(story, visitor)
    refused = join(story, visitor, link, name=" ")
    assert refused.status_code == 422
    assert 'href="#name"' in refused.text
    visitor.sign_in("lea@example.org")
    join(story, visitor, link)
    assert [email for _, email in crew(story)] == ["lea@example.org"]


def test_a_monitor_does_not_join_the_crew(story: Story, visitor: Visitor) -> None:
    on_the_day(story)
    link = link_of(story, visitor)
    visitor.sign_in("monitor@example.org")
    assert join(story, visitor, link).status_code == 422
    assert not crew(story)


def test_an_old_link_opens_nothing_and_whoever_joined_stays(story: Story, visitor: Visitor) -> None:
    on_the_day(story)
    old = link_of(story, visitor)
    join(story, visitor, old, name="Yusuf")
    visitor.client.cookies.clear()
    visitor.sign_in("owner@example.org")
    visitor.post(f"/organize/{story.slug}/crew/link")
    visitor.client.cookies.clear()
    assert visitor.get(old).status_code == 403
    assert join(story, visitor, old, name="Eve").status_code == 403
    assert visitor.get(link_of(story, visitor)).status_code == 200
    assert crew(story) == [("Yusuf", "")]


def test_whoever_is_taken_off_the_crew_is_signed_out_and_what_they_counted_stays(
    story: Story, visitor: Visitor
) -> None:
    code = on_the_day(story)
    visitor.client.cookies.update(join(story, visitor, link_of(story, visitor), name="Yusuf").cookies)
    visitor.post(f"/door/{story.slug}", {"do": "check", "code": code})
    helper = dict(visitor.client.cookies)
    visitor.client.cookies.clear()
    visitor.sign_in("owner@example.org")
    page = visitor.get(f"/organize/{story.slug}/crew")
    found = re.search(rf'action="(/organize/{story.slug}/crew/[0-9a-f]+/remove)"', page.text)
    assert found
    assert visitor.post(found[1]).headers["location"].endswith("?done=removed")
    assert visitor.post(found[1]).status_code == 404
    assert not crew(story)
    visitor.client.cookies.clear()
    visitor.client.cookies.update(helper)
    assert visitor.post(f"/door/{story.slug}", {"do": "walk_in"}).status_code in {401, 403}
    with story.database.reading() as session:
        assert pledges.door(session, story.campaign.id, "EUR").people == 1


def test_the_link_ends_with_the_final_result(story: Story, visitor: Visitor) -> None:
    on_the_day(story)
    link = link_of(story, visitor)
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    story.answer(story.declare("bella", "900"))
    story.finalize()
    assert visitor.get(link).status_code == 409
    assert join(story, visitor, link, name="Late").status_code == 409
