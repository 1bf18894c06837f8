"""The one translation between domain values and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import wire
from core.money import Money
from tests.factories import eur


class Colour(StrEnum):
    ORANGE = "orange"


@dataclass(frozen=True)
class Carrot:
    colour: Colour
    price: Money
    grown_on: date
    weights: tuple[Decimal, ...]


def test_a_value_becomes_plain_json():
    carrot = Carrot(Colour.ORANGE, eur("2.50"), date(2027, 3, 1), (Decimal("12.50"),))
    assert wire.encode(carrot) == {
        "colour": "orange",
        "price": {"amount": "2.50", "currency": "EUR"},
        "grown_on": "2027-03-01",
        "weights": ["12.5"],
    }


def test_instants_are_told_in_utc_with_a_z():
    berlin = timezone(timedelta(hours=2))
    assert wire.encode(datetime(2027, 6, 12, 9, 0, tzinfo=berlin)) == "2027-06-12T07:00:00Z"
    assert wire.encode(datetime(2027, 6, 12, 7, 0, 0, 250_000, UTC)) == "2027-06-12T07:00:00.250000Z"


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_reads_back(moment: datetime):
    assert datetime.fromisoformat(wire.instant(moment)) == moment


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("22", "22"),
        ("22.00", "22"),
        ("12.50", "12.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.00", "0"),
        ("-5.10", "-5.1"),
    ],
)
def test_decimals_are_told_without_exponent_or_idle_zeros(number: str, told: str):
    assert wire.plain(Decimal(number)) == told


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_decimal_reads_back_as_the_same_number(number: Decimal):
    assert Decimal(wire.plain(number)) == number


@given(st.integers(-(10**13), 10**13), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_money_reads_back(minor: int, currency: str):
    amount = Money(minor, currency)
    assert wire.money(json.loads(json.dumps(wire.encode(amount)))) == amount


def test_unknown_stays_unknown():
    assert wire.encode(None) is None
    assert wire.money(None) is None


def test_a_value_without_a_wire_form_is_refused():
    with pytest.raises(TypeError, match="object has no wire form"):
        wire.encode(object())
    with pytest.raises(TypeError, match="float has no wire form"):
        wire.encode(0.1)


def test_the_canonical_text_does_not_depend_on_the_order_of_keys():
    assert wire.canonical({"b": 1, "a": "Café"}) == wire.canonical({"a": "Café", "b": 1}) == '{"a":"Café","b":1}'
