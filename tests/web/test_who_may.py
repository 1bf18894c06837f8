"""Route by role: who may do what by API. A route that is not in the table fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from accounts import service as accounts
from core.settings import Settings
from tests.web.loop import Walker, campaign_body, share, stock
from web.app import create_app

PEOPLE = ("stranger", "crew", "monitor", "juror", "co_organizer", "organizer", "supporter")
SHOPS = ("winner", "rival")
EVERYBODY = frozenset({"nobody", *PEOPLE, *SHOPS})
SIGNED_IN = frozenset(PEOPLE)
TEAM = frozenset({"organizer", "co_organizer"})
DOOR = TEAM | {"crew"}
NONE: frozenset[str] = frozenset()
REFUSED = (401, 403, 404)


@dataclass(frozen=True)
class Rule:
    """Who may call a route, and a body that is well formed. ``untried``: it would change the campaign for the rest."""

    may: frozenset[str]
    body: Any = None
    untried: frozenset[str] = frozenset()


PAST = [{"opens_at": "2020-01-01T10:00:00Z", "closes_at": "2020-01-01T12:00:00Z"}]
TILL = {"window": "w", "takings": "10"}
BID = {"commitments": [{"kind": "share", "share": "5", "basis": "gross"}], "anyway": "No."}
TEMPLATE = {
    "topic": "energy", "title": "Doors", "verb": "close", "metric": "metres with doors", "definition": "By themselves.",
    "baseline_question": "How many today?", "proof": ["photos"], "due_weeks": 26,
}  # fmt: skip
MAY: dict[tuple[str, str], Rule] = {
    ("POST", "/campaigns"): Rule(SIGNED_IN),
    ("GET", "/campaigns"): Rule(EVERYBODY),
    ("GET", "/campaigns/{slug}"): Rule(EVERYBODY),
    ("PATCH", "/campaigns/{slug}"): Rule(TEAM, {"story": "Another story."}),
    ("POST", "/campaigns/{slug}/team"): Rule(TEAM, {"email": "new@example.org", "role": "crew"}),
    ("POST", "/campaigns/{slug}/open"): Rule(TEAM),
    ("POST", "/campaigns/{slug}/cancel"): Rule(TEAM, {"reason": ""}),
    ("POST", "/campaigns/{slug}/proceed"): Rule(TEAM | {"winner"}),
    ("POST", "/campaigns/{slug}/postpone"): Rule(TEAM, {"reason": "", "windows": PAST}),
    ("POST", "/campaigns/{slug}/extend"): Rule(TEAM, {"closes_at": "2031-01-01T00:00:00Z"}),
    ("GET", "/campaigns/{slug}/checklist"): Rule(TEAM),
    ("POST", "/campaigns/{slug}/invitations"): Rule(TEAM, {"business": "Another"}),
    ("GET", "/campaigns/{slug}/invitations"): Rule(TEAM),
    ("POST", "/invitations/claim"): Rule(NONE, {"token": "x", "name": "x", "contact": "x"}),
    ("GET", "/campaigns/{slug}/crew-link"): Rule(TEAM),
    ("POST", "/campaigns/{slug}/crew-link"): Rule(TEAM),
    ("DELETE", "/campaigns/{slug}/crew/{member_id}"): Rule(NONE),
    ("POST", "/campaigns/{slug}/bids"): Rule(frozenset(SHOPS)),
    ("POST", "/campaigns/{slug}/bids/check"): Rule(TEAM | frozenset(SHOPS), BID),
    ("GET", "/campaigns/{slug}/prepared-bids"): Rule(TEAM | frozenset(SHOPS)),
    ("POST", "/campaigns/{slug}/prepared-bids"): Rule(frozenset(SHOPS), {"share": "30"}),
    ("PUT", "/campaigns/{slug}/prepared-bids/{prepared_id}"): Rule(NONE, BID),
    ("POST", "/campaigns/{slug}/prepared-bids/reply"): Rule(frozenset(SHOPS), {"answer": "approve"}),
    ("POST", "/campaigns/{slug}/paper-bids"): Rule(TEAM),
    ("PUT", "/campaigns/{slug}/paper-bids/{paper_id}"): Rule(NONE, BID),
    ("GET", "/campaigns/{slug}/paper-bids/{paper_id}/photo"): Rule(NONE),
    ("POST", "/campaigns/{slug}/bids/countersign"): Rule(frozenset(SHOPS)),
    ("POST", "/campaigns/{slug}/standing-offer"): Rule(frozenset(SHOPS), {"until": "2020-01-01"}),
    ("DELETE", "/campaigns/{slug}/standing-offer"): Rule(frozenset(SHOPS)),
    ("POST", "/campaigns/{slug}/next"): Rule(TEAM, {"bid": "x"}),
    ("GET", "/campaigns/{slug}/prospects"): Rule(TEAM),
    ("POST", "/campaigns/{slug}/prospects"): Rule(TEAM, {"name": "Corner shop"}),
    ("POST", "/campaigns/{slug}/prospects/import"): Rule(TEAM, {"name": "a table is no JSON"}),
    ("PATCH", "/campaigns/{slug}/prospects/{prospect_id}"): Rule(NONE, {"note": "x"}),
    ("DELETE", "/campaigns/{slug}/prospects/{prospect_id}"): Rule(NONE),
    ("POST", "/campaigns/{slug}/prospects/{prospect_id}/invitation"): Rule(NONE),
    ("GET", "/commitment-templates"): Rule(EVERYBODY),
    ("POST", "/campaigns/{slug}/commitment-templates"): Rule(TEAM, TEMPLATE),
    ("PATCH", "/campaigns/{slug}/commitment-templates/{template_id}"): Rule(NONE, TEMPLATE),
    ("DELETE", "/campaigns/{slug}/commitment-templates/{template_id}"): Rule(NONE),
    ("DELETE", "/campaigns/{slug}/bids"): Rule(frozenset(SHOPS), untried=frozenset({"winner"})),
    ("GET", "/campaigns/{slug}/bids"): Rule(EVERYBODY),
    ("GET", "/campaigns/{slug}/ranking"): Rule(EVERYBODY),
    ("GET", "/campaigns/{slug}/bids/{bid_id}/baseline"): Rule(NONE),
    ("POST", "/campaigns/{slug}/bids/{bid_id}/baseline"): Rule(NONE, {"expected": None}),
    ("POST", "/campaigns/{slug}/bids/{bid_id}/confirmed"): Rule(NONE, {"note": "x"}),
    ("POST", "/campaigns/{slug}/scores"): Rule(frozenset({"juror"}), {"bid": "x", "criterion": "x", "score": "5"}),
    ("POST", "/campaigns/{slug}/votes"): Rule(EVERYBODY, {"bid": "x", "email": "v@example.org"}),
    ("POST", "/votes/{vote_id}/confirm"): Rule(NONE, {"token": "x"}),
    ("POST", "/campaigns/{slug}/award"): Rule(TEAM, {"bids": ["x"], "reason": "x"}),
    ("POST", "/campaigns/{slug}/consents"): Rule(TEAM, {"bid": "x", "commitment": "x", "email": "r@example.org"}),
    ("GET", "/campaigns/{slug}/consents"): Rule(EVERYBODY),
    ("GET", "/campaigns/{slug}/identities"): Rule(DOOR | {"monitor"}),
    ("POST", "/campaigns/{slug}/identities"): Rule(DOOR | {"monitor"}, {"business": "x", "method": "visit"}),
    ("POST", "/identities/{confirmation_id}"): Rule(NONE, {"token": "wrong"}),
    ("POST", "/campaigns/{slug}/shop-key"): Rule(TEAM, {"business": "x"}),
    ("POST", "/consents/{consent_id}"): Rule(NONE, {"token": "wrong", "answer": "agree"}),
    ("GET", "/campaigns/{slug}/agreement"): Rule(EVERYBODY),
    ("POST", "/campaigns/{slug}/agreement"): Rule(TEAM | {"winner"}, {"accept": True, "name": "x"}),
    ("POST", "/campaigns/{slug}/agreement/changes"): Rule(
        TEAM | {"winner"}, {"commitments": [share("45", "2031-01-01")], "reason": "", "name": "x"}
    ),
    ("POST", "/campaigns/{slug}/agreement/changes/{number}"): Rule(TEAM | {"winner"}, {"accept": True, "name": "x"}),
    ("POST", "/campaigns/{slug}/asks"): Rule(EVERYBODY, {"amount": "5"}),
    ("POST", "/asks/{ask_id}/confirm"): Rule(NONE, {"token": "x"}),
    ("POST", "/campaigns/{slug}/pledges"): Rule(EVERYBODY, {"amount": "5"}),
    ("GET", "/campaigns/{slug}/slots"): Rule(EVERYBODY),
    ("GET", "/campaigns/{slug}/forecast"): Rule(TEAM | {"winner"}),
    ("GET", "/campaigns/{slug}/tasks"): Rule(TEAM | {"winner"}),
    ("POST", "/campaigns/{slug}/tasks"): Rule(TEAM | {"winner"}, {"words": "Cups", "by": "business"}),
    ("PATCH", "/campaigns/{slug}/tasks/{task_id}"): Rule(TEAM | {"winner"}, {"done": True}),
    ("DELETE", "/campaigns/{slug}/tasks/{task_id}"): Rule(TEAM | {"winner"}),
    ("POST", "/pledges/{pledge_id}/confirm"): Rule(NONE, {"token": "wrong"}),
    ("GET", "/pledges/{pledge_id}"): Rule(frozenset({"supporter"})),
    ("PATCH", "/pledges/{pledge_id}"): Rule(frozenset({"supporter"}), {"party": 2}),
    ("DELETE", "/pledges/{pledge_id}"): Rule(frozenset({"supporter"})),
    ("POST", "/pledges/{pledge_id}/spend"): Rule(frozenset({"supporter"}), {"amount": "5"}),
    ("POST", "/pledges/{pledge_id}/receipt-photos"): Rule(frozenset({"supporter"})),
    ("POST", "/campaigns/{slug}/check-ins"): Rule(DOOR, {"walk_in": True}),
    ("POST", "/campaigns/{slug}/till-totals"): Rule(frozenset({"winner"}), TILL),
    ("POST", "/campaigns/{slug}/till-files"): Rule(frozenset({"winner"})),
    ("POST", "/campaigns/{slug}/till-files/{file_id}"): Rule(NONE, {"count": True}),
    ("POST", "/till-totals/{till_id}/proof"): Rule(NONE),
    ("POST", "/till-totals/{till_id}/countersign"): Rule(NONE),
    ("GET", "/till-totals/{till_id}/proofs"): Rule(NONE),
    ("GET", "/till-proofs/{proof_id}"): Rule(NONE),
    ("POST", "/campaigns/{slug}/slip-photos"): Rule(DOOR),
    ("POST", "/campaigns/{slug}/till-slips"): Rule(DOOR, TILL | {"business": "x", "photo": "x"}),
    ("GET", "/campaigns/{slug}/photos"): Rule(EVERYBODY),
    ("POST", "/campaigns/{slug}/photo-files"): Rule(DOOR),
    ("POST", "/campaigns/{slug}/photos"): Rule(DOOR, {"photo": "x", "shows": "x", "asked": True}),
    ("POST", "/campaigns/{slug}/photos/{photo_id}/approve"): Rule(NONE),
    ("DELETE", "/campaigns/{slug}/photos/{photo_id}"): Rule(NONE),
    ("PUT", "/campaigns/{slug}/press-contact"): Rule(TEAM, {"name": "", "reach": ""}),
    ("POST", "/till-totals/{till_id}/confirm"): Rule(NONE),
    ("GET", "/campaigns/{slug}/tally"): Rule(EVERYBODY),
    ("POST", "/campaigns/{slug}/finalize"): Rule(TEAM),
    ("POST", "/campaigns/{slug}/corrections"): Rule(
        TEAM, {"window": "w", "field": "takings", "value": "5", "reason": "x"}
    ),
    ("GET", "/obligations/{obligation_id}/counts"): Rule(NONE),
    ("POST", "/obligations/{obligation_id}/counts"): Rule(NONE, {"value": "1"}),
    ("GET", "/campaigns/{slug}/effects"): Rule(EVERYBODY),
    ("GET", "/obligations/{obligation_id}/effects"): Rule(NONE),
    ("POST", "/obligations/{obligation_id}/effects"): Rule(
        NONE, {"kind": "co2", "phase": "measured", "value": "1", "method": "read off", "source": "meter"}
    ),
    ("GET", "/campaigns/{slug}/returns"): Rule(EVERYBODY),
    ("POST", "/campaigns/{slug}/returns"): Rule(frozenset({"winner"}), {"code": "ABC234"}),
    ("POST", "/pledges/{pledge_id}/returns"): Rule(frozenset({"supporter"}), {"business": "x", "amount": "5"}),
    ("POST", "/pledges/{pledge_id}/returns/visit"): Rule(frozenset({"supporter"}), {"business": "x", "spent": "5"}),
    ("DELETE", "/pledges/{pledge_id}/returns/{business}"): Rule(frozenset({"supporter"})),
    ("GET", "/campaigns/{slug}/obligations"): Rule(EVERYBODY),
    ("GET", "/obligations/{obligation_id}"): Rule(NONE),
    ("POST", "/obligations/{obligation_id}/evidence"): Rule(NONE, {"note": "x"}),
    ("POST", "/obligations/{obligation_id}/evidence-files"): Rule(NONE),
    ("GET", "/evidence-files/{document_id}"): Rule(NONE),
    ("GET", "/evidence-files/{document_id}/original"): Rule(NONE),
    ("POST", "/evidence-files/{document_id}/redaction"): Rule(NONE, {"visibility": "checker"}),
    ("POST", "/obligations/{obligation_id}/evidence/{evidence_id}/redaction"): Rule(NONE, {"passage": "words"}),
    ("POST", "/obligations/{obligation_id}/spot-checks"): Rule(NONE, {"value": "1"}),
    ("POST", "/obligations/{obligation_id}/extension"): Rule(NONE, {"accept": True, "due_on": "2031-01-01"}),
    ("POST", "/obligations/{obligation_id}/verdict"): Rule(NONE, {"verdict": "kept", "reason": "x"}),
    ("POST", "/obligations/{obligation_id}/recheck"): Rule(NONE, {"outcome": "lapsed", "reason": "x"}),
    ("POST", "/obligations/{obligation_id}/reply"): Rule(NONE, {"text": "x"}),
    ("POST", "/obligations/{obligation_id}/substitutes"): Rule(NONE, {"words": "x"}),
    ("GET", "/campaigns/{slug}/monitor-reports"): Rule(EVERYBODY),
    ("POST", "/obligations/{obligation_id}/monitor-reports"): Rule(
        NONE, {"visited_on": "2026-01-01", "findings": [{"words": "x"}]}
    ),
    ("POST", "/monitor-reports/{report_id}/reply"): Rule(NONE, {"reply": "x"}),
    ("GET", "/obligations/{obligation_id}/circles"): Rule(NONE),
    ("POST", "/obligations/{obligation_id}/circles"): Rule(NONE, {}),
    ("POST", "/circles/{circle_id}/facilitator"): Rule(NONE, {"agrees": True}),
    ("POST", "/circles/{circle_id}/lead"): Rule(NONE, {"agrees": True}),
    ("POST", "/circles/{circle_id}/meeting"): Rule(NONE, {"at": "2031-01-01T10:00:00Z", "place": "x"}),
    ("POST", "/circles/{circle_id}/held"): Rule(NONE, {}),
    ("POST", "/circles/{circle_id}/outcome"): Rule(NONE, {}),
    ("POST", "/circles/{circle_id}/remedy"): Rule(NONE, {"remedy": "x", "agrees": True}),
    ("POST", "/spot-checks/{check_id}/show"): Rule(NONE),
    ("GET", "/obligations/{obligation_id}/page-looks"): Rule(NONE),
    ("POST", "/page-looks/{look_id}"): Rule(NONE, {"agrees": True}),
    ("POST", "/till-totals/{till_id}/resolve"): Rule(NONE, {"figure": "counter", "reason": "x"}),
    ("POST", "/campaigns/{slug}/adopt"): Rule(SIGNED_IN),
    ("POST", "/businesses/{slug}/close"): Rule(frozenset({"winner"}), {"reason": "Sold."}, frozenset({"winner"})),
    ("POST", "/businesses/{slug}/adopt"): Rule(frozenset({"winner"})),
    ("GET", "/campaigns/{slug}/record"): Rule(EVERYBODY),
    ("GET", "/businesses/{slug}"): Rule(EVERYBODY),
    ("GET", "/late"): Rule(EVERYBODY),
    ("GET", "/me"): Rule(SIGNED_IN),
    ("PATCH", "/me"): Rule(SIGNED_IN, {}),
    ("GET", "/me/digest"): Rule(SIGNED_IN),
    ("PATCH", "/me/digest"): Rule(SIGNED_IN, {"frequency": "off"}),
}
"""NONE: an id that nobody has, so that nobody may. What people may do to promises, and what they
may see of a bid, is in tests/businesses."""


@dataclass(frozen=True)
class World:
    """One campaign that takes pledges, and everybody around it."""

    walker: Walker
    slug: str
    shop: str
    pledge: str


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("who-may")
    (home / "carrotmob.sqlite").write_bytes(sqlite_template.read_bytes())
    app = create_app(Settings(home=home, demo=True, base_url="http://testserver", rate_limit="off"), worker=False)
    with TestClient(app) as http:
        walker = Walker(http)
        with app.state.site.db.writing() as session:
            for name in PEOPLE:
                token = accounts.api_token(session, app.state.site.clock, f"{name}@example.org")
                walker.tokens[name] = f"Bearer {token}"
        yield build(walker)


def build(walker: Walker) -> World:
    now = walker.now()
    slug = walker.post("/campaigns", campaign_body(now), "organizer")["slug"]
    for role in ("crew", "co_organizer"):
        walker.post(f"/campaigns/{slug}/team", {"email": f"{role}@example.org", "role": role}, "organizer")
    walker.post(f"/campaigns/{slug}/team", {"email": "juror@example.org", "role": "jury"}, "organizer")
    watch = {"email": "monitor@example.org", "role": "monitor", "paid_by": "nobody"}
    walker.post(f"/campaigns/{slug}/team", watch, "organizer")
    walker.post(f"/campaigns/{slug}/open", None, "organizer", 200)
    due = (now + timedelta(days=60)).date().isoformat()
    for name, percent in (("winner", "40"), ("rival", "20")):
        invitation = walker.post(f"/campaigns/{slug}/invitations", {"business": name}, "organizer")
        claim = {"token": invitation["token"], "name": name, "contact": f"{name}@shop.example"}
        made = walker.post("/invitations/claim", claim)
        walker.tokens[name] = f"Business {made['token']}"
        bid = {"commitments": [share(percent, due), stock("15", due)], "anyway": "No."}
        walker.post(f"/campaigns/{slug}/bids", bid, name)
    walker.move(now + timedelta(days=6))
    walker.post(f"/campaigns/{slug}/agreement", {"accept": True, "name": "O"}, "organizer", 200)
    walker.post(f"/campaigns/{slug}/agreement", {"accept": True, "name": "W"}, "winner", 200)
    offer = {"amount": "20", "email": "supporter@example.org"}
    pledge = walker.post(f"/campaigns/{slug}/pledges", offer)["id"]
    walker.post(f"/pledges/{pledge}/confirm", {"token": walker.mailed_token("supporter@example.org")}, status=200)
    return World(walker, slug, "winner", pledge)


def test_every_route_of_the_api_says_who_may(world: World) -> None:
    paths = world.walker.http.app.openapi()["paths"]
    held = {(method.upper(), path.removeprefix("/api/v1")) for path, methods in paths.items() for method in methods}
    assert held == set(MAY)


@pytest.mark.parametrize(("method", "path"), [key for key, rule in MAY.items() if rule.may != EVERYBODY])
def test_only_those_who_may_do_it(world: World, method: str, path: str) -> None:
    rule = MAY[method, path]
    place = path.format(
        slug=world.shop if path.startswith("/businesses") else world.slug,
        pledge_id=world.pledge, vote_id="none", check_id="none", consent_id="none", till_id="none", bid_id="none",
        confirmation_id="none", file_id="none", proof_id="none", look_id="none", photo_id="none",
        obligation_id="none", template_id="none", prospect_id="none", prepared_id="none", paper_id="none",
        circle_id="none", report_id="none", ask_id="none", member_id="none", business="none", document_id="none",
        evidence_id="none", task_id="room", number=9,
    )  # fmt: skip
    for who in sorted(EVERYBODY - rule.may):
        status = ask(world, method, place, who, rule.body)
        assert status in REFUSED or (status == 422 and rule.body is None), f"{who}: {status}"
    for who in sorted(rule.may - rule.untried - {"supporter"}):
        assert ask(world, method, place, who, rule.body) not in (401, 403), who


def test_everybody_may_read_what_is_public(world: World) -> None:
    for (method, path), rule in MAY.items():
        if method == "GET" and rule.may == EVERYBODY:
            place = path.format(slug=world.shop if path.startswith("/businesses") else world.slug)
            for who in sorted(EVERYBODY):
                assert ask(world, method, place, who, None) == 200, f"{who} {path}"


def ask(world: World, method: str, place: str, who: str, body: Any) -> int:
    headers = {} if who == "nobody" else {"Authorization": world.walker.tokens[who]}
    answer = world.walker.http.request(method, f"/api/v1{place}", headers=headers, json=body)
    status: int = answer.status_code
    return status
