"""Fifty raises in the same moment: none that was taken is lost, and what stands is the highest of them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from businesses import queries
from businesses.store import bids as store
from businesses.tables import BidRow
from businesses.values import Bid, Business
from campaigns import store as campaigns_store
from campaigns.values import Campaign
from core.clock import FixedClock
from core.db import Database
from core.errors import Invalid
from core.wire import Json
from tests.at_once import outcomes
from tests.factories import CLOSING, make_offer, share
from tests.scene import Scene
from web.trips import choosing


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.open()
    scene.bid("morgenrot", share("20"))
    return scene


def percent(commitments: list[Json]) -> Decimal:
    return Decimal(commitments[0]["share"])


def raise_to(scene: Scene, shop: Business, much: int) -> Decimal:
    offer = make_offer(share(str(much)))
    with scene.database.writing() as session:
        choosing.place_bid(session, scene.clock, shop, scene.slug, offer)
    return Decimal(much)


def offers(scene: Scene, name: str) -> list[Decimal]:
    """What a shop's rows say that it offered, first to last."""
    with scene.database.reading() as session:
        bid = scene.bid_of(name).id
        return [percent(told["commitments"]) for told in queries.history(session, [bid])[bid]]


def test_of_fifty_raises_of_one_bid_at_once_none_is_lost_and_the_highest_stands(scene: Scene, clock: FixedClock):
    shop = scene.shops["morgenrot"]
    done, refused = outcomes(50, lambda n: raise_to(scene, shop, 21 + (n * 37) % 50))
    assert len(done) + len(refused) == 50
    assert all(isinstance(wrong, Invalid) for wrong in refused)
    assert Decimal(70) in done
    standing = offers(scene, "morgenrot")
    assert standing == [Decimal(20), *sorted(done)]
    told = [percent(f.body["commitments"]) for f in scene.record("BidPlaced", "BidRaised")]
    assert told == standing
    assert percent(store.offer_body(scene.bid_of("morgenrot").offer)["commitments"]) == Decimal(70)
    clock.set(CLOSING)
    scene.work()
    assert scene.recounted() == []


class SlowRaise:
    """A raise to 30 that has been taken but is not committed yet, while another one, to 25, comes in."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.shop = scene, scene.shops["morgenrot"]
        self.taken, self.go_on = threading.Event(), threading.Event()

    def _raise_slowly(self) -> None:
        with self.scene.database.writing() as session:
            choosing.place_bid(session, self.scene.clock, self.shop, self.scene.slug, make_offer(share("30")))
            self.taken.set()
            self.go_on.wait(0.5)

    def run(self) -> list[Decimal]:
        """What was offered, first to last."""
        with ThreadPoolExecutor(1) as threads:
            slow = threads.submit(self._raise_slowly)
            assert self.taken.wait(10)
            _, refused = outcomes(1, lambda _: raise_to(self.scene, self.shop, 25))
            slow.result()
        told = offers(self.scene, "morgenrot")
        assert len(told) + len(refused) == 3
        return told


def test_a_raise_waits_for_the_one_before_it_and_is_measured_by_it(scene: Scene):
    assert SlowRaise(scene).run() == [Decimal(20), Decimal(30)]


def look_without_waiting(session: Session, campaign_id: str, business_id: str) -> Bid | None:
    query = select(BidRow).where(BidRow.campaign_id == campaign_id, BidRow.business_id == business_id)
    row = session.scalar(query)
    return store.bid_by_id(session, row.id) if row else None


def look_up_without_waiting(session: Session, *, slug: str, **_ways: bool) -> Campaign:
    return campaigns_store.by_slug(session, slug)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_the_locks_a_bid_would_fall(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    """Two of them keep a raise: the campaign's and the bid's own. SQLite has one writer and needs neither."""
    monkeypatch.setattr("campaigns.store.locked", look_up_without_waiting)
    monkeypatch.setattr("businesses.store.bids.bid_of", look_without_waiting)
    assert SlowRaise(scene).run() == [Decimal(20), Decimal(30), Decimal(25)]
