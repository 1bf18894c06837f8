"""Several ordinary days, and a figure that is about so much: a range stays a range, an estimate is called one."""

from __future__ import annotations

import pytest

from businesses import codec
from businesses.values import MOST_DAYS, Baseline
from campaigns.tally import DoorSums, Tally, Till, Usual
from campaigns.values import Goal
from core.errors import Invalid
from core.wire import Json, encode
from tests.factories import eur, make_till, no_pledges, recorded_baseline

DAYS = (eur("640"), eur("580"), eur("760"))


def told(*tills: Till, usual: tuple[Usual, ...], expected: int = 1) -> Json:
    door = DoorSums(0, eur("0"), 0)
    return Tally("final", no_pledges(), door, tills, Goal(), expected=expected, usual=usual).public()


def usual(amount: str = "660", low: str = "580", high: str = "760", days: int = 3, *, about: bool = False) -> Usual:
    return Usual(eur(amount), eur(low), eur(high), days, about)


def till(takings: str = "2000", baseline: str = "660", **more: str) -> Till:
    return make_till(takings, baseline=baseline, **more)


def test_the_uplift_is_a_range_where_the_ordinary_days_are_told() -> None:
    tally = told(till(), usual=(usual(),))
    assert (tally["baseline"]["range"], tally["baseline"]["days"]) == (
        {"low": encode(eur("580")), "high": encode(eur("760"))},
        3,
    )
    assert tally["uplift"]["amount"] == encode(eur("1340"))
    assert tally["uplift"]["range"] == {"low": encode(eur("1240")), "high": encode(eur("1420"))}


def test_one_figure_is_no_range_and_an_estimate_is_called_one() -> None:
    plain = told(till(), usual=(usual(low="660", high="660", days=0),))
    assert (plain["baseline"]["range"], plain["uplift"]["range"], plain["uplift"]["about"]) == (None, None, False)
    assert told(till(), usual=(usual(days=0, about=True),))["uplift"]["about"]


def test_of_two_winners_the_ranges_add_up_and_one_without_days_is_its_own_bound() -> None:
    second = usual("100", "100", "100", 0)
    tally = told(till(), till(baseline="100", business="other", window="w"), usual=(usual(), second), expected=2)
    assert tally["baseline"]["range"] == {"low": encode(eur("680")), "high": encode(eur("860"))}


def test_while_a_till_or_an_ordinary_day_is_missing_there_is_no_range() -> None:
    assert told(till(), usual=(usual(),), expected=2)["baseline"]["range"] is None
    assert told(till(), till(business="other"), usual=(usual(),), expected=2)["baseline"]["range"] is None


@pytest.mark.parametrize(
    "days", [("640",), ("640", "650"), ("900", "950"), ("-1", "900"), tuple(["660"] * (MOST_DAYS + 1))]
)
def test_days_that_do_not_fit_the_figure_are_refused(days: tuple[str, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        Baseline((eur("660"),), "till", days=tuple(map(eur, days)))
    assert refused.value.field == "days"


def test_an_ordinary_day_is_stored_and_read_and_an_earlier_one_has_the_same_form() -> None:
    held = Baseline((eur("660"),), "till", days=DAYS, about=True)
    assert codec.stored_baseline(codec.baseline_wire(held)) == held
    earlier = codec.baseline_wire(recorded_baseline("660"))
    assert earlier == {"takings": [encode(eur("660"))], "source": "till of 6 March", "visibility": "public"}
