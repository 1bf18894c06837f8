"""Consent and the newer fields of promises by API: asked, answered by the mailed token, refused by their wire names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from accounts import service as accounts
from core.settings import Settings
from tests.web.loop import Walker, campaign_body, share, stock
from web.app import create_app

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
GROUP = "The neighbours of the yard"


@pytest.fixture
def walker(database_url: str, tmp_path: Path) -> Iterator[Walker]:
    settings = Settings(home=tmp_path, database_url=database_url, demo=True, base_url="http://testserver")
    app = create_app(settings, worker=False)
    with TestClient(app, raise_server_exceptions=True) as http:
        found = Walker(http)
        with app.state.site.db.writing() as session:
            token = accounts.api_token(session, app.state.site.clock, "organizer@example.org")
            found.tokens["organizer"] = f"Bearer {token}"
        yield found


@pytest.fixture
def slug(walker: Walker) -> str:
    """An open auction to which one shop was invited."""
    made: str = walker.post("/campaigns", campaign_body(walker.now()), "organizer")["slug"]
    walker.post(f"/campaigns/{made}/open", None, "organizer", 200)
    invitation = walker.post(f"/campaigns/{made}/invitations", {"business": "bella"}, "organizer")
    claim = {"token": invitation["token"], "name": "bella", "contact": "bella@shop.example"}
    walker.tokens["bella"] = f"Business {walker.post('/invitations/claim', claim)['token']}"
    return made


def due(walker: Walker) -> str:
    return (walker.now() + timedelta(days=60)).date().isoformat()


def bid(walker: Walker, slug: str, *commitments: dict[str, Any], status: int = 201) -> Any:
    body = {"commitments": list(commitments), "anyway": "No."}
    return walker.post(f"/campaigns/{slug}/bids", body, "bella", status)


def test_people_are_asked_by_mail_and_answer_by_its_token(walker: Walker, slug: str) -> None:
    placed = bid(walker, slug, stock("15", due(walker), affected_group=GROUP))
    (needed,) = walker.get(f"/campaigns/{slug}/consents")["items"]
    assert (needed["state"], needed["group"]) == ("needed", GROUP)
    about = {"bid": placed["id"], "commitment": needed["commitment"], "email": "rosa@example.org", "name": "Rosa Lund"}
    asked = walker.post(f"/campaigns/{slug}/consents", about, "organizer")
    assert (asked["state"], asked["name"]) == ("asked", None)
    walker.move(walker.now() + timedelta(days=6))
    assert walker.get(f"/campaigns/{slug}")["next_deadline"]["kind"] == "waiting_for_consent"
    said = {
        "token": walker.mailed_token("rosa@example.org"),
        "answer": "agree",
        "seat": True,
        "comment": "A fence.",
    }
    given = walker.post(f"/consents/{asked['id']}", said, status=200)
    assert (given["state"], given["seat"], given["comment"]) == ("given", True, "A fence.")
    assert walker.get(f"/campaigns/{slug}")["award"]
    assert "Rosa" not in str(walker.get(f"/campaigns/{slug}/consents"))
    again = walker.post(f"/consents/{asked['id']}", {**said, "answer": "withdraw"}, status=200)
    assert again["state"] == "withdrawn"
    assert walker.get(f"/campaigns/{slug}")["award"] == []


def test_a_meeting_is_recorded_and_what_it_lacks_is_named(walker: Walker, slug: str) -> None:
    placed = bid(walker, slug, stock("15", due(walker), affected_group=GROUP))
    about = {"bid": placed["id"], "commitment": placed["commitments"][0]["id"]}
    today = walker.now().date().isoformat()
    met = {"answer": "agree", "on": today, "note": " "}
    wrong = walker.post(f"/campaigns/{slug}/consents", {**about, "recorded": met}, "organizer", 422)
    assert wrong["errors"][0]["field"] == "recorded.note"
    wrong = walker.post(f"/campaigns/{slug}/consents", about, "organizer", 422)
    assert wrong["errors"][0]["field"] == "email"
    told = walker.post(f"/campaigns/{slug}/consents", {**about, "recorded": {**met, "note": "All."}}, "organizer")
    assert told["recorded"] == {"on": today, "note": "All."}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"basis": "turnover"}, "basis"),
        ({"due_on": None, "due_weeks": 521}, "due_weeks"),
        ({"due_weeks": 6}, "due_weeks"),
        ({"matched_by": "Stadtwerke"}, "match"),
        ({"checker": "affected"}, "affected_group"),
    ],
)
def test_what_is_wrong_in_a_share_is_named(walker: Walker, slug: str, change: dict[str, Any], field: str) -> None:
    wrong = bid(walker, slug, share("20", due(walker), **change), status=422)
    assert [error["field"] for error in wrong["errors"]] == [f"commitments.0.{field}"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"baseline": "30", "direction": "more"}, "target"),
        ({"ladder": [("takings", "5000", "20"), ("takings", "4000", "25")]}, "ladder.1.when.at_least"),
        ({"ladder": [("units", "100", "14")]}, "ladder.0.target"),
    ],
)
def test_what_is_wrong_in_an_action_is_named(walker: Walker, slug: str, change: dict[str, Any], field: str) -> None:
    rungs = [{"when": {"kind": k, "at_least": n}, "target": t} for k, n, t in change.get("ladder", ())]
    wrong = bid(walker, slug, stock("15", due(walker), **change | {"ladder": rungs}), status=422)
    assert [error["field"] for error in wrong["errors"]] == [f"commitments.0.{field}"]


def test_weeks_and_a_sponsor_are_answered_with_the_date_they_come_to(walker: Walker, slug: str) -> None:
    offered = share("20", "", due_on=None, due_weeks=6, match="100", matched_by="Stadtwerke")
    (held,) = bid(walker, slug, offered)["commitments"]
    day = (walker.now() + timedelta(days=20, weeks=6)).date().isoformat()
    assert (held["due_weeks"], held["due_on"], held["matched_by"]) == (6, day, "Stadtwerke")
    (raised,) = bid(walker, slug, {**held, "share": "25"}, status=200)["commitments"]
    assert raised == {**held, "share": "25"}
    wrong = bid(walker, slug, {**raised, "matched_by": ""}, status=422)
    assert wrong["errors"][0]["field"] == "commitments.0.matched_by"
