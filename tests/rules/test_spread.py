"""Between which round figures takings lie that the public does not see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.tally import spread
from core.money import Money
from core.wire import money


def shown(amount: str, currency: str = "EUR") -> tuple[str, str] | None:
    told = spread(Money.parse(amount, currency))
    return (told["low"]["amount"], told["high"]["amount"]) if told else None


@pytest.mark.parametrize(
    ("amount", "low", "high"),
    [
        ("2418.35", "2000.00", "3000.00"),
        ("2000", "2000.00", "3000.00"),
        ("999.99", "900.00", "1000.00"),
        ("0.05", "0.05", "0.06"),
    ],
)
def test_a_range_has_one_digit_on_either_side(amount: str, low: str, high: str):
    assert shown(amount) == (low, high)


def test_a_currency_without_cents_and_a_till_that_took_nothing():
    assert shown("48000", "JPY") == ("40000", "50000")
    assert shown("0") is None


@given(st.integers(1, 10**12), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_takings_lie_in_their_range(minor: int, currency: str) -> None:
    takings = Money(minor, currency)
    told = spread(takings)
    assert told
    low, high = money(told["low"]), money(told["high"])
    assert low is not None
    assert high is not None
    assert low <= takings < high
