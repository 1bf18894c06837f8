"""The whole loop by API alone, on both databases: organize, bid, choose, pledge, mob, tally, follow through, tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

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


def test_the_loop_can_be_walked_by_api_alone(walker: Walker) -> None:
    now = walker.now()
    body = campaign_body(now)
    slug = walker.post("/campaigns", body, "organizer")["slug"]
    walker.get(f"/campaigns/{slug}", status=404)
    monitor = {"email": "monitor@example.org", "role": "monitor", "paid_by": "the city", "disclosure": "none"}
    walker.post(f"/campaigns/{slug}/team", monitor, "organizer")
    walker.post(f"/campaigns/{slug}/team", {"email": "crew@example.org", "role": "crew"}, "organizer")
    assert walker.post(f"/campaigns/{slug}/open", None, "organizer", 200)["state"] == "bidding"

    due = (now + timedelta(days=60)).date().isoformat()
    for name, percent in (("bella", "22"), ("spaeti", "30")):
        claimed(walker, slug, name)
        bid = {"commitments": [share(percent, due), stock("15", due)], "anyway": "No, not before 2030."}
        walker.post(f"/campaigns/{slug}/bids", bid, name)
    raised = {"commitments": [share("35", due), stock("15", due)], "anyway": "No, not before 2030.",
              "baseline": {"takings": "700", "source": "four Saturdays"}}  # fmt: skip
    walker.post(f"/campaigns/{slug}/bids", raised, "bella", 200)
    lowered = {"commitments": [share("34", due), stock("15", due)], "anyway": "No."}
    refused = walker.post(f"/campaigns/{slug}/bids", lowered, "bella", 422)
    assert refused["errors"][0]["field"] == "commitments.0.share"
    walker.post(f"/campaigns/{slug}/asks", {"amount": "20", "email": "lea@example.org"}, status=202)

    walker.move(datetime.fromisoformat(body["bidding"]["closes_at"]) + timedelta(minutes=1))
    walker.post(f"/campaigns/{slug}/bids", raised, "bella", 409)
    campaign = walker.get(f"/campaigns/{slug}")
    assert campaign["state"] == "choosing"
    assert campaign["award"][0]["business"]["name"] == "bella"
    assert walker.get(f"/campaigns/{slug}/ranking")["steps"]
    agreement = walker.get(f"/campaigns/{slug}/agreement")
    assert len(agreement["sha256"]) == 64
    walker.post(f"/campaigns/{slug}/agreement", {"accept": True, "name": "Jonas"}, "organizer", 200)
    walker.post(f"/campaigns/{slug}/agreement", {"accept": True, "name": "Marta"}, "bella", 200)
    assert walker.get(f"/campaigns/{slug}")["state"] == "pledging"

    lea = pledged(walker, slug, "lea", "20.00")
    pledged(walker, slug, "tom", "35.00")
    code_only = walker.post(f"/campaigns/{slug}/pledges", {"amount": {"amount": "5", "currency": "EUR"}})
    sums = walker.get(f"/campaigns/{slug}/tally")
    assert sums["confirmed"] == {"people": 2, "amount": {"amount": "55.00", "currency": "EUR"}}
    assert sums["without_address"]["people"] == 1
    assert sums["till"] is None

    opens = datetime.fromisoformat(body["windows"][0]["opens_at"])
    walker.move(opens + timedelta(minutes=5))
    assert walker.get(f"/campaigns/{slug}")["state"] == "mobbing"
    spent = {"code": lea["code"], "spent": {"amount": "24.50", "currency": "EUR"}, "anyway": False}
    assert walker.post(f"/campaigns/{slug}/check-ins", spent, "crew")["already"] is False
    assert walker.post(f"/campaigns/{slug}/check-ins", spent, "crew", 200)["already"] is True
    walker.post(f"/campaigns/{slug}/check-ins", {"code": code_only["code"]}, "crew")
    walker.post(f"/campaigns/{slug}/check-ins", {"walk_in": True, "party": 2}, "crew")

    walker.move(opens + timedelta(hours=5))
    window = walker.get(f"/campaigns/{slug}")["windows"][0]["id"]
    till = {"window": window, "takings": {"amount": "2000.84", "currency": "EUR"}, "tax": "319.46", "customers": 400}
    declared = walker.post(f"/campaigns/{slug}/till-totals", till, "bella")
    assert declared["state"] == "declared"
    walker.post(f"/campaigns/{slug}/finalize", None, "organizer", 409)
    assert walker.post(f"/till-totals/{declared['id']}/confirm", {}, "organizer", 200)["state"] == "confirmed"
    tally = walker.post(f"/campaigns/{slug}/finalize", None, "organizer", 200)["tally"]
    assert tally["state"] == "final"
    assert tally["owed"][0]["formula"] == "35% x 2000.84 = 700.29"
    assert tally["owed"][0]["amount"] == {"amount": "700.29", "currency": "EUR"}
    assert tally["attended"]["people"] == 4
    assert tally["goal"]["reached"] is True
    assert tally["uplift"]["amount"]["amount"] == "1300.84"

    promises = walker.get(f"/campaigns/{slug}/obligations")["items"]
    producers = next(p for p in promises if p["target"] == "15")
    assert producers["state"] == "not_due"
    names = [f"Farm {n}" for n in range(1, 12)]
    filed = {"note": "Eleven so far", "list": names}
    walker.post(f"/obligations/{producers['id']}/evidence", filed, "bella")
    walker.move(datetime.fromisoformat(f"{due}T00:00:00+00:00") + timedelta(days=3))
    late = {p["id"]: p for p in walker.get(f"/campaigns/{slug}/obligations")["items"]}
    assert late[producers["id"]]["state"] == "late"
    assert late[producers["id"]]["proposed"] == "partly_kept"
    walker.post(f"/obligations/{producers['id']}/spot-checks", {"value": "11"}, "mia", 403)
    walker.post(f"/obligations/{producers['id']}/spot-checks", {"value": "11"}, "crew", 403)
    walker.post(f"/obligations/{producers['id']}/spot-checks", {"value": "11", "note": "seen"}, "lea")
    verdict = {"verdict": "partly_kept", "reason": "I counted eleven."}
    walker.post(f"/obligations/{producers['id']}/verdict", verdict, "organizer", 403)
    given = walker.post(f"/obligations/{producers['id']}/verdict", verdict, "monitor", 200)
    assert (given["verdict"], given["value"], given["of"], given["seen_by"]) == ("partly_kept", "11", "15", "independent")
    walker.post(f"/obligations/{producers['id']}/reply", {"text": "Hail took four of them."}, "bella")

    profile = walker.get(f"/businesses/{campaign['award'][0]['business']['slug']}")
    assert (profile["partly_kept"], profile["overdue_now"]) == (1, 1)
    walker.move(walker.now() + timedelta(days=8))
    digest = walker.mail("lea@example.org")[0]
    assert "List-Unsubscribe" in digest["headers"]
    assert walker.get("/me", "lea")["email"] == "lea@example.org"
    record = walker.get(f"/campaigns/{slug}/record")
    assert "@" not in record
    assert record.count("\n") > 20
