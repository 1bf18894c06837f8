"""The tally: pledged, attended and spent apart; what is unknown stays unknown, and is never 0."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.tally import (
    Crowd,
    PledgeSums,
    Tally,
    Till,
    TillState,
    day_figures,
    gap,
    goal_result,
    tally_state,
    uplift,
    with_baselines,
)
from campaigns.values import Goal, GoalKind, State
from core.money import Money
from tests.factories import at_the_door, campaign_in, day, eur, make_till, no_pledges


def tally_of(*tills: Till, **changes: Any) -> dict[str, Any]:
    """The public tally of these tills, as everybody sees it."""
    whole = {"state": "final", "pledges": no_pledges(), "door": at_the_door(), "goal": Goal(), **changes}
    return Tally(tills=tills, **whole).public()


# Unknown is null


def test_without_a_till_total_everything_that_rests_on_it_is_null():
    told = tally_of(door=at_the_door(40, "900", 12))
    assert [told[name] for name in ("till", "gap", "baseline", "uplift", "owed")] == [None] * 5
    assert told["attended"] == {"people": 40}
    noted = {"amount": {"amount": "900.00", "currency": "EUR"}, "reports": 12}
    assert told["spent"] == {**noted, "by_supporters": None}


def test_a_till_of_nothing_is_0_and_not_unknown():
    told = tally_of(make_till("0"))
    assert told["till"]["takings"] == {"amount": "0.00", "currency": "EUR"}
    assert told["gap"] == {"amount": {"amount": "0.00", "currency": "EUR"}, "share": None}


def test_a_figure_is_known_only_where_every_window_has_it():
    tills = [make_till("1000", tax="160", units=200), make_till("900", window="sunday", tax="140")]
    figures = day_figures(tills)
    assert figures is not None
    assert (figures.takings, figures.tax, figures.units, figures.cost) == (eur("1900"), eur("300"), None, None)
    assert day_figures([]) is None


@given(st.lists(st.tuples(st.integers(0, 10**9), st.none() | st.integers(0, 10**6)), min_size=1, max_size=5))
def test_sums_are_exact_and_an_unknown_part_makes_the_whole_unknown(windows: list[tuple[int, int | None]]):
    tills = [make_till(window=str(n), units=units) for n, (_, units) in enumerate(windows)]
    tills = [
        Till(t.window, t.business, t.state, Money(m, "EUR"), units=t.units)
        for t, (m, _) in zip(tills, windows, strict=True)
    ]
    figures = day_figures(tills)
    assert figures is not None
    assert figures.takings.minor == sum(minor for minor, _ in windows)
    known = [units for _, units in windows if units is not None]
    assert figures.units == (sum(known) if len(known) == len(windows) else None)


def test_a_missing_window_is_said_and_nothing_is_judged_too_early():
    told = tally_of(
        make_till("1000"), expected=2, door=at_the_door(5, "400", 3), goal=Goal(GoalKind.TAKINGS, Decimal(1500))
    )
    assert told["till"]["complete"] is False
    assert told["gap"] is None
    assert told["goal"]["reached"] is None
    reached = tally_of(make_till("1600"), expected=2, goal=Goal(GoalKind.TAKINGS, Decimal(1500)))
    assert reached["goal"]["reached"] is True
    assert tally_of(make_till("1600"), expected=1)["till"]["complete"] is True


# Three totals, never mixed


def test_pledged_confirmed_late_and_without_address_stand_apart():
    sums = PledgeSums(
        pledged=Crowd(100, eur("2000")),
        confirmed=Crowd(80, eur("1600")),
        joined_late=Crowd(7, eur("140")),
        without_address=Crowd(5, eur("50")),
    )
    told = tally_of(pledges=sums, door=at_the_door(60, "1100", 55))
    assert told["pledged"] == {"people": 100, "amount": {"amount": "2000.00", "currency": "EUR"}}
    assert told["confirmed"]["people"] == 80
    assert told["joined_late"]["people"] == 7
    assert told["without_address"]["amount"]["amount"] == "50.00"
    assert told["attended"]["people"] == 60
    assert told["spent"]["amount"]["amount"] == "1100.00"


# Gap and uplift


def test_the_gap_is_till_less_what_was_noted_and_its_share_of_the_till():
    assert gap(eur("2000"), eur("1500")) == {"amount": {"amount": "500.00", "currency": "EUR"}, "share": "25"}
    assert gap(eur("1500"), eur("2000"))["amount"]["amount"] == "-500.00"
    assert gap(eur("1500"), eur("2000"))["share"] == "-33.3"


def test_the_uplift_is_over_the_same_hours_of_an_ordinary_day():
    assert uplift(eur("3000"), eur("2000")) == {"amount": {"amount": "1000.00", "currency": "EUR"}, "share": "50"}
    assert uplift(eur("1500"), eur("2000"))["amount"]["amount"] == "-500.00"  # type: ignore[index]  # a baseline was given
    assert uplift(eur("3000"), None) is None


def test_a_baseline_of_nothing_has_no_share():
    assert uplift(eur("100"), eur("0")) == {"amount": {"amount": "100.00", "currency": "EUR"}, "share": None}


def test_a_baseline_recorded_before_bidding_outranks_one_declared_after():
    declared = make_till("3000", baseline="1000", baseline_after=True)
    assert tally_of(declared)["baseline"] == {
        "amount": {"amount": "1000.00", "currency": "EUR"},
        "declared_after": True,
        "days": 0,
        "about": False,
        "range": None,
    }
    (recorded,) = with_baselines([declared], {"saturday": eur("2000")})
    assert tally_of(recorded)["baseline"] == {
        "amount": {"amount": "2000.00", "currency": "EUR"},
        "declared_after": False,
        "days": 0,
        "about": False,
        "range": None,
    }
    assert with_baselines([declared], {"sunday": eur("2000")}) == [declared]


# The goal


@pytest.mark.parametrize(
    ("goal", "reached"),
    [
        (Goal(), None),
        (Goal(GoalKind.TAKINGS, Decimal("2000.84")), True),
        (Goal(GoalKind.TAKINGS, Decimal("2000.85")), False),
        (Goal(GoalKind.UNITS, Decimal(412)), True),
        (Goal(GoalKind.UNITS, Decimal(413)), False),
        (Goal(GoalKind.HEADCOUNT, Decimal(60)), True),
        (Goal(GoalKind.HEADCOUNT, Decimal(61)), False),
    ],
)
def test_the_goal_is_judged_on_till_and_door(goal: Goal, reached: bool | None):
    assert goal_result(goal, day("2000.84", units=412), at_the_door(60))["reached"] is reached


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_pledges_never_reach_a_goal(people: int, minor: int):
    crowd = Crowd(people, Money(minor, "EUR"))
    told = tally_of(
        make_till("10", units=1),
        pledges=PledgeSums(crowd, crowd, crowd, crowd),
        goal=Goal(GoalKind.TAKINGS, Decimal(11)),
    )
    assert told["goal"]["reached"] is False


@pytest.mark.parametrize("kind", [GoalKind.TAKINGS, GoalKind.UNITS])
def test_a_goal_on_figures_that_nobody_gave_is_neither_reached_nor_missed(kind: GoalKind):
    result = goal_result(Goal(kind, Decimal(5)), None, at_the_door(60))
    assert (result["value"], result["reached"]) == (None, None)
    assert goal_result(Goal(GoalKind.UNITS, Decimal(5)), day("2000"), at_the_door())["reached"] is None


# What is for the checker only


def test_figures_for_the_checker_only_are_marked_and_shown_to_nobody():
    told = tally_of(
        make_till("2000.84", tax="300", baseline="1000", visibility="checker", counter_takings="1900"),
        door=at_the_door(60, "1500", 50),
        goal=Goal(GoalKind.TAKINGS, Decimal(2000)),
    )
    shown = str(told)
    for secret in ("2000.84", "300.00", "1000.00", "1900.00", "500.84"):
        assert secret not in shown
    assert told["till"]["windows"][0]["visibility"] == "checker"
    assert told["goal"] == {"kind": "takings", "target": "2000", "value": None, "reached": True}


def test_a_baseline_for_the_checker_only_hides_the_uplift_too():
    hidden = with_baselines([make_till("3000")], {"saturday": eur("1234")}, hidden=True)
    told = tally_of(*hidden)
    assert (told["baseline"], told["uplift"]) == (None, None)
    assert "1234" not in str(told)


# Disputes


def test_both_figures_of_a_dispute_stay_visible():
    disputed = make_till("2000", state=TillState.DISPUTED, counter_takings="1900", reason="two rolls missing")
    (window,) = tally_of(disputed)["till"]["windows"]
    assert (window["state"], window["takings"]["amount"]) == ("disputed", "2000.00")
    assert (window["counter_takings"]["amount"], window["reason"]) == ("1900.00", "two rolls missing")
    declared, countered = day_figures([disputed]), day_figures([disputed], corrected=True)
    assert declared is not None
    assert countered is not None
    assert (declared.takings, countered.takings) == (eur("2000"), eur("1900"))


def test_once_decided_the_figure_in_force_counts():
    decided = make_till("1900", counter_takings="2000")
    figures = day_figures([decided], corrected=True)
    assert figures is not None
    assert figures.takings == eur("1900")


def test_a_counted_till_of_nothing_is_the_organizers_figure_too():
    disputed = make_till("2000", state=TillState.DISPUTED, counter_takings="0")
    figures = day_figures([disputed], corrected=True)
    assert figures is not None
    assert figures.takings == eur("0")


@pytest.mark.parametrize(
    ("state", "told"),
    [(State.MOBBING, "live"), (State.COUNTING, "interim"), (State.FINAL, "final"), (State.DONE, "final")],
)
def test_interim_is_not_final(state: State, told: str):
    assert tally_state(campaign_in(state)) == told
