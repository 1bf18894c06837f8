"""The whole loop by API alone, on both databases: organize, bid, choose, pledge, mob, tally, follow through, tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from accounts import service as accounts
from core.settings import Settings
from tests.web.loop import Walker, campaign_body, share, stock
from web.app import create_app

PEOPLE = ("organizer", "monitor", "lea", "tom", "mia", "crew")


@pytest.fixture
def walker(database_url: str, tmp_path: Path) -> Iterator[Walker]:
    settings = Settings(home=tmp_path, database_url=database_url, demo=True, base_url="http://testserver")
    app = create_app(settings, worker=False)
    with TestClient(app, raise_server_exceptions=True) as http:
        found = Walker(http)
        with app.state.site.db.writing() as session:
            for name in PEOPLE:
                token = accounts.api_token(session, app.state.site.clock, f"{name}@example.org")
                found.tokens[name] = f"Bearer {token}"
        yield found


def claimed(walker: Walker, slug: str, name: str) -> None:
    invitation = walker.post(f"/campaigns/{slug}/invitations", {"business": name}, "organizer")
    claim = {"token": invitation["token"], "name": name, "contact": f"{name}@shop.example"}
    walker.tokens[name] = f"Business {walker.post('/invitations/claim', claim)['token']}"
    walker.post("/invitations/claim", claim, status=409)


def pledged(walker: Walker, slug: str, name: str, amount: str) -> dict[str, str]:
    body = {"amount": {"amount": amount, "currency": "EUR"}, "email": f"{name}@example.org", "updates": True}
    pledge: dict[str, str] = walker.post(f"/campaigns/{slug}/pledges", body)
    assert pledge["state"] == "unconfirmed"
    token = walker.mailed_token(f"{name}@example.org")
    assert walker.post(f"/pledges/{pledge['id']}/confirm", {"token": token}, status=200)["state"] == "confirmed"
    return pledge


@dataclass
class Loop:
    """One campaign on its way, step by step."""

    walker: Walker
    slug: str
    body: dict[str, Any]
    due: str
    opens: datetime

    @property
    def path(self) -> str:
        return f"/campaigns/{self.slug}"

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.walker.get(self.path)
        return found

    def offer(self, percent: str, **more: Any) -> dict[str, Any]:
        commitments = [share(percent, self.due), stock("15", self.due)]
        return {"commitments": commitments, "anyway": "No, not before 2030.", **more}


def organize(walker: Walker) -> Loop:
    now = walker.now()
    body = campaign_body(now)
    slug = walker.post("/campaigns", body, "organizer")["slug"]
    walker.get(f"/campaigns/{slug}", status=404)
    monitor = {"email": "monitor@example.org", "role": "monitor", "paid_by": "the city", "disclosure": "none"}
    walker.post(f"/campaigns/{slug}/team", monitor, "organizer")
    walker.post(f"/campaigns/{slug}/team", {"email": "crew@example.org", "role": "crew"}, "organizer")
    assert walker.post(f"/campaigns/{slug}/open", None, "organizer", 200)["state"] == "bidding"
    due = (now + timedelta(days=60)).date().isoformat()
    return Loop(walker, slug, body, due, datetime.fromisoformat(body["windows"][0]["opens_at"]))


def bid(loop: Loop) -> None:
    walker, bids = loop.walker, f"{loop.path}/bids"
    for name, percent in (("bella", "22"), ("spaeti", "30")):
        claimed(walker, loop.slug, name)
        walker.post(bids, loop.offer(percent), name)
    raised = loop.offer("35", baseline={"takings": "700", "source": "four Saturdays"})
    walker.post(bids, raised, "bella", 200)
    refused = walker.post(bids, loop.offer("34"), "bella", 422)
    assert refused["errors"][0]["field"] == "commitments.0.share"
    walker.post(f"{loop.path}/asks", {"amount": "20", "email": "lea@example.org"}, status=202)
    walker.move(datetime.fromisoformat(loop.body["bidding"]["closes_at"]) + timedelta(minutes=1))
    walker.post(bids, raised, "bella", 409)


def choose(loop: Loop) -> str:
    walker, campaign = loop.walker, loop.read()
    assert campaign["state"] == "choosing"
    assert campaign["award"][0]["business"]["name"] == "bella"
    assert walker.get(f"{loop.path}/ranking")["steps"]
    assert len(walker.get(f"{loop.path}/agreement")["sha256"]) == 64
    walker.post(f"{loop.path}/agreement", {"accept": True, "name": "Jonas"}, "organizer", 200)
    walker.post(f"{loop.path}/agreement", {"accept": True, "name": "Marta"}, "bella", 200)
    assert loop.read()["state"] == "pledging"
    winner: str = campaign["award"][0]["business"]["slug"]
    return winner


def pledge(loop: Loop) -> tuple[str, str]:
    """The code of a confirmed pledge, and one without an address."""
    lea = pledged(loop.walker, loop.slug, "lea", "20.00")
    pledged(loop.walker, loop.slug, "tom", "35.00")
    code_only = loop.walker.post(f"{loop.path}/pledges", {"amount": {"amount": "5", "currency": "EUR"}})
    sums = loop.walker.get(f"{loop.path}/tally")
    assert sums["confirmed"] == {"people": 2, "amount": {"amount": "55.00", "currency": "EUR"}}
    assert sums["without_address"]["people"] == 1
    assert sums["till"] is None
    return lea["code"], code_only["code"]


def mob(loop: Loop, codes: tuple[str, str]) -> None:
    walker, door = loop.walker, f"{loop.path}/check-ins"
    walker.move(loop.opens + timedelta(minutes=5))
    assert loop.read()["state"] == "mobbing"
    spent = {"code": codes[0], "spent": {"amount": "24.50", "currency": "EUR"}, "anyway": False}
    assert walker.post(door, spent, "crew")["already"] is False
    assert walker.post(door, spent, "crew", 200)["already"] is True
    walker.post(door, {"code": codes[1]}, "crew")
    walker.post(door, {"walk_in": True, "party": 2}, "crew")


def count(loop: Loop) -> dict[str, Any]:
    walker = loop.walker
    walker.move(loop.opens + timedelta(hours=5))
    window = loop.read()["windows"][0]["id"]
    till = {"window": window, "takings": {"amount": "2000.84", "currency": "EUR"}, "tax": "319.46", "customers": 400}
    declared = walker.post(f"{loop.path}/till-totals", till, "bella")
    assert declared["state"] == "declared"
    walker.post(f"{loop.path}/finalize", None, "organizer", 409)
    assert walker.post(f"/till-totals/{declared['id']}/confirm", {}, "organizer", 200)["state"] == "confirmed"
    tally: dict[str, Any] = walker.post(f"{loop.path}/finalize", None, "organizer", 200)["tally"]
    return tally


def follow_through(loop: Loop) -> None:
    walker = loop.walker
    promise = next(p for p in walker.get(f"{loop.path}/obligations")["items"] if p["target"] == "15")
    assert promise["state"] == "not_due"
    place = f"/obligations/{promise['id']}"
    walker.post(f"{place}/evidence", {"note": "Eleven so far", "list": [f"Farm {n}" for n in range(11)]}, "bella")
    walker.move(datetime.fromisoformat(f"{loop.due}T00:00:00+00:00") + timedelta(days=3))
    late = walker.get(place)
    assert (late["state"], late["proposed"]) == ("late", "partly_kept")
    for stranger in ("mia", "crew"):
        walker.post(f"{place}/spot-checks", {"value": "11"}, stranger, 403)
    walker.post(f"{place}/spot-checks", {"value": "11", "note": "seen"}, "lea")
    verdict = {"verdict": "partly_kept", "reason": "I counted eleven."}
    walker.post(f"{place}/verdict", verdict, "organizer", 403)
    given = walker.post(f"{place}/verdict", verdict, "monitor", 200)
    told = (given["verdict"], given["value"], given["of"], given["seen_by"])
    assert told == ("partly_kept", "11", "15", "independent")
    walker.post(f"{place}/reply", {"text": "Hail took four of them."}, "bella")


def tell_everyone(loop: Loop, shop: str) -> None:
    walker = loop.walker
    profile = walker.get(f"/businesses/{shop}")
    assert (profile["partly_kept"], profile["overdue_now"]) == (1, 1)
    walker.move(walker.now() + timedelta(days=8))
    digest = walker.mail("lea@example.org")[0]
    assert digest["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert walker.get("/me", "lea")["email"] == "lea@example.org"
    record = walker.get(f"{loop.path}/record")
    assert "@" not in record
    assert record.count("\n") > 20


def test_the_loop_can_be_walked_by_api_alone(walker: Walker) -> None:
    loop = organize(walker)
    bid(loop)
    shop = choose(loop)
    mob(loop, pledge(loop))
    tally = count(loop)
    assert tally["state"] == "final"
    assert tally["owed"][0]["formula"] == "35% x 2000.84 = 700.29"
    assert tally["owed"][0]["amount"] == {"amount": "700.29", "currency": "EUR"}
    assert (tally["attended"]["people"], tally["goal"]["reached"]) == (4, True)
    assert tally["uplift"]["amount"]["amount"] == "1300.84"
    follow_through(loop)
    tell_everyone(loop, shop)
