"""Milestones: how far a promise is to be on its way, published with the bid, computed from what was filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from businesses import codec
from businesses.commitments import dated
from businesses.followthrough import Way, agenda, milestones
from businesses.milestones import Milestone
from core.errors import Invalid
from tests.factories import DUE, action, evidence, make_obligation, share

FIRST = Milestone(DUE - timedelta(days=60), Decimal(17))
SECOND = Milestone(DUE - timedelta(days=30), Decimal(22))
PROMISE = action("27", "12", milestones=(FIRST, SECOND))


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("held", "field"),
    [
        ((SECOND, FIRST), "milestones.1.due_on"),
        ((FIRST, replace(SECOND, value=Decimal(17))), "milestones.1.value"),
        ((replace(FIRST, value=Decimal(12)),), "milestones.0.value"),
        ((replace(FIRST, value=Decimal(27)),), "milestones.0.value"),
        ((replace(FIRST, due_on=DUE),), "milestones.0.due_on"),
    ],
)
def test_they_lead_from_todays_number_to_the_promise_each_before_its_date(held: tuple[Milestone, ...], field: str):
    with pytest.raises(Invalid) as wrong:
        action("27", "12", milestones=held)
    assert [error.field for error in wrong.value.errors] == [field]


def test_fewer_of_something_leads_downwards():
    assert action("0", "80", milestones=(replace(FIRST, value=Decimal(40)),)).milestones
    with pytest.raises(Invalid):
        action("0", "80", milestones=(replace(FIRST, value=Decimal(90)),))


def test_of_a_sum_they_are_percent_of_it():
    assert share("22", milestones=(replace(FIRST, value=Decimal(50)),)).milestones
    with pytest.raises(Invalid):
        share("22", milestones=(replace(FIRST, value=Decimal(100)),))


def test_a_raise_takes_none_out_and_puts_none_later_or_lower():
    later = replace(FIRST, due_on=FIRST.due_on + timedelta(days=1))
    for new in ((SECOND,), (later, SECOND), (replace(FIRST, value=Decimal(16)), SECOND)):
        assert PROMISE.lowered_field(replace(PROMISE, milestones=new)) == "milestones"
    sooner = replace(FIRST, due_on=FIRST.due_on - timedelta(days=9))
    assert PROMISE.lowered_field(replace(PROMISE, milestones=(sooner, SECOND))) is None


def test_they_move_with_the_day():
    last_day = DUE - timedelta(weeks=10)
    moved = dated(replace(PROMISE, due_weeks=10), last_day + timedelta(days=7))
    assert [m.due_on for m in moved.milestones] == [m.due_on + timedelta(days=7) for m in PROMISE.milestones]


def test_they_survive_the_wire_and_are_left_out_where_there_are_none():
    assert codec.stored(codec.wire(PROMISE)) == PROMISE
    assert "milestones" not in codec.wire(action())


def test_each_is_ahead_then_late_or_reached_by_what_was_filed():
    o = make_obligation(PROMISE, evidence=(evidence("18", at(FIRST.due_on)),))
    assert [held.way for held in milestones(o, at(FIRST.due_on))] == [Way.REACHED, Way.AHEAD]
    assert milestones(o, at(FIRST.due_on))[0].reached_on == FIRST.due_on
    assert [held.way for held in milestones(o, at(SECOND.due_on + timedelta(days=1)))] == [Way.REACHED, Way.LATE]
    late = replace(o, evidence=(*o.evidence, evidence("22", at(SECOND.due_on + timedelta(days=4)))))
    assert milestones(late, at(DUE))[1].way == Way.REACHED_LATE


def test_of_money_the_payments_are_added_up_against_what_is_owed():
    promise = share("22", milestones=(replace(FIRST, value=Decimal(50)),))
    o = make_obligation(promise, evidence=(evidence("200", at(FIRST.due_on)), evidence("160", at(FIRST.due_on))))
    assert milestones(o, at(DUE))[0].way == Way.REACHED
    unknown = replace(o, owed=None)
    assert milestones(unknown, at(DUE))[0].way == Way.AHEAD


def test_the_next_one_is_what_the_business_has_to_do():
    o = make_obligation(PROMISE)
    first = agenda(o, at(FIRST.due_on - timedelta(days=9)))[0]
    assert (first.code, first.by, first.at) == ("milestone", "business", o.midnight_after(FIRST.due_on))
