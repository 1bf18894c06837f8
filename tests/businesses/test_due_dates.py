"""Dates that count from the day move with it until the final tally; dates of their own stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from businesses.commitments import Commitment
from core.db import Database
from core.errors import Invalid
from tests.factories import LAST, OPENING, action, make_window, share
from tests.scene import Scene
from web.trips import moving

WEEK = timedelta(days=7)
SOON = share("1", name="soon", due_working_days=10, working_days_of="DE")


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.open()
    return scene


def postpone(scene: Scene, by: timedelta) -> None:
    owner = scene.person()
    moved = (make_window(OPENING + by, LAST + by),)
    with scene.doing() as session:
        moving.postpone(session, scene.clock, owner, scene.slug, moved, "a storm warning")


def promised(scene: Scene) -> tuple[Commitment, ...]:
    return scene.bid_of("morgenrot").offer.commitments


def test_a_day_postponed_moves_weeks_leaves_dates_and_the_promises_carry_both(scene: Scene):
    scene.bid(
        "morgenrot", share("22", due_weeks=6), action("27", due_on=date(2027, 4, 14)), share("5", name="own"), SOON
    )
    scene.agreed()
    scene.pledge("lea")
    postpone(scene, WEEK)
    assert [c.due_on for c in promised(scene)] == [
        date(2027, 5, 29),
        date(2027, 7, 16),
        date(2027, 9, 30),
        date(2027, 4, 30),
    ]
    scene.wait_until(LAST + WEEK)
    scene.declare("morgenrot", "2000.84")
    scene.finalize()
    held = {o.commitment.id: o for o in scene.obligations()}
    assert {(o.due_on, o.first_due_on) for o in held.values()} == {(c.due_on, c.due_on) for c in promised(scene)}
    assert "within 6 weeks after the day (by 29 May 2027)" in held["share"].words
    assert "within 10 working days after the day (DE: by 30 April 2027)" in held["soon"].words
    assert scene.recounted() == []


def test_a_day_moved_back_gives_a_date_of_its_own_back(scene: Scene):
    scene.bid("morgenrot", share("22", due_on=date(2027, 4, 14)))
    scene.agreed()
    postpone(scene, WEEK)
    assert promised(scene)[0].due_on == date(2027, 7, 16)
    postpone(scene, timedelta(days=2))
    assert promised(scene)[0].due_on == date(2027, 4, 14)
    assert scene.recounted() == []


def test_a_day_moved_while_bids_come_in_moves_what_a_raise_is_compared_by(scene: Scene):
    scene.bid("morgenrot", share("22", due_weeks=6))
    scene.edit(windows=(make_window(OPENING + WEEK, LAST + WEEK),))
    scene.bid("morgenrot", share("23", due_weeks=6))
    assert promised(scene)[0].due_on == date(2027, 5, 29)
    with pytest.raises(Invalid, match="a date cannot be moved later"):
        scene.bid("morgenrot", share("23", due_weeks=7))
    assert scene.recounted() == []


def test_weeks_count_from_the_local_day_of_the_last_window(database: Database):
    scene = Scene(database)
    late = OPENING + timedelta(hours=14)  # past midnight in Berlin when it ends
    scene.open(windows=(make_window(OPENING, late),))
    scene.bid("morgenrot", share("22", due_weeks=1))
    assert promised(scene)[0].due_on == date(2027, 4, 18)
