"""Arrival times: how windows are divided, what stays of a choice when they move, and when a time is full."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from campaigns import slots
from campaigns.slots import Slot
from campaigns.values import Slots, Window
from core.errors import Invalid
from pledges.facts import PledgeChanged, PledgeMade
from pledges.rules import promises
from pledges.rules import slots as rules
from pledges.values import PledgeState
from tests.pledges.factories import CLOSING, NOON, OPENING, euro, make_campaign, make_pledge

HALF_HOURS = Slots(30, 10)
FIRST = Slot("w", 0)


def test_a_window_is_divided_and_its_last_time_may_be_shorter():
    places = slots.places(make_campaign(slots=Slots(50)))
    assert [str(place.slot) for place in places] == ["w-0", "w-50", "w-100"]
    assert places[-1].closes_at == CLOSING
    assert slots.places(make_campaign()) == ()


@pytest.mark.parametrize(("minutes", "cap"), [(5, None), (241, None), (30, 0), (30, 100_001)])
def test_a_length_or_room_out_of_reason_is_refused(minutes: int, cap: int | None):
    with pytest.raises(Invalid):
        Slots(minutes, cap)


def test_a_list_that_nobody_reads_is_refused():
    week = (Window("w", OPENING, OPENING + timedelta(days=7)),)
    with pytest.raises(Invalid, match="at most 200 arrival times"):
        make_campaign(windows=week, slots=Slots(30))


@pytest.mark.parametrize("typed", ["", "w", "w-", "-30", "w-3x", "w-٣", f"{'w' * 33}-0", "w-1234567"])
def test_what_is_no_arrival_time_is_said_at_its_field(typed: str):
    with pytest.raises(Invalid) as refused:
        Slot.parse(typed)
    assert refused.value.field == "slot"


@pytest.mark.parametrize("slot", [Slot("other", 0), Slot("w", 15), Slot("w", 120)])
def test_only_what_is_offered_can_be_chosen(slot: Slot):
    with pytest.raises(Invalid, match="choose one of the arrival times"):
        make_pledge(make_campaign(slots=HALF_HOURS), slot=slot)


def test_a_time_that_is_over_cannot_be_chosen():
    campaign = make_campaign(slots=HALF_HOURS)
    assert slots.demand(campaign, FIRST, OPENING + timedelta(minutes=29)).slot == FIRST
    with pytest.raises(Invalid, match="this time is over"):
        slots.demand(campaign, FIRST, OPENING + timedelta(minutes=30))


def test_a_choice_moves_with_its_window_and_is_kept_when_the_times_change_their_length():
    campaign = make_campaign(slots=HALF_HOURS)
    later = replace(campaign, windows=(Window("w", CLOSING, CLOSING + timedelta(hours=2)),))
    moved = slots.find(later, Slot("w", 90))
    assert moved
    assert moved.opens_at == CLOSING + timedelta(minutes=90)
    longer = slots.find(replace(campaign, slots=Slots(60)), Slot("w", 90))
    assert longer
    assert longer.slot == Slot("w", 60)
    assert slots.find(make_campaign(), FIRST) is None


def test_the_record_tells_the_time_that_was_chosen_and_changed():
    campaign = make_campaign(slots=HALF_HOURS)
    pledge = make_pledge(campaign, slot=FIRST)
    changed, facts = promises.change(pledge, campaign, pledge.amount, pledge.party, NOON, Slot("w", 30))
    assert (changed.slot, changed.moves) == (Slot("w", 30), 1)
    assert facts == [PledgeChanged("p", euro("20"), 1, euro("20"), 1, "w-30")]
    assert PledgeMade("p", euro("20"), 1, with_address=True, joined_late=False).slot is None


def test_a_choice_that_the_campaign_has_no_more_falls_away_with_the_next_change():
    pledge = make_pledge(make_campaign(slots=HALF_HOURS), slot=FIRST)
    changed, _ = promises.change(pledge, make_campaign(), euro("30"), 1, NOON, pledge.slot)
    assert changed.slot is None


def test_a_time_is_full_when_its_room_is_taken_whatever_it_was_called_when_it_was_chosen():
    place = slots.places(make_campaign(slots=Slots(60, 10)))[0]
    people = rules.people_in(place, {FIRST: 6, Slot("w", 30): 4, Slot("w", 60): 7})
    assert (people, place.room(people)) == (10, 0)
    rules.demand_room(place, people)
    with pytest.raises(Invalid, match="this time is full"):
        rules.demand_room(place, people + 1)


def test_only_a_change_that_takes_places_asks_for_room():
    pledge = replace(make_pledge(make_campaign(slots=HALF_HOURS), slot=FIRST), party=3)
    assert rules.takes_more(pledge, replace(pledge, party=4))
    assert rules.takes_more(pledge, replace(pledge, slot=Slot("w", 30)))
    assert not rules.takes_more(pledge, replace(pledge, party=2))
    assert not rules.takes_more(pledge, replace(pledge, slot=None, party=9))


def test_what_nobody_confirms_holds_its_place_for_a_day():
    pledge = make_pledge(make_campaign(slots=HALF_HOURS), slot=FIRST)
    day = NOON + timedelta(days=1)
    assert not rules.has_lapsed(pledge, day - timedelta(seconds=1))
    assert rules.has_lapsed(pledge, day)
    assert not rules.has_lapsed(replace(pledge, state=PledgeState.CONFIRMED), day)
