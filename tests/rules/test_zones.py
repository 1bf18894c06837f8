"""Local times that exist, do not exist, or exist twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import zones
from core.errors import Invalid


def test_a_local_time_becomes_an_instant():
    assert zones.local_instant("2027-06-12T09:00", "Europe/Berlin", "opens_at") == datetime(2027, 6, 12, 7, tzinfo=UTC)
    assert zones.local_instant("2027-12-12T09:00", "Europe/Berlin", "opens_at") == datetime(2027, 12, 12, 8, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused_and_the_reason_named():
    with pytest.raises(Invalid) as wrong:
        zones.local_instant("2027-03-28T02:30", "Europe/Berlin", "windows.0.opens_at")
    assert wrong.value.field == "windows.0.opens_at"
    assert "02:30 does not exist on that day in Europe/Berlin" in str(wrong.value)


def test_the_hour_before_and_after_the_gap_exist():
    before = zones.local_instant("2027-03-28T01:59", "Europe/Berlin", "at")
    after = zones.local_instant("2027-03-28T03:00", "Europe/Berlin", "at")
    assert (after - before).total_seconds() == 60


def test_of_a_time_that_comes_twice_the_first_is_meant():
    assert zones.local_instant("2027-10-31T02:30", "Europe/Berlin", "at") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_gap_of_half_an_hour_is_seen_too():
    with pytest.raises(Invalid):
        zones.local_instant("2027-10-03T02:15", "Australia/Lord_Howe", "at")


@pytest.mark.parametrize("typed", ["", "tomorrow", "2027-13-01T09:00", "2027-02-30T09:00", "2027-06-12T25:00"])
def test_what_is_no_date_and_time_is_refused(typed: str):
    with pytest.raises(Invalid, match="write date and time"):
        zones.local_instant(typed, "Europe/Berlin", "at")


def test_a_local_time_has_no_offset():
    with pytest.raises(Invalid, match="without an offset"):
        zones.local_instant("2027-06-12T09:00+02:00", "Europe/Berlin", "at")


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "1999-12-31T23:59", "2200-01-01T00:00", "9999-12-31T23:59"])
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_a_year_that_cannot_be_meant_is_refused(typed: str, zone: str):
    with pytest.raises(Invalid, match="between 2000 and 2199") as wrong:
        zones.local_instant(typed, zone, "at")
    assert wrong.value.field == "at"


def test_an_instant_needs_its_offset_and_is_kept_in_utc():
    tokyo = timezone(timedelta(hours=9))
    assert zones.instant(datetime(2027, 1, 1, 8, tzinfo=tokyo), "at") == datetime(2026, 12, 31, 23, tzinfo=UTC)
    with pytest.raises(Invalid, match="write the offset too"):
        zones.instant(datetime(2027, 1, 1, 8, tzinfo=tokyo).replace(tzinfo=None), "at")
    with pytest.raises(Invalid, match="between 2000 and 2199"):
        zones.instant(datetime.max.replace(tzinfo=tokyo), "at")


@pytest.mark.parametrize("name", ["", "Berlin", "europe/berlin", "CEST", "../etc/passwd", "Europe/Berlin\0"])
def test_an_unknown_zone_is_refused(name: str):
    with pytest.raises(Invalid) as wrong:
        zones.zone(name)
    assert wrong.value.field == "timezone"


@given(
    st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2037-12-31")),
    st.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Casablanca"]),
)
def test_a_time_is_taken_exactly_if_it_exists(local: datetime, name: str):
    typed = local.replace(microsecond=0).isoformat()
    exists = local.replace(tzinfo=ZoneInfo(name), microsecond=0).astimezone(UTC).astimezone(ZoneInfo(name))
    if exists.replace(tzinfo=None).isoformat() == typed:
        assert zones.local_instant(typed, name, "at") == exists
    else:
        with pytest.raises(Invalid):
            zones.local_instant(typed, name, "at")
