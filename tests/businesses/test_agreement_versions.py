"""An agreement changes by a new version that both sides accept; the old one stands until then."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.rules import Role
from businesses import codec, queries
from businesses.commitments import Commitment
from businesses.service.choosing import Side
from businesses.values import Agreement, Outcome, Version
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from pledges import queries as pledge_queries
from tests.at_once import outcomes
from tests.factories import CLOSING, LAST, OPENING, action, make_window, share
from tests.scene import Scene
from web.recounting import recount
from web.trips import changing, moving

SHOP = "morgenrot"
HELD = (share("40"), action(definition="within 50 km"))
LOWER = (share("30"), HELD[1])
RAISED = (share("45"), HELD[1])


@pytest.fixture
def scene(database: Database) -> Scene:
    """One shop has won, both have signed, and Lea has pledged."""
    scene = Scene(database)
    scene.open()
    scene.bid(SHOP, *HELD)
    scene.agreed()
    scene.pledge("lea")
    return scene


def side(scene: Scene, by: str) -> Side:
    return Side(business=scene.shops[SHOP]) if by == "business" else Side(person=scene.person())


def propose(scene: Scene, *new: Commitment, by: str = "business", reason: str = "The pump is late.") -> Version:
    who, bid = side(scene, by), scene.bid_of(SHOP).id
    with scene.doing() as session:
        return changing.propose(session, scene.clock, scene.slug, bid, who, new, reason=reason, name="Petra")


def answer(scene: Scene, number: int = 2, *, by: str = "organizer", name: str | None = "Lea") -> Version:
    who, bid = side(scene, by), scene.bid_of(SHOP).id
    with scene.doing() as session:
        return changing.answer(session, scene.clock, scene.slug, bid, number, who, name)[0]


def agreement(scene: Scene) -> Agreement:
    with scene.database.reading() as session:
        held = queries.agreement(session, scene.bid_of(SHOP).id)
    assert held is not None
    return held


def versions(scene: Scene) -> list[Version]:
    with scene.database.reading() as session:
        return queries.versions(session, scene.bid_of(SHOP).id)


def asked_again(scene: Scene) -> int:
    with scene.database.reading() as session:
        return pledge_queries.asked_again(session, scene.campaign.id, scene.campaign.terms_version)


def test_until_the_other_side_accepts_the_old_version_stands(scene: Scene):
    before = agreement(scene)
    proposed = propose(scene, *LOWER)
    assert agreement(scene) == before
    assert scene.bid_of(SHOP).promised == HELD
    answer(scene)
    assert (agreement(scene).sha256, agreement(scene).number) == (proposed.sha256, 2)
    assert {a.name for a in agreement(scene).accepted} == {"Petra", "Lea"}
    assert scene.bid_of(SHOP).promised == LOWER
    assert scene.bid_of(SHOP).offer.commitments == HELD


def test_every_version_stays_with_who_accepted_it_and_why(scene: Scene):
    propose(scene, *LOWER)
    answer(scene, name=None)
    propose(scene, *RAISED, by="organizer", reason="The shop can do more.")
    answer(scene, 3, by="business", name="Petra")
    assert [(v.number, v.outcome, v.reason) for v in versions(scene)] == [
        (1, Outcome.ACCEPTED, ""),
        (2, Outcome.DECLINED, "The pump is late."),
        (3, Outcome.ACCEPTED, "The shop can do more."),
    ]
    assert "replaces version 1" in agreement(scene).text
    assert scene.recounted() == []


def test_who_pledged_is_asked_again_only_when_it_is_worse(scene: Scene):
    first = scene.campaign.terms_version
    propose(scene, *RAISED)
    answer(scene)
    assert (scene.campaign.terms_version, asked_again(scene)) == (first, 0)
    propose(scene, *LOWER)
    answer(scene, 3)
    assert (scene.campaign.terms_version, asked_again(scene)) == (first + 1, 1)
    raised, lowered = scene.record("AgreementChanged")
    assert (raised.body["worse"], lowered.body["worse"]) == (False, True)
    assert lowered.body["replaces"] == raised.body["sha256"]
    assert scene.recounted() == []


def test_what_is_owed_follows_from_the_version_in_force_and_the_ranking_from_the_bid(scene: Scene):
    ranked = [fact.body for fact in scene.record("BidsRanked")]
    dropped_and_corrected = (replace(RAISED[0], share=Decimal("35.5")),)
    propose(scene, *dropped_and_corrected)
    answer(scene)
    scene.wait_until(LAST)
    scene.declare(SHOP, "1000")
    scene.finalize()
    scene.work()
    (promise,) = scene.obligations()
    assert str(promise.owed) == "355.00"
    assert [fact.body for fact in scene.record("BidsRanked")] == ranked
    assert scene.recounted() == []


def test_its_dates_move_with_the_day_and_the_bids_own_do_too(scene: Scene):
    propose(scene, share("40", due_weeks=2), HELD[1])
    answer(scene)
    days = timedelta(days=200)
    later = (make_window(OPENING + days, LAST + days),)
    owner = scene.person()
    with scene.doing() as session:
        moving.postpone(session, scene.clock, owner, scene.slug, later, "rain")
    first, second = scene.bid_of(SHOP).promised
    assert first.due_on == scene.campaign.last_day + timedelta(weeks=2)
    assert second.due_on > scene.campaign.last_day
    assert scene.recounted() == []


def test_one_proposal_at_a_time_and_it_lapses_after_fourteen_days(scene: Scene):
    propose(scene, *RAISED)
    with pytest.raises(Conflict):
        propose(scene, *LOWER, by="organizer")
    scene.clock.set(scene.now + timedelta(days=14))
    with pytest.raises(Conflict):
        answer(scene)
    assert propose(scene, *LOWER, by="organizer").number == 3
    assert scene.recounted() == []


def test_the_side_that_proposed_takes_it_back_and_cannot_accept_it(scene: Scene):
    propose(scene, *LOWER)
    with pytest.raises(Conflict):
        answer(scene, by="business")
    assert answer(scene, by="business", name=None).outcome == Outcome.WITHDRAWN
    with pytest.raises(Conflict):
        answer(scene)
    assert scene.recounted() == []


def test_only_the_two_sides_change_it(scene: Scene):
    scene.join("crew", Role.CREW)
    bid, crew = scene.bid_of(SHOP).id, Side(person=scene.person("crew"))
    with scene.doing() as session, pytest.raises(Forbidden):
        changing.propose(session, scene.clock, scene.slug, bid, crew, LOWER, reason="why", name="x")


def test_what_the_text_names_must_still_be_so(scene: Scene):
    propose(scene, *RAISED)
    scene.join("monitor", Role.MONITOR)
    with pytest.raises(Conflict):
        answer(scene)
    assert agreement(scene).number == 1


def test_a_proposal_needs_a_reason_a_difference_and_free_speech(scene: Scene):
    for new, reason, field in (
        (LOWER, " ", "reason"),
        (HELD, "why", "commitments"),
        (LOWER, "told in strict confidence", "reason"),
        ((share("50", purpose="lamps; keep it secret"), HELD[1]), "why", "commitments.0.purpose"),
        ((share("50", due_on=date(2027, 4, 1)), HELD[1]), "why", "commitments.0.due_on"),
    ):
        with pytest.raises(Invalid) as refused:
            propose(scene, *new, reason=reason)
        assert refused.value.field == field
    assert versions(scene) == []


def test_before_both_have_accepted_there_is_nothing_to_change(database: Database):
    scene = Scene(database)
    scene.open()
    scene.bid(SHOP, *HELD)
    scene.wait_until(CLOSING)
    with pytest.raises(Conflict):
        propose(scene, *LOWER)


def test_an_unknown_version_cannot_be_answered(scene: Scene):
    with pytest.raises(NotFound):
        answer(scene, 7)


def test_two_answers_at_once_change_it_once(scene: Scene):
    propose(scene, *LOWER)
    done, refused = outcomes(2, lambda n: answer(scene, name="Lea" if n else None))
    assert (len(done), [type(each) for each in refused]) == (1, [Conflict])
    assert len(scene.record("AgreementChanged", "AgreementChangeDeclined")) == 1


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("AgreementChanged", "worse", False),
        ("AgreementChanged", "terms_version", 1),
        ("AgreementChanged", "sha256", "0" * 64),
        ("AgreementChanged", "by", "business"),
        ("AgreementChangeProposed", "replaces", "0" * 64),
        ("AgreementChangeProposed", "commitments", [codec.wire(held) for held in RAISED]),
    ],
)
def test_a_change_that_was_tampered_with_is_found(scene: Scene, kind: str, field: str, value: object):
    propose(scene, *LOWER)
    answer(scene)
    told = [json.loads(fact) for fact in scene.lines()]
    for line in told:
        line.pop("seal"), line.pop("number")
        if line["kind"] == kind:
            line["body"][field] = value
    assert recount(map(json.dumps, told)).found > 0
