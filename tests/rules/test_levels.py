"""What each level of takings would buy: the formulas turned round, exact to the minor unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from businesses.commitments import Basis, Commitment, StepKind
from businesses.converting import Usual
from businesses.levels import Axis, levels
from businesses.measures import Funding, Measure
from campaigns.tally import DayFigures
from core.money import Money
from tests.factories import action, eur, fixed, per_unit, rung, share

WORKS = (Measure("lamps", eur("400")), Measure("fridge seals", eur("200")), Measure("cooler", eur("400")))
NOTHING = Usual()


def listed(held: Commitment, *funding: Funding) -> Commitment:
    return replace(held, measures=WORKS, funding=funding)


def told(held: Commitment, usual: Usual = NOTHING, axis: Axis = Axis.TAKINGS) -> list[tuple[str, str]]:
    return [(f"{level.at:f}", ", ".join(level.works)) for level in levels([held], usual)[axis]]


def test_a_share_of_the_takings_is_turned_round():
    assert told(listed(share("20"))) == [("2000.00", "lamps"), ("3000.00", "fridge seals"), ("5000.00", "cooler")]


def test_a_match_brings_the_works_nearer():
    assert [at for at, _ in told(listed(share("20", match="100")))] == ["1000.00", "1500.00", "2500.00"]


def test_what_others_pay_need_not_come_in():
    with_grant = listed(share("20"), Funding("A grant", eur("450")))
    assert told(with_grant) == [("0.00", "lamps"), ("750.00", "fridge seals"), ("2750.00", "cooler")]


def test_net_profit_and_extra_are_turned_round_by_the_ordinary_day():
    usual = Usual(eur("1000"), Decimal(20), Decimal(10))
    ats = {basis: told(listed(share("50", basis)), usual)[0][0] for basis in Basis}
    assert ats == {"gross": "800.00", "net": "1000.00", "profit": "8000.00", "extra": "1800.00"}


def test_of_takings_that_leave_no_profit_nothing_is_ever_paid():
    usual = Usual(margin=Decimal(0))
    assert levels([listed(share("50", Basis.PROFIT))], usual) == {}


def test_where_the_ordinary_day_does_not_tell_it_goes_by_what_is_owed():
    for basis in (Basis.NET, Basis.PROFIT, Basis.EXTRA):
        found = levels([listed(share("50", basis))], NOTHING)
        assert [level.at for level in found.pop(Axis.OWED)] == [400, 600, 1000]
        assert found == {}


def test_a_sum_for_each_sold_goes_by_what_is_sold_and_a_fixed_sum_by_nothing():
    assert told(listed(per_unit("0.30")), axis=Axis.UNITS)[0] == ("1334", "lamps")
    assert told(listed(fixed("600"))) == [("0", "lamps, fridge seals")]


def test_steps_of_a_ladder_stand_beside_the_works():
    ladder = action(ladder=(rung("3000", "32"), rung("200", "40", StepKind.HEADCOUNT)))
    found = levels([listed(share("20")), ladder], NOTHING)
    assert [(level.at, level.works, len(level.steps)) for level in found[Axis.TAKINGS]] == [
        (2000, ("lamps",), 0), (3000, ("fridge seals",), 1), (5000, ("cooler",), 0),
    ]  # fmt: skip
    assert [level.at for level in found[Axis.HEADCOUNT]] == [200]


def test_a_bid_without_a_list_has_no_plot():
    assert levels([share("20"), action(ladder=(rung("3000", "32"),))], NOTHING) == {}


percents = st.decimals("0.01", "300", places=2)


@given(percents, st.booleans(), st.integers(1, 10**7), st.integers(0, 10**6))
def test_a_level_is_the_least_that_gives_what_is_needed(percent: Decimal, extra: bool, price: int, ordinary: int):
    usual, needed = Usual(Money(ordinary, "EUR")), Money(price, "EUR")
    basis = Basis.EXTRA if extra else Basis.GROSS
    held = replace(share("1", basis), share=percent, measures=(Measure("lamps", needed),))
    (level,) = levels([held], usual)[Axis.TAKINGS]
    counted = level.at - (Money(ordinary, "EUR").amount if extra else 0)
    assert counted * percent / 100 >= needed.amount > (counted - Decimal("0.01")) * percent / 100
    amount = held.owed(DayFigures(Money.rounded(level.at, "EUR"), baseline=usual.takings)).amount
    assert amount
    assert held.plan.allocate(amount).parts[0].state == "funded"
