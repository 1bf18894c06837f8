"""The operator's page and the vote's button, as a browser meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from accounts import service as accounts
from campaigns import queries as campaigns
from campaigns.press import service as press
from campaigns.press.values import Picture
from campaigns.values import State
from core.errors import NotFound
from core.settings import Settings
from tests import stages
from web.app import create_app

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def http(sqlite_url: str, tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(home=tmp_path, database_url=sqlite_url, admins="admin@example.org", rate_limit="off")
    with TestClient(create_app(settings, worker=False), base_url=BASE, follow_redirects=False) as client:
        yield client


def sign_in(http: TestClient, email: str) -> None:
    here = http.app.state.site  # type: ignore[attr-defined]  # an ASGI application, to the client
    with here.db.writing() as session:
        now = here.clock.now(session)
        http.cookies.set("person", accounts.sign_in(session, now, accounts.person_for(session, email, now)))


def token_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_the_operators_page_exists_for_its_admins_only(http: TestClient) -> None:
    assert http.get("/admin").status_code in {303, 401}
    sign_in(http, "lea@example.org")
    assert http.get("/admin").status_code == 404
    sign_in(http, "admin@example.org")
    assert "campaigns overdue" in http.get("/admin").text


def test_an_operator_cancels_a_campaign_with_a_public_reason(http: TestClient) -> None:
    here = http.app.state.site  # type: ignore[attr-defined]  # an ASGI application, to the client
    with here.db.writing() as session:
        slug = stages.make_campaign(session, here.clock).slug
    sign_in(http, "admin@example.org")
    form = {"csrf": token_of(http.get("/admin").text), "slug": slug, "reason": "It sells shares."}
    refused = http.post("/admin/cancel", data=form, headers={"Origin": BASE})
    assert refused.status_code == 422
    assert "It sells shares." in refused.text
    done = http.post("/admin/cancel", data=form | {"sure": "yes"}, headers={"Origin": BASE})
    assert done.status_code == 303
    with here.db.reading() as session:
        assert campaigns.by_slug(session, slug).state == State.CANCELLED


def test_an_operator_takes_a_photo_away_for_somebody_who_is_in_it(http: TestClient) -> None:
    here = http.app.state.site  # type: ignore[attr-defined]  # an ASGI application, to the client
    with here.db.writing() as session:
        owner = stages.make_person(session, here.clock)
        slug = stages.make_campaign(session, here.clock, owner=owner).slug
        kept = Picture(here.files.put(b"a photo"), 1, 1)
        photo = press.add_photo(session, here.clock, owner, slug, kept, "A hat", asked=True)
    sign_in(http, "admin@example.org")
    form = {"csrf": token_of(http.get("/admin").text), "photo": "the one with the hat"}
    refused = http.post("/admin/photo", data=form, headers={"Origin": BASE})
    assert (refused.status_code, "the one with the hat" in refused.text) == (422, True)
    form["photo"] = f"{BASE}/campaigns/{slug}/photos/{photo.id}"
    assert http.post("/admin/photo", data=form, headers={"Origin": BASE}).status_code == 303
    with pytest.raises(NotFound):
        here.files.get(kept.name)


def test_a_form_from_another_website_is_refused(http: TestClient) -> None:
    sign_in(http, "admin@example.org")
    form = {"csrf": token_of(http.get("/admin").text), "slug": "x", "reason": "x", "sure": "yes"}
    assert http.post("/admin/cancel", data=form, headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_a_form_without_its_token_is_refused(http: TestClient) -> None:
    sign_in(http, "admin@example.org")
    assert http.post("/admin/cancel", data={"slug": "x"}, headers={"Origin": BASE}).status_code == 403


def test_opening_a_votes_link_counts_nothing_and_a_wrong_token_is_refused(http: TestClient) -> None:
    page = http.get("/votes/none/confirm?token=x")
    assert (page.status_code, "<form" in page.text) == (200, True)
    assert http.post("/votes/none/confirm", data={"token": "x"}, headers={"Origin": BASE}).status_code == 404
