"""Before the award somebody looks: at figures kept from the public, and at what is said to be done already."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.rules import Role
from businesses import service as businesses
from businesses.commitments import Basis
from businesses.values import Baseline, Bid
from campaigns.values import Estimate, Mode
from core import record
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.money import Money
from tests.factories import CLOSING, NOW, eur, fixed, make_bidding, recorded_baseline, share
from tests.scene import OWNER, Scene
from web.recounting import recount

ESTIMATE = Estimate(eur("5000"), "two mobs of last year")
HIDDEN = Baseline((eur("2000"),), "till roll", "checker", date(2027, 1, 4))
"""An ordinary day that the shop keeps from the public."""
MONITOR = "monitor"
LAMPS = "Four of six lamps are LED."


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def auction(scene: Scene, **rules: Any) -> Bid:
    """An open auction with an estimate; one bid on the extra keeps its ordinary day back, one is a plain sum."""
    scene.open(bidding=make_bidding(**{"estimate": ESTIMATE} | rules))
    scene.join(MONITOR, Role.MONITOR)
    scene.bid("plain", fixed("600"))
    return scene.bid("shy", share("22", Basis.EXTRA), baseline=HIDDEN)


def look(scene: Scene, bid: Bid, sum_: Money | None = None, who: str = MONITOR) -> Bid:
    person = scene.person(who)
    with scene.doing() as session:
        return businesses.see_baseline(session, scene.clock, person, scene.slug, bid.id, sum_)


def read(scene: Scene, bid: Bid, who: str) -> Baseline:
    person = scene.person(who)
    with scene.doing() as session:
        return businesses.baseline_for(session, person, scene.slug, bid.id)[2]


def confirm(
    scene: Scene, bid: Bid, note: str = "Four of six lamps are LED.", on: date | None = None, who: str = OWNER
) -> Bid:
    person = scene.person(who)
    with scene.doing() as session:
        return businesses.confirm_change(session, scene.clock, person, scene.slug, bid.id, note, on)


def codes(scene: Scene) -> set[str]:
    """What the ranking says of the two bids and their comparison, as it stands."""
    with scene.doing() as session:
        return {told["code"] for told in businesses.ranking(session, scene.campaign).steps}


def test_the_monitor_sees_what_the_organizers_do_not(scene: Scene):
    bid = auction(scene)
    assert read(scene, bid, MONITOR) == HIDDEN
    for who in (OWNER, "stranger"):
        with pytest.raises(Forbidden):
            read(scene, bid, who)
        with pytest.raises(Forbidden):
            look(scene, bid, who=who)


def test_without_a_monitor_the_organizers_look(scene: Scene):
    scene.open(bidding=make_bidding(estimate=ESTIMATE))
    bid = scene.bid("shy", share("22", Basis.EXTRA), baseline=HIDDEN)
    assert look(scene, bid, who=OWNER).seen.by == "organizer"  # type: ignore[union-attr]  # it was just seen


def test_seen_is_public_and_the_figures_are_not(scene: Scene):
    bid = auction(scene)
    look(scene, bid)
    told = scene.record("BaselineSeen")[-1]
    assert told.body == {"bid": bid.id, "by": "monitor", "seen_on": NOW.date().isoformat(), "expected": None}
    assert "2000" not in "".join(str(fact.body) for fact in scene.record("BidPlaced", "BaselineSeen"))


def test_a_confirmed_sum_ranks_the_bid_and_the_recount_says_what_it_cannot_compute(scene: Scene):
    bid = auction(scene)
    assert codes(scene) == {"estimate", "expected", "not_seen"}
    look(scene, bid, eur("660"))
    assert codes(scene) == {"estimate", "expected", "confirmed"}
    scene.wait_until(CLOSING)
    assert scene.campaign.winners[0].bid == bid.id
    record.publish(scene.database)
    with scene.doing() as session:
        found = recount([json.dumps(line) for line in record.lines(session, scene.campaign.id)])
    assert found.found == 0, found.lines
    assert any("the expected sum cannot be recomputed: seen by the checker only" in words for words in found.lines)


def test_a_sum_may_be_lower_than_the_figures_give_and_never_higher(scene: Scene):
    bid = auction(scene)
    assert look(scene, bid, eur("600")).seen.expected == eur("600")  # type: ignore[union-attr]  # it was just seen
    for wrong in (eur("660.01"), eur("0"), eur("-1")):
        with pytest.raises(Invalid) as refused:
            look(scene, bid, wrong)
        assert refused.value.field == "expected"


def test_no_sum_is_confirmed_after_the_closing_instant(scene: Scene):
    bid = auction(scene)
    scene.clock.set(CLOSING)
    with pytest.raises(Conflict, match="Bidding has closed"):
        look(scene, bid, eur("660"))
    assert look(scene, bid).seen


def test_without_an_estimate_there_is_no_sum_to_confirm(scene: Scene):
    bid = auction(scene, estimate=None)
    with pytest.raises(Conflict, match="no crowd estimate"):
        look(scene, bid, eur("660"))


def test_a_raise_asks_for_another_look(scene: Scene):
    bid = auction(scene)
    look(scene, bid, eur("660"))
    assert scene.bid("shy", share("30", Basis.EXTRA)).seen is None
    assert codes(scene) == {"estimate", "expected", "not_seen"}


def test_nobody_looks_into_a_sealed_bid_before_closing(scene: Scene):
    bid = auction(scene, mode=Mode.SEALED)
    for act in (lambda: read(scene, bid, MONITOR), lambda: look(scene, bid), lambda: confirm(scene, bid)):
        with pytest.raises(NotFound):
            act()


def test_what_is_public_needs_no_look(scene: Scene):
    auction(scene)
    open_ = scene.bid("open", share("10"), baseline=recorded_baseline("900"))
    with pytest.raises(Conflict, match="keeps no ordinary day"):
        look(scene, open_)


# An ordinary day is recorded once, before the bid


def test_an_ordinary_day_lies_before_the_bid(scene: Scene):
    scene.open()
    tomorrow = Baseline((eur("900"),), "till", recorded_on=NOW.date() + timedelta(days=1))
    with pytest.raises(Invalid) as late:
        scene.bid("early", baseline=tomorrow)
    assert late.value.field == "baseline.recorded_on"


def test_an_ordinary_day_can_be_completed_and_not_changed(scene: Scene):
    scene.open()
    scene.bid("shop", share("22", Basis.EXTRA), baseline=recorded_baseline("900"))
    completed = Baseline((eur("900"),), "till of 6 March", units=(40,))
    assert scene.bid("shop", share("22", Basis.EXTRA), baseline=completed).offer.baseline == completed
    for changed, field in (
        (Baseline((eur("1900"),), "till", units=(40,)), "takings"),
        (Baseline((eur("900"),), "till", units=(41,)), "units"),
        (Baseline((eur("900"),), "till", "checker", units=(40,)), "visibility"),
    ):
        with pytest.raises(Invalid) as refused:
            scene.bid("shop", share("22", Basis.EXTRA), baseline=changed)
        assert refused.value.field == f"baseline.{field}"


# Changes that somebody saw


def test_organizers_and_monitor_confirm_what_they_saw_and_nobody_else(scene: Scene):
    bid = auction(scene)
    confirm(scene, bid)
    seen = confirm(scene, bid, "The fridge stands there.", NOW.date() - timedelta(days=1), MONITOR)
    assert [(c.by, c.note) for c in seen.confirmed] == [
        ("organizer", LAMPS), ("monitor", "The fridge stands there.")]  # fmt: skip
    assert [fact.body["by"] for fact in scene.record("ChangeConfirmed")] == ["organizer", "monitor"]
    assert scene.bid("shy", share("30", Basis.EXTRA)).confirmed == seen.confirmed
    with pytest.raises(Forbidden):
        confirm(scene, bid, who="stranger")


def test_a_confirmation_has_words_a_day_and_comes_before_the_award(scene: Scene):
    bid = auction(scene)
    for note, on, field in (("", None, "note"), ("Seen.", NOW.date() + timedelta(days=1), "seen_on")):
        with pytest.raises(Invalid) as refused:
            confirm(scene, bid, note, on)
        assert refused.value.field == field
    scene.wait_until(CLOSING)
    with pytest.raises(Conflict, match="named already"):
        confirm(scene, bid)
