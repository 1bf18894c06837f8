"""Who comes in, and when: without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from campaigns.values import GoAhead, State
from core.errors import Conflict, Invalid
from core.money import Money
from pledges.facts import CheckInUndone, SpendNoted
from pledges.rules import door
from pledges.values import Arrival, PledgeState
from tests.pledges.factories import NOON, OPENING, euro, make_campaign, make_pledge

SETTING_UP = OPENING - timedelta(hours=12)


@pytest.mark.parametrize("state", [State.TIPPED, State.MOBBING, State.COUNTING])
def test_the_door_is_open_from_twelve_hours_before_to_the_final_tally(state: State):
    door.demand_open(make_campaign(state=state), SETTING_UP)


def test_the_door_is_shut_before_that():
    with pytest.raises(Conflict, match="on 2027-03-11 01:00 Europe/Berlin"):
        door.demand_open(make_campaign(state=State.TIPPED), SETTING_UP - timedelta(microseconds=1))


@pytest.mark.parametrize("state", [State.PLEDGING, State.MISSED, State.FINAL, State.CANCELLED])
def test_the_door_is_shut_in_other_states(state: State):
    with pytest.raises(Conflict, match=f"The campaign is {state}"):
        door.demand_open(make_campaign(state=state), SETTING_UP)


def test_a_go_ahead_that_no_worker_has_decided_keeps_nobody_out():
    door.demand_open(make_campaign(), OPENING)
    door.demand_open(make_campaign(go_ahead=GoAhead(at=NOON)), SETTING_UP)


def test_the_pledged_party_comes_unless_crew_say_otherwise():
    campaign = make_campaign(state=State.MOBBING)
    pledge = make_pledge(campaign, party=3)
    assert door.arrive(campaign, pledge, Arrival("K7M2QX"), "i", OPENING)[0].party == 3
    assert door.arrive(campaign, pledge, Arrival("K7M2QX", party=2), "i", OPENING)[0].party == 2
    assert door.arrive(campaign, None, Arrival(walk_in=True), "i", OPENING)[0].party == 1


def test_a_scan_adds_what_was_not_noted_and_keeps_what_was():
    campaign = make_campaign(state=State.MOBBING)
    came, _ = door.arrive(campaign, None, Arrival(walk_in=True, anyway=False), "i", OPENING)
    noted, facts = door.note(came, Arrival(walk_in=True, spent=euro("12.50"), anyway=True))
    assert (noted.spent, noted.anyway) == (euro("12.50"), False)
    assert facts == [SpendNoted("i", euro("12.50"), anyway=False)]
    assert door.note(noted, Arrival(walk_in=True, spent=euro("99"))) == (noted, [])


def test_undoing_twice_is_undoing_once():
    came, _ = door.arrive(make_campaign(), None, Arrival(walk_in=True), "i", OPENING)
    undone, facts = door.undo(came, OPENING)
    assert facts == [CheckInUndone("i")]
    assert door.undo(undone, OPENING + timedelta(hours=1)) == (undone, [])


def test_an_ended_pledge_is_not_let_in_and_crew_learn_what_to_do():
    pledge = make_pledge(make_campaign())
    newer = replace(pledge, code="ABCDEF")
    door.demand_admissible(pledge, None)
    with pytest.raises(Conflict, match="count a walk-in"):
        door.demand_admissible(replace(pledge, state=PledgeState.WITHDRAWN), None)
    with pytest.raises(Conflict, match="take the code ABC DEF"):
        door.demand_admissible(replace(pledge, state=PledgeState.REPLACED), newer)


@pytest.mark.parametrize(
    ("code", "walk_in", "spent", "party", "field"),
    [
        ("", False, None, None, "code"),
        ("K7M2QX", True, None, None, "walk_in"),
        ("", True, euro("-1"), None, "spent"),
        ("", True, None, 0, "party"),
    ],
)
def test_a_wrong_arrival_cannot_be_built(code: str, walk_in: bool, spent: Money | None, party: int | None, field: str):
    with pytest.raises(Invalid) as refused:
        Arrival(code, walk_in, spent, party)
    assert refused.value.field == field
