"""Working days: weekends and public holidays of the country, or of its part, do not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses import codec, workdays
from businesses.commitments import dated
from businesses.words import PLAIN, sentence
from core.errors import Invalid
from core.wire import Json
from tests.factories import make_campaign, share

DECEMBER = date(2026, 12, 30)


@pytest.mark.parametrize(
    ("day", "count", "region", "expected"),
    [
        (date(2027, 4, 9), 1, "DE", date(2027, 4, 12)),  # Friday, then Monday
        (date(2028, 2, 28), 1, "DE", date(2028, 2, 29)),  # a leap day is a Tuesday like any other
        (date(2027, 2, 26), 1, "DE", date(2027, 3, 1)),
        (DECEMBER, 2, "DE", date(2027, 1, 4)),  # New Year and a weekend between
        (DECEMBER, 4, "DE", date(2027, 1, 6)),
        (DECEMBER, 4, "DE-BW", date(2027, 1, 7)),  # Epiphany is a holiday there
        (date(2027, 7, 2), 1, "US", date(2027, 7, 6)),  # Independence Day on a Sunday is kept on the Monday
        (date(2027, 4, 8), 1, "IL", date(2027, 4, 11)),  # the weekend is Friday and Saturday
        (DECEMBER, 2, "NL-NH", date(2027, 1, 4)),  # no list of its own: its country's
    ],
)
def test_weekends_and_holidays_do_not_count(day: date, count: int, region: str, expected: date):
    assert workdays.after(day, count, region) == expected


@pytest.mark.parametrize("region", ["", "XX", "XX-1", "DE-XX"])
def test_a_place_without_a_list_of_holidays_is_refused_with_the_way_out(region: str):
    with pytest.raises(Invalid, match=r"no list of public holidays|there is no DE-XX"):
        workdays.after(DECEMBER, 1, region)


@given(day=st.dates(date(2026, 1, 1), date(2035, 12, 31)), count=st.integers(1, 60))
def test_one_more_working_day_is_a_later_date(day: date, count: int):
    held = workdays.after(day, count, "DE")
    assert held > day
    assert held.weekday() < 5
    assert workdays.after(held, 1, "DE") == workdays.after(day, count + 1, "DE")


def read(**sent: object) -> Json:
    body = {"kind": "share", "share": "22", "basis": "gross", **sent}
    (held,) = codec.commitments([body], "EUR", DECEMBER, lambda: "one", "DE-BW")
    return codec.wire(held)


def test_a_promise_within_working_days_says_whose_and_moves_with_the_day():
    told = read(due_working_days="4")
    assert (told["due_working_days"], told["working_days_of"], told["due_on"]) == (4, "DE-BW", "2027-01-07")
    held = codec.stored(told)
    assert sentence(held, PLAIN).endswith("within 4 working days after the day (DE-BW: by 2027-01-07).")
    moved = dated(held, DECEMBER + timedelta(weeks=1))
    assert moved == replace(held, due_on=date(2027, 1, 12))


@pytest.mark.parametrize(
    "sent",
    [
        {"due_working_days": "0"},
        {"due_working_days": "1001"},
        {"due_working_days": "2.5"},
        {"due_working_days": "4", "due_weeks": "1"},
        {"due_working_days": "4", "due_on": "2027-01-06"},
    ],
)
def test_working_days_that_cannot_be_meant_are_refused(sent: Json):
    with pytest.raises(Invalid) as refused:
        read(**sent)
    assert refused.value.field == "commitments.0.due_working_days"


def test_a_promise_without_working_days_is_written_as_before():
    assert not {"due_working_days", "working_days_of"} & set(codec.wire(share("22")))


def test_a_campaign_counts_by_its_region_else_by_its_zone_and_refuses_what_is_no_code():
    campaign = make_campaign()
    assert campaign.calendar == "DE"
    assert replace(campaign, region="DE-BW").calendar == "DE-BW"
    assert replace(campaign, timezone="UTC").calendar == ""
    with pytest.raises(Invalid, match="a code like DE"):
        replace(campaign, region="Baden")
