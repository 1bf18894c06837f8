"""What a promise comes to on the day, by every basis; what is unknown gives nothing, and never 0."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.commitments import Action, Basis, Commitment, Fixed, PerUnit, Share, StepKind
from businesses.measures import Measure
from core.errors import Invalid
from core.money import Money
from tests.factories import DUE, action, day, eur, fixed, per_unit, rung, share

KNOWN = day("2000.84", tax="319.46", cost="800", units=412, baseline="1200.50")


@pytest.mark.parametrize(
    ("basis", "formula", "amount"),
    [
        (Basis.GROSS, "35% x 2000.84 = 700.29", "700.29"),
        (Basis.NET, "35% x (2000.84 - 319.46) = 588.48", "588.48"),
        (Basis.PROFIT, "35% x (2000.84 - 319.46 - 800.00) = 308.48", "308.48"),
        (Basis.EXTRA, "35% x (2000.84 - 1200.50) = 280.12", "280.12"),
    ],
)
def test_a_share_is_of_its_basis_and_shows_its_formula(basis: Basis, formula: str, amount: str):
    owed = share("35", basis).owed(KNOWN)
    assert (owed.formula, owed.amount) == (formula, eur(amount))


@pytest.mark.parametrize(
    ("basis", "formula"),
    [
        (Basis.NET, "35% x (2000.84 - ?) = ?"),
        (Basis.PROFIT, "35% x (2000.84 - ? - ?) = ?"),
        (Basis.EXTRA, "35% x (2000.84 - ?) = ?"),
    ],
)
def test_what_is_unknown_gives_no_amount_and_never_0(basis: Basis, formula: str):
    owed = share("35", basis).owed(day("2000.84"))
    assert owed.amount is None
    assert owed.formula == formula


@pytest.mark.parametrize("known", [{"tax": "319.46"}, {"cost": "800"}])
def test_profit_needs_tax_and_cost_both(known: dict[str, str]):
    owed = share("35", Basis.PROFIT).owed(day("2000.84", **known))
    assert owed.amount is None
    assert "?" in owed.formula


@pytest.mark.parametrize(("percent", "amount"), [("100", "2000.84"), ("110", "2200.92"), ("201", "4021.69")])
def test_a_share_may_lie_above_100(percent: str, amount: str):
    assert share(percent).owed(KNOWN).amount == eur(amount)


def test_a_match_is_a_share_of_the_share():
    doubled = share("50", match="100")
    assert doubled.effective == 100
    assert doubled.owed(KNOWN).amount == eur("2000.84")
    assert doubled.owed(KNOWN).formula == "50% x 2000.84 x 200% = 2000.84"


def test_share_and_match_are_rounded_once_together():
    owed = share("33.333", match="50").owed(day("0.07"))
    assert owed.amount == eur("0.03")


def test_no_extra_takings_means_nothing_is_owed_and_nobody_owes_back():
    assert share("35", Basis.EXTRA).owed(day("900", baseline="1200")).amount == eur("0")
    assert share("35", Basis.PROFIT).owed(day("100", tax="10", cost="200")).amount == eur("0")


def test_so_much_for_each_unit():
    owed = per_unit("0.50").owed(KNOWN)
    assert (owed.formula, owed.amount) == ("0.50 x 412 = 206.00", eur("206"))


def test_units_that_nobody_counted_give_no_amount():
    owed = per_unit("0.50").owed(day("2000.84"))
    assert (owed.formula, owed.amount) == ("0.50 x ? = ?", None)
    assert per_unit("0.50").owed(day("2000.84", units=0)).amount == eur("0")


def test_a_fixed_sum_is_owed_whatever_comes_in():
    assert fixed("500").owed(day("0")).amount == eur("500")


def test_an_action_owes_no_money():
    promise: Commitment = action()
    assert promise.owed(KNOWN) is None


@given(st.integers(0, 10**9), st.decimals("0.01", "300", places=2), st.decimals("0.01", "300", places=2))
def test_a_higher_share_never_owes_less(takings: int, one: Decimal, other: Decimal):
    low, high = sorted((one, other))
    figures = replace(KNOWN, takings=Money(takings, "EUR"))
    for basis in Basis:
        less = replace(share("1", basis), share=low).owed(figures).amount
        more = replace(share("1", basis), share=high).owed(figures).amount
        assert less is not None
        assert more is not None
        assert eur("0") <= less <= more


@given(st.integers(0, 10**9), st.decimals("0.01", "300", places=2))
def test_owed_is_known_exactly_where_every_figure_it_needs_is_known(takings: int, percent: Decimal):
    bare = replace(day("0"), takings=Money(takings, "EUR"))
    full = replace(KNOWN, takings=Money(takings, "EUR"))
    for basis in Basis:
        promise = replace(share("1", basis), share=percent)
        assert promise.owed(full).amount is not None
        assert (promise.owed(bare).amount is not None) == (basis == Basis.GROSS)


# Ladders


LADDER = action(target="27", ladder=(rung("5000", "32"), rung("8000", "40"), rung("300", "35", StepKind.HEADCOUNT)))


@pytest.mark.parametrize(
    ("takings", "heads", "target"),
    [("4999.99", 0, 27), ("5000", 0, 32), ("7999", 299, 32), ("8000", 0, 40), ("0", 300, 35), ("9000", 500, 40)],
)
def test_the_best_step_that_was_reached_holds(takings: str, heads: int, target: int):
    assert LADDER.resolved_target(Decimal(takings), None, heads) == target


def test_without_a_till_total_the_promise_itself_holds():
    assert LADDER.resolved_target(None, None, 0) == 27
    by_units = action(ladder=(rung("100", "30", StepKind.UNITS),))
    assert by_units.resolved_target(Decimal(9999), None, 0) == 27
    assert by_units.resolved_target(None, 100, 0) == 30


def test_a_ladder_downwards_promises_less_of_it_with_each_step():
    fewer_bags = action("60", "100", ladder=(rung("1000", "40"),))
    assert not fewer_bags.more
    assert fewer_bags.resolved_target(Decimal(1000), None, 0) == 40


@pytest.mark.parametrize(
    ("ladder", "field"),
    [
        ((rung("0", "32"),), "ladder.0.when.at_least"),
        ((rung("5000", "27"),), "ladder.0.target"),
        ((rung("5000", "20"),), "ladder.0.target"),
        ((rung("5000", "32"), rung("5000", "33")), "ladder.1.when.at_least"),
        ((rung("5000", "32"), rung("4000", "33")), "ladder.1.when.at_least"),
        ((rung("5000", "32"), rung("6000", "32")), "ladder.1.target"),
    ],
)
def test_each_step_of_a_ladder_asks_more_and_promises_more(ladder, field: str):
    with pytest.raises(Invalid) as wrong:
        action(ladder=ladder)
    assert wrong.value.field == field


# A wrong promise cannot be built


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: share("0"), "share"),
        (lambda: share("-1"), "share"),
        (lambda: share("10000.01"), "share"),
        (lambda: share("10", match="-1"), "match"),
        (lambda: per_unit("0"), "amount"),
        (lambda: per_unit("0.50", " "), "unit"),
        (lambda: fixed("0"), "amount"),
        (lambda: action("12", "12"), "target"),
        (lambda: action(verb=" "), "verb"),
        (lambda: action(metric=""), "metric"),
        (lambda: Measure("", eur("5")), "name"),
        (lambda: Measure("Heat pump", eur("0")), "price"),
    ],
)
def test_a_wrong_promise_cannot_be_built(build, field: str):
    with pytest.raises(Invalid) as wrong:
        build()
    assert wrong.value.field == field


# What may not change in a raise


@pytest.mark.parametrize(
    ("held", "new", "field"),
    [
        (share("22"), share("21.99"), "share"),
        (share("22", match="50"), share("40", match="49"), "match"),
        (share("22"), share("30", Basis.NET), "kind"),
        (share("22"), fixed("9999", name="share"), "kind"),
        (per_unit("0.50"), per_unit("0.49"), "amount"),
        (per_unit("0.50"), per_unit("5", "loaf"), "kind"),
        (fixed("500"), fixed("499.99"), "amount"),
        (action(), action("26"), "target"),
        (action(), action("27", "11"), "kind"),
        (action(), action(metric="producers of any kind"), "kind"),
        (action(definition="within 50 km"), action("99", definition="within 500 km"), "kind"),
        (action("60", "100"), action("61", "100"), "target"),
        (action(ladder=(rung("5000", "32"),)), action("28"), "ladder"),
        (action(ladder=(rung("5000", "32"),)), action(ladder=(rung("5001", "32"),)), "ladder"),
        (action(ladder=(rung("5000", "32"),)), action(ladder=(rung("5000", "31"),)), "ladder"),
    ],
)
def test_a_raise_that_promises_less_names_the_field(held, new, field: str):
    assert held.lowered_field(new) == field


@pytest.mark.parametrize(
    ("held", "new"),
    [
        (share("22"), share("22")),
        (share("22"), share("201", match="100")),
        (per_unit("0.50"), per_unit("0.51")),
        (fixed("500"), fixed("501")),
        (action(), action("28")),
        (action("60", "100"), action("0", "100")),
        (action(ladder=(rung("5000", "32"),)), action(ladder=(rung("4000", "33"), rung("6000", "40")))),
    ],
)
def test_a_raise_that_promises_as_much_or_more_is_fine(held, new):
    assert held.lowered_field(new) is None


@pytest.mark.parametrize("promise", [share("22"), per_unit("0.50"), fixed("500"), action()])
def test_a_date_may_come_sooner_but_not_later(promise: Share | PerUnit | Fixed | Action):
    later = replace(promise, due_on=DUE.replace(year=2028))
    sooner = replace(promise, due_on=DUE.replace(month=5))
    assert promise.lowered_field(later) == "due_on"
    assert promise.lowered_field(sooner) is None
