"""Owed money goes down the list of works; what it does not reach goes by the rule fixed beforehand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.measures import Allocation, Audit, Funding, Measure, Plan, RestGoes, Shortfall, State
from core.errors import Invalid
from core.money import Money, total
from tests.factories import eur

LAMPS, SEALS, COOLER, DOOR = (
    Measure(name, eur(price))
    for name, price in (("Lamps", "300"), ("Fridge seals", "200"), ("Cooler", "900"), ("Door spring", "50"))
)
LIST = (LAMPS, SEALS, COOLER, DOOR)


def buys(owed: str, shortfall: Shortfall, *funding: Funding) -> Allocation:
    return Plan(LIST, shortfall, "Town climate fund", funding=funding).allocate(eur(owed))


def states(allocation: Allocation) -> list[str]:
    return [part.state.value for part in allocation.parts]


def test_money_pays_the_works_in_their_order():
    held = buys("500", Shortfall.TOP_UP)
    assert states(held) == ["funded", "funded", "not_reached", "not_reached"]
    assert (held.rest, held.top_up) == (eur("0"), eur("0"))


def test_a_work_the_money_cannot_pay_is_dropped_and_the_next_it_can_is_paid():
    held = buys("570.29", Shortfall.DROP)
    assert states(held) == ["funded", "funded", "dropped", "funded"]
    assert (held.rest, held.rest_goes) == (eur("20.29"), RestGoes.PURPOSE)


def test_money_waits_for_something_smaller():
    held = buys("570.29", Shortfall.SUBSTITUTE)
    assert states(held) == ["funded", "funded", "substitute", "not_reached"]
    assert (held.rest, held.rest_goes) == (eur("70.29"), RestGoes.SUBSTITUTE)
    assert held.waits_for
    assert held.waits_for.name == "Cooler"


def test_nothing_waits_where_nothing_is_left():
    held = buys("500", Shortfall.SUBSTITUTE)
    assert (states(held)[2], held.waits_for, held.rest_goes) == ("not_reached", None, RestGoes.PURPOSE)


def test_the_business_pays_what_is_missing_where_the_money_runs_out_and_no_more():
    held = buys("570.29", Shortfall.TOP_UP)
    assert states(held) == ["funded", "funded", "topped_up", "not_reached"]
    assert (held.parts[2].allocated, held.top_up, held.rest) == (eur("70.29"), eur("829.71"), eur("0"))


def test_the_rest_goes_to_the_named_fund():
    held = buys("570.29", Shortfall.FALLBACK)
    assert states(held) == ["funded", "funded", "not_reached", "not_reached"]
    assert (held.rest, held.rest_goes) == (eur("70.29"), RestGoes.FALLBACK)


def test_others_pay_on_where_the_money_runs_out_before_the_rule_decides():
    held = buys("570.29", Shortfall.SUBSTITUTE, Funding("A grant", eur("830")))
    assert states(held) == ["funded", "funded", "funded", "substitute"]
    assert (held.parts[2].allocated, held.parts[2].others) == (eur("70.29"), eur("829.71"))
    assert held.rest == eur("0")


def test_more_than_the_list_costs_stays_for_the_same_purpose():
    held = buys("1500", Shortfall.SUBSTITUTE)
    assert (states(held), held.rest, held.rest_goes) == (["funded"] * 4, eur("50"), RestGoes.PURPOSE)


amounts = st.integers(1, 10**7).map(lambda minor: Money(minor, "EUR"))
plans = st.builds(
    Plan,
    st.lists(st.builds(Measure, st.just("Work"), amounts), max_size=8).map(tuple),
    st.sampled_from(Shortfall),
    st.just("A fund"),
    st.none(),
    st.lists(st.builds(Funding, st.just("A grant"), amounts), max_size=2).map(tuple),
)


@given(plans, st.integers(0, 10**8).map(lambda minor: Money(minor, "EUR")))
def test_the_parts_and_the_rest_are_always_what_is_owed(plan: Plan, owed: Money):
    held = plan.allocate(owed)
    assert total([part.allocated for part in held.parts], "EUR") + held.rest == owed
    assert held.rest >= eur("0")
    for part in held.parts:
        paid = part.allocated + part.others + part.top_up
        assert paid == (part.price if part.state in {State.FUNDED, State.TOPPED_UP} else eur("0"))
    others = total([part.others for part in held.parts], "EUR")
    assert others <= total([paid.amount for paid in plan.funding], "EUR")
    assert sum(part.state == State.TOPPED_UP for part in held.parts) <= 1


@given(plans, st.integers(0, 10**8), st.integers(0, 10**8))
def test_more_money_never_pays_fewer_of_the_first_works(plan: Plan, one: int, other: int):
    less, more = sorted((one, other))
    assert _first(plan, less) <= _first(plan, more)


def _first(plan: Plan, owed: int) -> int:
    """How many works from the top of the list are paid."""
    held = states(plan.allocate(Money(owed, "EUR")))
    return next((n for n, state in enumerate(held) if state not in {"funded", "topped_up"}), len(held))


HELD = Plan((LAMPS, SEALS), Shortfall.FALLBACK, "Town fund", funding=(Funding("A grant", eur("100")),))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"measures": (LAMPS,)}, "measures"),
        ({"measures": (SEALS, LAMPS)}, "measures.0.name"),
        ({"measures": (replace(LAMPS, price=eur("301")), SEALS)}, "measures.0.price"),
        ({"shortfall": Shortfall.DROP}, "shortfall"),
        ({"fallback": "Another fund"}, "fallback"),
        ({"funding": ()}, "funding"),
    ],
)
def test_a_list_is_never_worth_less_after_a_raise(change: dict[str, Any], field: str):
    assert HELD.lowered_field(replace(HELD, **change)) == field


@pytest.mark.parametrize(
    "change",
    [
        {"measures": (LAMPS, replace(SEALS, price=eur("150")), COOLER)},
        {"shortfall": Shortfall.TOP_UP, "fallback": ""},
        {"audit": Audit("Ida Blum", "the town")},
        {"funding": (Funding("Another grant", eur("150")),)},
    ],
)
def test_a_list_may_grow_get_cheaper_and_be_paid_by_more(change: dict[str, Any]):
    assert HELD.lowered_field(replace(HELD, **change)) is None


def test_who_priced_the_works_is_named_with_who_pays_them():
    with pytest.raises(Invalid) as refused:
        Audit("Ida Blum", " ")
    assert refused.value.field == "paid_by"
