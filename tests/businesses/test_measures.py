"""What owed money buys of the works promised: resolved with the tally, and again after each correction."""

from __future__ import annotations

import pytest

from businesses import service
from businesses.commitments import Share
from businesses.followthrough import Verdict
from businesses.measures import Allocation, Audit, Funding, Measure, Shortfall
from core.db import Database
from core.errors import Invalid
from tests.factories import LAST, eur, share
from tests.scene import Scene
from web.trips import counting

WORKS = (Measure("Lamps", eur("400")), Measure("Fridge seals", eur("200")), Measure("Cooler", eur("1000")))


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def listed(percent: str, shortfall: Shortfall = Shortfall.TOP_UP) -> Share:
    return share(percent, measures=WORKS, shortfall=shortfall, audit=Audit("Ida Blum", "the town"))


def amounts(held: Allocation | None) -> list[tuple[str, str]]:
    assert held
    return [(str(part.allocated), part.state.value) for part in held.parts]


def test_after_the_tally_a_promise_shows_what_its_sum_buys(scene: Scene):
    (promise,) = scene.counted(listed("35"))
    assert amounts(promise.allocation) == [("400.00", "funded"), ("200.00", "funded"), ("100.29", "topped_up")]
    assert promise.due == eur("1600")
    (arose,) = scene.record("ObligationArose")
    assert arose.body["allocation"]["top_up"] == {"amount": "899.71", "currency": "EUR"}
    assert scene.recounted() == []


def test_what_the_business_pays_on_top_must_be_paid_to_keep_the_promise(scene: Scene):
    (promise,) = scene.counted(listed("35"))
    scene.file(promise, "700.29")
    owner = scene.person()
    with pytest.raises(Invalid, match=r"700.29 of 1600"), scene.doing() as session:
        service.give_verdict(session, scene.clock, owner, promise.id, Verdict.KEPT, "they paid")


def test_a_correction_of_the_tally_allocates_again(scene: Scene):
    scene.counted(listed("35", Shortfall.DROP))
    owner, body = scene.person(), {"window": scene.window(), "field": "takings", "value": "1000", "reason": "a slip"}
    with scene.doing() as session:
        counting.correct(session, scene.clock, owner, scene.slug, body)
    (promise,) = scene.obligations()
    assert amounts(promise.allocation) == [("0.00", "dropped"), ("200.00", "funded"), ("0.00", "dropped")]
    assert promise.allocation
    assert promise.allocation.rest == eur("150")
    assert scene.recounted() == []


def test_while_the_till_is_unknown_nothing_is_computed(scene: Scene):
    scene.open()
    scene.bid("morgenrot", listed("35"))
    scene.agreed()
    scene.wait_until(LAST.replace(day=LAST.day + 8))
    (promise,) = scene.obligations()
    assert (promise.owed, promise.allocation, promise.due) == (None, None, None)


def test_a_raise_keeps_the_list_it_does_not_repeat(scene: Scene):
    scene.open()
    scene.bid("morgenrot", listed("20"))
    raised = scene.bid("morgenrot", share("25"))
    assert raised.offer.commitments[0].plan == listed("20").plan


def test_a_raise_takes_no_work_off_the_list(scene: Scene):
    scene.open()
    scene.bid("morgenrot", listed("20"))
    with pytest.raises(Invalid) as refused:
        scene.bid("morgenrot", share("25", measures=WORKS[:2], shortfall=Shortfall.TOP_UP))
    assert refused.value.field == "commitments.0.measures"


def test_who_else_pays_is_kept_with_the_bid(scene: Scene):
    scene.open()
    bid = scene.bid("morgenrot", share("20", measures=WORKS, funding=(Funding("A grant", eur("500")),)))
    assert scene.bid_of("morgenrot").offer == bid.offer
