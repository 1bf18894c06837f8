"""Bids: placed by who was invited, raised and never lowered, taken until the closing instant."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from businesses import queries, service
from businesses.commitments import Share
from campaigns.values import State
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from tests.at_once import at_once
from tests.factories import CLOSING, NOW, action, fixed, make_bidding, make_offer, recorded_baseline, share
from tests.scene import Scene
from web.trips import choosing


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.open()
    return scene


def percent(scene: Scene, name: str) -> Decimal:
    (held,) = [c for c in scene.bid_of(name).offer.commitments if isinstance(c, Share)]
    return held.share


def test_a_bid_is_placed_and_public(scene: Scene):
    scene.bid("morgenrot", share("22"), action())
    introduced, placed = scene.record("BusinessIntroduced", "BidPlaced")
    assert introduced.body["name"] == "morgenrot"
    assert [c["kind"] for c in placed.body["commitments"]] == ["share", "action"]
    assert placed.body["anyway"] == "No, not this year"
    assert "shops.example" not in str(scene.record())


def test_a_bid_reads_back_as_it_was_made(scene: Scene):
    made = scene.bid("morgenrot", share("22.50"), action(), fixed("500"), baseline=recorded_baseline("1200"))
    assert scene.bid_of("morgenrot") == made


def test_only_who_took_up_an_invitation_bids(scene: Scene):
    shop = scene.shop("morgenrot")
    scene.open(title="Tea")
    with pytest.raises(Forbidden, match="has not been invited"), scene.doing() as session:
        choosing.place_bid(session, scene.clock, shop, scene.slug, make_offer())


def test_a_second_bid_is_a_raise_and_its_history_is_kept(scene: Scene, clock: FixedClock):
    first = scene.bid("morgenrot", share("22"))
    clock.advance(hours=1)
    raised = scene.bid("morgenrot", share("30"), action())
    assert (raised.id, raised.placed_at, raised.raised_at) == (first.id, NOW, NOW + timedelta(hours=1))
    with scene.database.reading() as session:
        versions = queries.history(session, [first.id])[first.id]
    assert [v["commitments"][0]["share"] for v in versions] == ["22", "30"]
    assert [f.kind for f in scene.record("BidPlaced", "BidRaised")] == ["BidPlaced", "BidRaised"]


def test_a_lowered_bid_is_refused_and_nothing_changes(scene: Scene):
    scene.bid("morgenrot", share("22"), action())
    for lower in ((share("21"), action()), (share("99"),), (share("22"), action("26"))):
        with pytest.raises(Invalid) as wrong:
            scene.bid("morgenrot", *lower)
        assert wrong.value.field.startswith("commitments.")
    assert percent(scene, "morgenrot") == 22
    assert len(scene.record("BidRaised")) == 0


def test_a_bid_can_be_looked_at_before_it_is_signed(scene: Scene):
    shop = scene.shop("morgenrot")
    with scene.database.reading() as session:
        looked, fresh = service.try_bid(session, scene.clock, shop, scene.slug, make_offer(share("22")))
        assert fresh
        assert looked.offer.commitments == (share("22"),)
        assert queries.count_bids(session, scene.campaign.id) == 0


def test_fifty_raises_at_once_lose_none(scene: Scene):
    scene.bid("morgenrot", share("1"))

    def raise_it(n: int) -> int:
        done = 0
        for step in range(10):
            try:
                scene.bid("morgenrot", share(str(2 + n * 10 + step)))
                done += 1
            except Invalid:
                continue
        return done

    raises = sum(at_once(5, raise_it))
    assert percent(scene, "morgenrot") == 51
    facts = [Decimal(f.body["commitments"][0]["share"]) for f in scene.record("BidRaised")]
    assert len(facts) == raises
    assert facts == sorted(facts)
    with scene.database.reading() as session:
        bid = scene.bid_of("morgenrot")
        assert len(queries.history(session, [bid.id])[bid.id]) == raises + 1


def test_shops_that_bid_at_once_are_all_in(scene: Scene):
    shops = [scene.shop(f"shop-{n}") for n in range(8)]
    at_once(8, lambda n: scene.bid(f"shop-{n}", share(str(10 + n))))
    with scene.database.reading() as session:
        bids = queries.visible_bids(session, scene.campaign)
    assert {bid.business for bid in bids} == {shop.id for shop in shops}


@pytest.mark.parametrize("late_by", [timedelta(0), timedelta(seconds=1), timedelta(days=3)])
def test_after_the_closing_instant_no_bid_is_taken_though_no_worker_has_looked(
    scene: Scene, clock: FixedClock, late_by: timedelta
):
    scene.bid("morgenrot")
    clock.set(CLOSING + late_by)
    assert scene.state == State.BIDDING
    for late in ("morgenrot", "abendrot"):
        with pytest.raises(Conflict, match=r"bidding closed at 2027-03-15T12:00:00Z"):
            scene.bid(late, share("99"))


def test_the_last_moment_before_closing_is_in_time(scene: Scene, clock: FixedClock):
    clock.set(CLOSING - timedelta(microseconds=1))
    scene.bid("morgenrot")


def test_bids_within_a_moment_of_closing_are_in_or_out_and_the_ranking_has_exactly_those_in(
    scene: Scene, clock: FixedClock
):
    for n in range(6):
        scene.shop(f"shop-{n}")
    clock.set(CLOSING - timedelta(microseconds=1))

    def bid_or_close(n: int) -> str:
        if n == 6:
            clock.set(CLOSING)
            scene.work()
            return "closed"
        try:
            return scene.bid(f"shop-{n}", share(str(n + 1))).id
        except DomainError:
            return "refused"

    told = at_once(7, bid_or_close)
    scene.work()
    placed = {found for found in told if found not in {"closed", "refused"}}
    assert {f.body["bid"] for f in scene.record("BidPlaced")} == placed
    ranked = scene.record("BidsRanked")[-1].body["order"]
    assert set(ranked) == placed


def test_a_minimum_and_the_question_anyway_bind(database: Database):
    scene = Scene(database)
    scene.open(bidding=make_bidding(minimum_share=Decimal(20)))
    with pytest.raises(Invalid, match="minimum"):
        scene.bid("morgenrot", share("19"))
    with pytest.raises(Invalid) as wrong:
        scene.bid("morgenrot", share("20"), anyway="")
    assert wrong.value.field == "anyway"
    scene.bid("morgenrot", share("20"))


def test_a_bid_can_be_withdrawn_before_closing_and_its_history_stays(scene: Scene):
    scene.bid("morgenrot")
    scene.withdraw("morgenrot")
    with scene.database.reading() as session:
        assert queries.count_bids(session, scene.campaign.id) == 0
        (gone,) = queries.visible_bids(session, scene.campaign)
        assert not gone.stands
    assert [f.kind for f in scene.record("BidPlaced", "BidWithdrawn")] == ["BidPlaced", "BidWithdrawn"]
    with pytest.raises(NotFound):
        scene.withdraw("morgenrot")


def test_a_baseline_for_the_checker_is_on_no_public_record(scene: Scene):
    scene.bid("morgenrot", baseline=recorded_baseline("1234.56", visibility="checker"))
    (placed,) = scene.record("BidPlaced")
    assert placed.body["baseline"] == {"visibility": "checker"}
    assert "1234.56" not in str(scene.record())


def test_a_bid_that_asks_for_silence_is_refused_with_its_field(scene: Scene):
    with pytest.raises(Invalid) as refused:
        scene.bid("morgenrot", share("22"), action(definition="Certified. Supporters may not criticise us."))
    assert refused.value.field == "commitments.1.definition"
    assert scene.record("BidPlaced") == []
