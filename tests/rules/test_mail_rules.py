"""When mail is tried again, and when a digest falls due at its reader's own hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from notifications import rules
from notifications.rules import Frequency, Rhythm, day_reminders

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")
FIRST = datetime(2011, 1, 1, tzinfo=UTC)
instants = st.integers(0, 29 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_pauses_double_up_to_six_hours():
    minutes = [rules.pause_before(attempt) / timedelta(minutes=1) for attempt in (1, 2, 3, 9, 10, 500)]
    assert minutes == [1, 2, 4, 256, 360, 360]


def test_a_mail_has_one_message_id_on_every_try_and_no_colon_in_it():
    first = rules.message_id("confirm_pledge:77", "Carrotmob <mail@carrotmob.example>")
    assert first == rules.message_id("confirm_pledge:77", "Carrotmob <mail@carrotmob.example>")
    assert first != rules.message_id("confirm_pledge:78", "Carrotmob <mail@carrotmob.example>")
    assert first.endswith("@carrotmob.example>")
    assert ":" not in first


def test_an_unknown_frequency_names_the_right_ones():
    with pytest.raises(Invalid) as refused:
        rules.frequency("hourly")
    assert refused.value.field == "frequency"
    assert "weekly" in str(refused.value)


def test_a_weekly_digest_comes_on_monday_at_the_readers_own_hour():
    rhythm = Rhythm(Frequency.WEEKLY, "Europe/Berlin", 8)
    assert rhythm.next_slot(at("2027-03-03T12:00+00:00")) == at("2027-03-08T08:00+01:00")
    assert rhythm.next_slot(at("2027-03-08T08:00+01:00")) == at("2027-03-15T08:00+01:00")


def test_a_daily_digest_comes_today_if_the_hour_lies_ahead_else_tomorrow():
    rhythm = Rhythm(Frequency.DAILY, "America/New_York", 20)
    assert rhythm.next_slot(at("2027-01-05T19:59-05:00")) == at("2027-01-05T20:00-05:00")
    assert rhythm.next_slot(at("2027-01-05T20:00-05:00")) == at("2027-01-06T20:00-05:00")


def test_the_local_hour_stays_when_the_clocks_change():
    rhythm = Rhythm(Frequency.DAILY, "Europe/Berlin", 8)
    assert rhythm.next_slot(at("2027-03-27T12:00+01:00")) == at("2027-03-28T08:00+02:00")
    assert rhythm.next_slot(at("2027-10-30T12:00+02:00")) == at("2027-10-31T08:00+01:00")


def test_an_hour_that_is_skipped_comes_as_soon_as_the_clocks_are_put_forward():
    rhythm = Rhythm(Frequency.DAILY, "Europe/Berlin", 2)
    assert rhythm.next_slot(at("2027-03-27T12:00+01:00")) == at("2027-03-28T03:00+02:00")


def test_an_hour_that_comes_twice_is_taken_once():
    rhythm = Rhythm(Frequency.DAILY, "Europe/Berlin", 2)
    first = rhythm.next_slot(at("2027-10-30T12:00+02:00"))
    assert first == at("2027-10-31T02:00+02:00")
    assert rhythm.next_slot(first) == at("2027-11-01T02:00+01:00")


@given(instants, st.sampled_from(ZONES), st.integers(0, 23))
def test_every_slot_lies_ahead_within_its_rhythm_at_a_full_local_hour(now: datetime, zone: str, hour: int):
    for frequency, most in ((Frequency.DAILY, timedelta(hours=50)), (Frequency.WEEKLY, timedelta(days=8, hours=2))):
        slot = Rhythm(frequency, zone, hour).next_slot(now)
        assert now < slot <= now + most
        assert slot.astimezone(ZoneInfo(zone)).minute in {0, 30}  # Lord Howe moves its clocks by half an hour


@pytest.mark.parametrize(
    ("verb", "told"),
    [("stock", "stocks"), ("fix", "fixes"), ("carry on", "carries on"), ("buy", "buys"), ("switch to", "switches to")],
)
def test_an_english_verb_is_told_of_others(verb: str, told: str):
    assert rules.third_person(verb) == told


def test_a_day_is_reminded_of_on_its_eve_and_its_morning_by_the_reader_s_own_clock():
    opens = datetime(2027, 6, 12, 7, tzinfo=UTC)  # nine in Berlin, midnight in Los Angeles
    assert day_reminders(opens, "Europe/Berlin", 8) == [
        ("eve", datetime(2027, 6, 11, 6, tzinfo=UTC)), ("morning", datetime(2027, 6, 12, 6, tzinfo=UTC)),
    ]  # fmt: skip
    assert day_reminders(opens, "America/Los_Angeles", 8) == [("eve", datetime(2027, 6, 11, 15, tzinfo=UTC))]
    evening = opens.replace(hour=16)
    assert dict(day_reminders(evening, "Europe/Berlin", 20))["morning"] == datetime(2027, 6, 12, 7, tzinfo=UTC)
