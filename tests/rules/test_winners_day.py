"""What a winner's day comes to: owed by its formula, a range while disputed, nothing while a window is missing."""

from __future__ import annotations

from typing import Any

from businesses.commitments import Basis, Commitment, StepKind
from businesses.service.following import resolve
from businesses.values import Baseline
from campaigns.tally import Till, TillState
from tests.factories import (
    LAST,
    OPENING,
    action,
    eur,
    fixed,
    make_bid,
    make_campaign,
    make_offer,
    make_till,
    make_window,
    per_unit,
    recorded_baseline,
    rung,
    share,
)
from web.trips.figures import WinnersDay, owed, result, winners_day

SUNDAY = make_window(OPENING.replace(day=11), LAST.replace(day=11), "sunday")


def a_day(*promises: Commitment, tills: tuple[Till, ...] = (), baseline: Baseline | None = None) -> WinnersDay:
    bid = make_bid(offer=make_offer(*promises, baseline=baseline))
    return winners_day(make_campaign(), bid, list(tills))


def lines(day: WinnersDay) -> list[tuple[Any, Any, Any]]:
    return [(line["formula"], line["amount"] and line["amount"]["amount"], line["range"]) for line in owed(day)]


def test_what_is_owed_is_told_with_its_formula():
    day = a_day(share("35"), per_unit("0.50"), action(), tills=(make_till("2000.84", units=412),))
    assert lines(day) == [("35% x 2000.84 = 700.29", "700.29", None), ("0.50 x 412 = 206.00", "206.00", None)]


def test_what_cannot_be_computed_is_null_and_never_0():
    day = a_day(share("35", Basis.PROFIT), tills=(make_till("2000.84"),))
    assert lines(day) == [("35% x (2000.84 - ? - ?) = ?", None, None)]


def test_without_a_till_total_nothing_is_owed_and_nothing_is_0():
    assert owed(a_day(share("35"))) == []
    assert result(a_day(share("35")), 60).figures is None


def test_while_one_of_two_windows_is_missing_nothing_is_computed_from_the_other():
    two_days = make_campaign(windows=(make_window(), SUNDAY))
    bid = make_bid(share("35"))
    one = winners_day(two_days, bid, [make_till("2000.84")])
    assert (owed(one), result(one, 60).figures) == ([], None)
    both = winners_day(two_days, bid, [make_till("2000.84"), make_till("1000", window="sunday")])
    assert lines(both) == [("35% x 3000.84 = 1050.29", "1050.29", None)]


def test_a_winner_owes_for_its_own_tills_only():
    day = a_day(share("35"), tills=(make_till("1000"), make_till("9000", business="the-neighbour")))
    assert lines(day) == [("35% x 1000.00 = 350.00", "350.00", None)]


def test_while_a_till_is_disputed_owed_is_a_range():
    day = a_day(share("35"), fixed("500"), tills=(disputed("2000", "1900"),))
    low_high = {"low": {"amount": "665.00", "currency": "EUR"}, "high": {"amount": "700.00", "currency": "EUR"}}
    assert lines(day) == [("35% x 2000.00 = 700.00", None, low_high), ("500.00", "500.00", None)]
    assert result(day, 60).figures is None


def disputed(declared: str, counted: str) -> Till:
    return make_till(declared, state=TillState.DISPUTED, counter_takings=counted)


def test_a_till_for_the_checker_only_hides_the_formula_but_not_what_is_owed():
    day = a_day(share("35"), tills=(make_till("2000.84", visibility="checker"),))
    assert lines(day) == [(None, "700.29", None)]


def test_a_baseline_for_the_checker_only_hides_formulas_that_would_tell_it():
    secret = recorded_baseline("1200", visibility="checker")
    day = a_day(share("35"), share("10", Basis.EXTRA, name="extra"), tills=(make_till("2000"),), baseline=secret)
    assert lines(day) == [("35% x 2000.00 = 700.00", "700.00", None), (None, "80.00", None)]


def test_one_recorded_baseline_serves_each_window_and_several_serve_their_own():
    two_days = make_campaign(windows=(make_window(), SUNDAY))
    tills = [make_till("1000"), make_till("900", window="sunday")]
    for figures, amount in (("400",), "110.00"), (("400", "300"), "120.00"):
        bid = make_bid(offer=make_offer(share("10", Basis.EXTRA), baseline=recorded_baseline(*figures)))
        assert lines(winners_day(two_days, bid, tills))[0][1] == amount


def test_a_window_added_after_the_bid_has_no_recorded_baseline_and_breaks_nothing():
    monday = make_window(OPENING.replace(day=12), LAST.replace(day=12), "monday")
    three_days = make_campaign(windows=(make_window(), SUNDAY, monday))
    bid = make_bid(offer=make_offer(share("10", Basis.EXTRA), baseline=recorded_baseline("400", "300")))
    tills = [make_till("1000", window=window) for window in ("saturday", "sunday", "monday")]
    assert lines(winners_day(three_days, bid, tills)) == [("10% x (3000.00 - ?) = ?", None, None)]


# What obligations arise from it


def test_an_obligation_has_its_amount_or_its_target():
    known = result(a_day(share("35"), tills=(make_till("2000.84"),)), 60)
    assert resolve(share("35"), known) == (None, eur("700.29"))
    assert resolve(action(), known) == (27, None)


def test_the_step_of_a_ladder_that_the_day_reached_is_the_target():
    known = result(a_day(tills=(make_till("5000"),)), 60)
    assert resolve(action(ladder=(rung("5000", "32"),)), known) == (32, None)
    assert resolve(action(ladder=(rung("60", "35", StepKind.HEADCOUNT),)), known) == (35, None)


def test_a_fixed_sum_is_owed_even_where_no_till_total_came():
    unknown = result(a_day(fixed("500")), 0)
    assert resolve(fixed("500"), unknown) == (None, eur("500"))
    assert resolve(share("35"), unknown) == (None, None)
    assert resolve(action(ladder=(rung("5000", "32"),)), unknown) == (27, None)
