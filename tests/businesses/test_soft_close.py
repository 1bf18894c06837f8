"""The closing that late bids move: it binds by itself, for many at once, and the record tells of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from businesses import queries
from campaigns.codec import moment
from campaigns.values import Mode, State
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict
from tests.at_once import outcomes
from tests.factories import CLOSING, make_bidding, make_offer, share
from tests.scene import Scene
from web.trips import choosing

MINUTE = timedelta(minutes=1)


class RunningClock(FixedClock):
    """Half a minute passes with every use-case that asks."""

    def now(self, session: Session) -> datetime:
        self.advance(seconds=30)
        return self.instant


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.open()
    scene.bid("morgenrot", share("20"))
    return scene


def test_a_late_raise_moves_the_closing_and_others_can_answer(scene: Scene, clock: FixedClock):
    scene.bid("abendrot", share("20"))
    clock.set(CLOSING - MINUTE)
    scene.bid("abendrot", share("21"))
    scene.wait_until(CLOSING + 2 * MINUTE)
    assert scene.state == State.BIDDING
    scene.bid("morgenrot", share("22"))
    (first, second) = scene.record("ClosingMoved")
    assert moment(second.body["closes_at"]) == CLOSING + 10 * MINUTE == scene.campaign.bids_close_at
    assert first.body["closes_at"] == "2027-03-15T12:05:00Z"
    scene.wait_until(CLOSING + 10 * MINUTE)
    assert (scene.state, scene.winners) == (State.CHOOSING, ["morgenrot"])
    assert scene.campaign.since == CLOSING + 10 * MINUTE
    assert scene.recounted() == []


def test_the_moved_closing_binds_though_no_worker_has_looked(scene: Scene, clock: FixedClock):
    clock.set(CLOSING - MINUTE)
    scene.bid("morgenrot", share("21"))
    clock.set(CLOSING + 5 * MINUTE)
    with pytest.raises(Conflict, match="bidding closed at 2027-03-15T12:05:00Z"):
        scene.bid("morgenrot", share("22"))


def test_saying_the_same_again_or_raising_a_sealed_bid_moves_nothing(scene: Scene, clock: FixedClock):
    clock.set(CLOSING - MINUTE)
    scene.bid("morgenrot", share("20"))
    assert scene.campaign.bids_close_at == CLOSING
    clock.set(CLOSING - timedelta(days=1))
    scene.open(title="Tea", bidding=make_bidding(mode=Mode.SEALED))
    clock.set(CLOSING - MINUTE)
    scene.claim(scene.invite("morgenrot"), "morgenrot", scene.shops["morgenrot"])
    scene.bid("morgenrot", share("20"))
    assert scene.campaign.bids_close_at == CLOSING


def test_of_fifty_raises_at_once_around_the_closing_none_is_lost_and_none_is_late(scene: Scene, clock: FixedClock):
    names = [f"shop-{n}" for n in range(10)]
    for name in names:
        scene.bid(name, share("20"))
    running = RunningClock(CLOSING - 4 * MINUTE)

    def raise_(n: int) -> Decimal:
        offer = make_offer(share(str(21 + n)))
        with scene.database.writing() as session:
            choosing.place_bid(session, running, scene.shops[names[n % 10]], scene.slug, offer)
        return Decimal(21 + n)

    done, refused = outcomes(50, raise_)
    told = scene.record("BidRaised", "ClosingMoved")
    raised = [fact for fact in told if fact.kind == "BidRaised"]
    assert sorted(Decimal(fact.body["commitments"][0]["share"]) for fact in raised) == sorted(done)
    assert len(done) + len(refused) == 50
    with scene.database.reading() as session:
        history = queries.history(session, [scene.bid_of(name).id for name in names])
    assert sum(len(offers) - 1 for offers in history.values()) == len(done)
    closing = CLOSING
    for fact in told:
        if fact.kind == "ClosingMoved":
            closing = moment(fact.body["closes_at"])
        else:
            assert fact.at < closing
    assert closing == scene.campaign.bids_close_at
    assert CLOSING < closing <= CLOSING + 60 * MINUTE
    clock.set(closing)
    scene.work()
    assert scene.recounted() == []
