"""The big screen as a value: what is counted, what is only promised, and which steps are reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from businesses.commitments import StepKind
from campaigns.tally import Crowd, DoorSums, Tally, Till
from campaigns.values import Goal, GoalKind, State
from core.wire import Json
from tests.factories import (
    LAST,
    NOW,
    OPENING,
    action,
    at_the_door,
    campaign_in,
    eur,
    make_till,
    no_pledges,
    rung,
    share,
)
from web.views.board import Board, board
from web.views.venues import Venue, venues

GOAL = Goal(GoalKind.TAKINGS, Decimal(2500))
BREAD = action("27", ladder=(rung("1000", "30"), rung("4000", "32"), rung("300", "40", StepKind.HEADCOUNT)))
PLEDGED = replace(no_pledges(), confirmed=Crowd(120, eur("1800")))


def counted(*tills: Till, door: DoorSums | None = None, state: str = "live", goal: Goal = GOAL) -> Json:
    return Tally(state, no_pledges(), door or at_the_door(), tills, goal, (), expected=1).public()


def on_the_wall(state: State, tally: Json | None = None, goal: Goal = GOAL, moved: str = "", now=OPENING) -> Board:
    held = campaign_in(state, goal=goal)
    return board(held, ["Bella Café"], [share("35"), BREAD], tally, PLEDGED, now, "en", moved)


def test_before_the_day_it_counts_who_will_come_and_what_they_pledged_is_hatched():
    before = on_the_wall(State.PLEDGING, now=NOW)
    assert (before.label, before.giant) == ("People who will come", "120")
    assert before.until == "from Saturday 10 April 2027, 10:00"
    assert before.beside == "€1,800 are pledged"
    assert before.bar
    assert (before.bar.real, before.bar.end > 0) == (0, True)
    assert [step.rest for step in before.steps] == ["", "", ""]


def test_what_the_crew_noted_is_said_to_be_notes_and_steps_unlock_with_it():
    live = on_the_wall(State.MOBBING, counted(door=DoorSums(95, eur("1200"), 60)))
    assert (live.label, live.giant) == ("Spent, noted by the crew", "€1,200")
    assert live.inside == ("from 60 notes at the door", "95 people checked in")
    assert (live.until, live.foot) == ("until 18:00", "Interim, not final.")
    assert [(step.at, step.rest, step.reached) for step in live.steps] == [
        ("€1,000", "Reached.", True),
        ("€2,500", "€1,300 to go.", False),
        ("€4,000", "", False),
    ]
    assert live.bar
    assert live.bar.real < live.bar.end, "what is pledged beyond it is hatched"


def test_before_anybody_noted_an_amount_it_counts_who_is_here():
    live = on_the_wall(State.MOBBING, counted(door=DoorSums(7, eur("0"), 0)))
    assert (live.label, live.giant, live.inside) == ("People here", "7", ())


def test_the_till_stands_before_all_notes():
    done = on_the_wall(State.FOLLOWING, counted(make_till("2500.01"), state="final"), now=LAST + timedelta(days=3))
    assert (done.label, done.giant, done.foot) == ("Counted at the till", "€2,500.01", "Final.")
    assert done.until == "The doors are closed."
    assert [step.reached for step in done.steps] == [True, True, False]


def test_a_till_for_the_checker_only_shows_nothing_of_itself():
    hidden = make_till("2500.01", visibility="checker")
    shown = on_the_wall(State.COUNTING, counted(hidden, door=DoorSums(95, eur("1200"), 60), state="interim"))
    assert (shown.label, shown.giant) == ("Spent, noted by the crew", "€1,200")


def test_where_heads_are_the_goal_the_bar_counts_heads():
    goal = Goal(GoalKind.HEADCOUNT, Decimal(100))
    live = on_the_wall(State.MOBBING, counted(door=DoorSums(95, eur("1200"), 60), goal=goal), goal)
    assert (live.giant, live.inside) == ("95", ("€1,200 spent, noted by the crew", "from 60 notes at the door"))
    assert [(step.at, step.rest) for step in live.steps] == [("100 people", "5 people to go."), ("300 people", "")]


@pytest.mark.parametrize("goal", [Goal(), Goal(GoalKind.UNITS, Decimal(500))])
def test_what_is_not_counted_yet_is_neither_reached_nor_missing(goal: Goal):
    live = on_the_wall(State.MOBBING, counted(door=DoorSums(95, eur("0"), 0), goal=goal), goal)
    assert live.steps
    assert not any(step.reached or step.rest for step in live.steps)


def test_a_day_that_was_moved_says_so_and_that_codes_stay_valid():
    moved = on_the_wall(State.TIPPED, moved="Storm over the square", now=NOW)
    assert moved.note == "Postponed to Saturday 10 April 2027, 10:00: Storm over the square. Your code stays valid."
    assert moved.label == "People who pledged; not all have reconfirmed"


def test_a_cancelled_day_says_so():
    assert on_the_wall(State.CANCELLED, now=NOW).foot == "Cancelled"


def test_a_till_stands_beside_its_door_once_it_is_known_and_public() -> None:
    shops = {"a": "Bella", "b": "Kiosk"}
    window = {"business": "a", "takings": {"amount": "900.00", "currency": "EUR"}}
    hidden = {"business": "b", "takings": None}
    tally = {"attended": {"people": 5}, "till": {"windows": [window, window, hidden]}}
    assert venues(tally, shops, "en") == (Venue("Bella", "", "€1,800"), Venue("Kiosk", "", ""))
    assert venues(tally, {"a": "Bella"}, "en") == ()
