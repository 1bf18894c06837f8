"""The jury: ties first, scores with comments, and nothing of them before the choice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.rules import Role
from businesses import service
from businesses.values import Score
from campaigns.values import Criterion, Rule, TieBreak
from core import record
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid
from tests.factories import CLOSING, make_bidding, share
from tests.scene import Scene

DAY = timedelta(days=1)
JURY = make_bidding(rule=Rule.JURY, criteria=(Criterion("climate", Decimal(60)), Criterion("people", Decimal(40))))


@pytest.fixture
def scene(database: Database) -> Scene:
    """Two bids, two jurors, and bidding has closed."""
    scene = Scene(database)
    scene.open(bidding=JURY)
    scene.bid("one", share("22"))
    scene.bid("two", share("40"))
    for juror in ("ada", "bea"):
        scene.join(juror, Role.JURY)
    scene.wait_until(CLOSING)
    return scene


def declare(scene: Scene, juror: str, ties: str) -> None:
    person = scene.person(juror)
    with scene.doing() as session:
        service.declare_ties(session, scene.clock, person, scene.slug, ties)


def score(scene: Scene, juror: str, name: str, points: str, comment: str = "", criterion: str = "climate") -> None:
    person, bid = scene.person(juror), scene.bid_of(name)
    with scene.doing() as session:
        service.score(session, scene.clock, person, scene.slug, bid.id, criterion, Decimal(points), comment)


def judged(scene: Scene) -> Scene:
    declare(scene, "ada", "none")
    score(scene, "ada", "one", "9", "a heat pump, at last")
    scene.clock.advance(minutes=1)
    declare(scene, "bea", "I buy my bread at two")
    score(scene, "bea", "two", "3.25")
    return scene


def test_nothing_of_a_score_is_known_before_the_choice(scene: Scene):
    before = scene.record()
    with scene.database.reading() as session:
        shown = service.shown_ranking(session, scene.campaign)
    judged(scene)
    assert scene.record() == before
    with scene.database.reading() as session:
        assert service.shown_ranking(session, scene.campaign) == shown
        assert service.public_jury(session, scene.campaign).scores == ()
        assert [s.get("score") for s in service.ranking(session, scene.campaign).steps[:2]] == ["0", "0"]
    assert [step["code"] for step in shown.steps] == ["jury_scores"]


def test_a_juror_sees_their_own_scores_and_no_others(scene: Scene):
    judged(scene)
    ada = scene.person("ada")
    with scene.database.reading() as session:
        juror, own = service.own_scores(session, scene.campaign, ada)
    assert juror
    assert (juror.ties, [(s.score, s.comment) for s in own]) == ("none", [(Decimal(9), "a heat pump, at last")])


def test_with_the_choice_scores_comments_and_ties_are_told_under_numbers(scene: Scene):
    judged(scene).wait_until(CLOSING + 7 * DAY)
    assert scene.winners == ["one"]
    told = scene.record("JurorDeclared", "BidScored", "BidsRanked", "BidsAwarded")[1:]
    assert [f.kind for f in told] == [
        "JurorDeclared", "JurorDeclared", "BidScored", "BidScored", "BidsRanked", "BidsAwarded",
    ]  # fmt: skip
    assert [(f.body["number"], f.body["ties"]) for f in told[:2]] == [(1, "none"), (2, "I buy my bread at two")]
    assert {(f.body["score"], f.body["comment"]) for f in told[2:4]} == {("9", "a heat pump, at last"), ("3.25", "")}
    assert told[2].at == told[5].at
    assert "ada@" not in str(told)
    with scene.database.reading() as session:
        assert len(service.public_jury(session, scene.campaign).scores) == 2
    assert scene.recounted() == []


def test_every_score_is_in_the_record_that_is_not_public_at_once(scene: Scene):
    judged(scene)
    record.publish(scene.database)
    with scene.database.reading() as session:
        facts = [f for f in record.read(session, scene.campaign.id, public_only=False) if f.kind == "ScoreGiven"]
    assert [f.body["score"] for f in facts] == ["9", "3.25"]


def test_a_tie_of_the_jury_left_to_the_organizers_is_told_with_its_scores(database: Database):
    scene = Scene(database)
    criteria = (Criterion("climate", Decimal(1)),)
    scene.open(bidding=make_bidding(rule=Rule.JURY, criteria=criteria, tie_break=TieBreak.ORGANIZER))
    for name in ("one", "two"):
        scene.bid(name, share("22"))
    scene.join("ada", Role.JURY)
    scene.wait_until(CLOSING)
    for name in ("one", "two"):
        score(scene, "ada", name, "7")
    scene.wait_until(CLOSING + 7 * DAY)
    assert scene.campaign.waiting == "tie"
    assert len(scene.record("BidScored")) == 2
    scene.award("two")
    assert scene.winners == ["two"]
    assert scene.recounted() == []


def test_ties_are_declared_by_jurors_within_the_term_and_can_be_said_again(scene: Scene, clock: FixedClock):
    with pytest.raises(Forbidden):
        declare(scene, "owner", "none")
    with pytest.raises(Invalid) as empty:
        declare(scene, "ada", " ")
    assert empty.value.field == "ties"
    declare(scene, "ada", "none")
    declare(scene, "ada", "my brother works at two")
    clock.set(CLOSING + 7 * DAY)
    with pytest.raises(Conflict, match="seven days"):
        declare(scene, "ada", "none")
    scene.wait_until(CLOSING + 7 * DAY)
    (told,) = scene.record("JurorDeclared")
    assert told.body["ties"] == "my brother works at two"


@pytest.mark.parametrize("points", ["10.01", "-0.5", "7.333"])
def test_a_score_is_a_number_from_0_to_10_with_two_decimals_at_most(points: str):
    with pytest.raises(Invalid) as wrong:
        Score("juror", "bid", "climate", Decimal(points))
    assert wrong.value.field == "score"
