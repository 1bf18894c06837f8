"""Money is an integer of minor units and a currency, rounded half to even, once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import currencies
from core.errors import Invalid
from core.money import LARGEST, Money, total
from tests.factories import eur

amounts = st.integers(-LARGEST, LARGEST)
codes = st.sampled_from(["EUR", "JPY", "KWD"])
shares = st.decimals("0.01", "10000", places=2)


@given(amounts, codes)
def test_an_amount_reads_back_as_it_was_written(minor: int, currency: str):
    money = Money(minor, currency)
    assert Money.parse(str(money), currency) == money


@pytest.mark.parametrize(
    ("typed", "currency", "shown"),
    [("20", "EUR", "20.00"), ("500", "JPY", "500"), ("1.5", "KWD", "1.500"), ("-3.10", "EUR", "-3.10")],
)
def test_an_amount_shows_exactly_the_decimals_of_its_currency(typed: str, currency: str, shown: str):
    assert str(Money.parse(typed, currency)) == shown


@pytest.mark.parametrize(
    ("typed", "currency"), [("1.234", "EUR"), ("0.5", "JPY"), ("1.0001", "KWD"), ("1.0000001", "KWD")]
)
def test_more_decimals_than_the_currency_has_are_refused(typed: str, currency: str):
    with pytest.raises(Invalid) as wrong:
        Money.parse(typed, currency, "price")
    assert wrong.value.field == "price"


@pytest.mark.parametrize(
    "typed", ["", " 5", "5 ", "+5", "1e3", "1,50", "NaN", "Infinity", "٣", "5.", ".5", "0x1", "--5"]
)
def test_what_is_not_written_in_plain_digits_is_refused(typed: str):
    with pytest.raises(Invalid) as wrong:
        Money.parse(typed, "EUR")
    assert wrong.value.field == "amount"


@pytest.mark.parametrize("code", ["", "eur", "EURO", "XXX", "BTC", "DEM"])
def test_an_unknown_currency_is_refused_by_name(code: str):
    with pytest.raises(Invalid) as wrong:
        Money.parse("5", code)
    assert wrong.value.field == "amount.currency"
    assert "EUR, USD or JPY" in str(wrong.value)


def test_more_than_any_shop_takes_is_a_typing_error():
    assert Money.parse("100000000000", "EUR").minor == LARGEST
    with pytest.raises(Invalid):
        Money.parse("100000000000.01", "EUR")
    with pytest.raises(Invalid):
        Money.parse("9999999999999", "KWD")


@pytest.mark.parametrize(
    ("amount", "share", "rounded"),
    [
        ("0.05", "50", "0.02"),
        ("0.15", "50", "0.08"),
        ("0.25", "50", "0.12"),
        ("-0.05", "50", "-0.02"),
        ("2000.84", "35", "700.29"),
        ("0.01", "49.9", "0.00"),
        ("1673.25", "100", "1673.25"),
    ],
)
def test_a_half_is_rounded_to_the_even_neighbour(amount: str, share: str, rounded: str):
    assert eur(amount).percent(Decimal(share)) == eur(rounded)


@given(amounts, codes, shares)
def test_a_share_is_never_off_by_more_than_half_a_unit(minor: int, currency: str, share: Decimal):
    whole = Money(minor, currency)
    exact = Decimal(minor) * share / 100
    assert abs(Decimal(whole.percent(share).minor) - exact) <= Decimal("0.5")


@given(amounts, codes)
def test_all_of_an_amount_is_the_amount(minor: int, currency: str):
    whole = Money(minor, currency)
    assert whole.percent(Decimal(100)) == whole
    assert whole.percent(Decimal(200)) == whole.times(2)


@given(st.lists(amounts), codes)
def test_a_sum_is_exact_and_in_any_order(minors: list[int], currency: str):
    parts = [Money(minor, currency) for minor in minors]
    assert total(parts, currency).minor == sum(minors)
    assert total(parts[::-1], currency) == total(parts, currency)


@given(amounts, amounts)
def test_adding_and_taking_away_gives_the_first_amount_back(one: int, other: int):
    a, b = Money(one, "EUR"), Money(other, "EUR")
    assert a + b - b == a
    assert -a + a == Money.zero("EUR")
    assert (a < b) == (one < other)
    assert max(a, b).minor == max(one, other)


@pytest.mark.parametrize("mix", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, max])
def test_two_currencies_never_mix(mix):
    with pytest.raises(ValueError, match=r"(EUR|JPY) and (EUR|JPY) cannot be mixed"):
        mix(Money(1, "EUR"), Money(1, "JPY"))


def test_equal_figures_in_two_currencies_are_not_equal():
    assert Money(100, "EUR") != Money(100, "USD")


def test_nothing_is_falsy_and_a_cent_is_something():
    assert not Money.zero("EUR")
    assert eur("0.01")
    assert eur("-0.01")


def test_every_currency_has_the_decimals_of_iso_4217():
    assert set(currencies.DECIMALS.values()) == {0, 2, 3}
    assert (currencies.DECIMALS["JPY"], currencies.DECIMALS["EUR"], currencies.DECIMALS["KWD"]) == (0, 2, 3)
    assert all(len(code) == 3 and code.isupper() for code in currencies.DECIMALS)
