"""Effects: what was expected beside what was measured, never mixed, and the most independent voice counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from businesses.effects.rules import add_up, counting, state
from businesses.effects.values import Effect, Kind, Per, Phase
from core.errors import Conflict
from tests.factories import NOW

EXPECTED = Effect(
    "e1",
    "o1",
    Kind.ENERGY,
    Phase.PROJECTED,
    Per.YEAR,
    Decimal(4200),
    "12 lamps, 350 kWh each",
    "data sheet",
    "business",
    NOW,
)
MEASURED = replace(EXPECTED, id="e2", phase=Phase.MEASURED, value=Decimal(3900), at=NOW + timedelta(days=400))


def test_a_projection_comes_before_its_measurement():
    with pytest.raises(Conflict, match="measured already"):
        state([EXPECTED, MEASURED], replace(EXPECTED, id="e3", value=Decimal(3900)))


def test_a_voice_takes_the_place_of_what_it_said_before_and_says_nothing_twice():
    assert state([EXPECTED], replace(EXPECTED, id="e3")) == (None, [])
    new, made = state([EXPECTED], replace(EXPECTED, id="e3", value=Decimal(4000), at=NOW + timedelta(1)))
    assert new is not None
    assert len(made) == 1
    assert counting([EXPECTED, new]) == [new]


def test_the_most_independent_voice_counts_even_if_the_business_speaks_later():
    seen = replace(MEASURED, id="m", by="monitor", value=Decimal(3100))
    later = replace(MEASURED, id="b", at=MEASURED.at + timedelta(days=9))
    assert counting([seen, later]) == [seen]
    assert counting([later, seen]) == [seen]


def test_projected_and_measured_are_never_added_and_each_tells_of_how_many_promises_it_is():
    other = replace(EXPECTED, id="e4", obligation="o2", value=Decimal(800))
    (line,) = add_up([EXPECTED, other, MEASURED])
    assert (line.projected, line.of_projected, line.measured, line.of_measured) == (5000, 2, 3900, 1)


def test_what_became_worse_is_taken_off():
    worse = replace(MEASURED, id="e5", obligation="o2", value=Decimal(-4000))
    (line,) = add_up([MEASURED, worse])
    assert line.measured == -100


def test_nothing_is_added_that_is_not_of_one_kind_period_and_currency():
    money = replace(EXPECTED, id="m1", kind=Kind.MONEY, currency="EUR")
    lines = add_up([EXPECTED, replace(EXPECTED, id="o", per=Per.ONCE), money, replace(money, id="m2", currency="CHF")])
    assert len(lines) == 4
