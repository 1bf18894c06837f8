"""The clock of a promise: reminders, stages and terms come by themselves, in the campaign's own days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from businesses import followthrough as rules
from businesses.commitments import Checker
from businesses.followthrough import EXTENSION_TERM, LATE_TERM, VERDICT_TERM, Obligation, Stage, Standing, Verdict
from core.errors import Invalid
from core.settings import Settings
from core.wire import encode
from tests.factories import action, evidence, make_obligation, reply, spot_check, verdict

DUE_AT = datetime(2027, 9, 30, 22, 0, tzinfo=UTC)
"""Midnight in Berlin after the due day."""
MAY = datetime(2027, 5, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (DUE_AT - timedelta(days=31), Stage.NOT_DUE),
        (DUE_AT - timedelta(days=30), Stage.DUE_SOON),
        (DUE_AT, Stage.LATE),
        (datetime(2027, 10, 30, 21, 59, tzinfo=UTC), Stage.LATE),
        (datetime(2027, 10, 30, 22, 0, tzinfo=UTC), Stage.VERY_LATE),
        (DUE_AT + LATE_TERM, Stage.UNKNOWN),
    ],
)
def test_a_silent_promise_is_due_soon_then_late_then_very_late_then_unknown(now: datetime, stage: Stage):
    assert rules.stage(make_obligation(), now) == stage


def test_what_was_shown_is_not_due_soon_any_more():
    shown = make_obligation(evidence=(evidence("27", MAY),))
    assert rules.stage(shown, DUE_AT - timedelta(days=1)) == Stage.IN_PROGRESS


@pytest.mark.parametrize(
    ("zone", "due_on", "mornings"),
    [
        # nine in the morning there, on both sides of the night in which the clocks change
        ("Europe/Berlin", date(2027, 4, 4), {30: (3, 5, 8), 7: (3, 28, 7), 1: (4, 3, 7)}),
        ("America/New_York", date(2027, 11, 8), {30: (10, 9, 13), 7: (11, 1, 13), 1: (11, 7, 14)}),
        ("Asia/Kathmandu", date(2028, 3, 1), {30: (1, 31, 3), 7: (2, 23, 3), 1: (2, 29, 3)}),
    ],
)
def test_reminders_come_at_nine_in_the_morning_across_changes_of_the_clock_and_leap_days(
    zone: str, due_on: date, mornings: dict[int, tuple[int, int, int]]
):
    found = rules.reminders(due_on, zone, (30, 7, 1), datetime(due_on.year - 1, 12, 1, tzinfo=UTC))
    told = {left: (at.astimezone(UTC).month, at.astimezone(UTC).day, at.astimezone(UTC).hour) for left, at in found}
    assert told == mornings


def test_of_reminders_whose_morning_has_passed_one_goes_out_at_once():
    due, now = date(2027, 9, 30), datetime(2027, 9, 20, 12, 0, tzinfo=UTC)
    assert [(left, at == now) for left, at in rules.reminders(due, "Europe/Berlin", (30, 14, 7, 1), now)] == [
        (14, True), (1, False), (7, False),
    ]  # fmt: skip


def test_the_days_of_reminders_are_read_from_the_settings():
    assert Settings(reminder_days="21, 3").reminders == (21, 3)
    with pytest.raises(ValueError, match="days from 1 to 365"):
        _ = Settings(reminder_days="0").reminders


def codes(o: Obligation, now: datetime) -> list[tuple[str, str]]:
    return [(step.code, step.by) for step in rules.agenda(o, now)]


def test_every_step_says_who_can_act_and_by_when():
    promise = make_obligation(action(checker=Checker.MONITOR))
    assert codes(promise, MAY) == [("proof", "business")]
    asked = replace(promise, extension_asked={"due_on": "2027-12-31", "reason": "late", "at": encode(MAY)})
    assert codes(asked, MAY) == [("extension", "organizer"), ("proof", "business")]
    assert codes(asked, MAY + EXTENSION_TERM) == [("proof", "business")]
    assert codes(promise, DUE_AT) == [("silence", "business")]
    shown = replace(promise, evidence=(evidence("27", MAY),))
    assert codes(shown, DUE_AT) == [("verdict", "monitor")]
    judged = replace(shown, verdicts=(verdict(Verdict.KEPT, DUE_AT),))
    assert codes(judged, DUE_AT) == [("reply", "business")]
    disputed = replace(judged, replies=(reply(DUE_AT, dispute=True),))
    assert codes(disputed, DUE_AT) == [("dispute", "monitor")]
    assert codes(disputed, DUE_AT + VERDICT_TERM) == []


def test_an_open_question_for_more_time_is_looked_at_when_its_term_ends():
    asked = make_obligation(extension_asked={"due_on": "2027-12-31", "reason": "late", "at": encode(MAY)})
    assert rules.next_change(asked, MAY) == MAY + EXTENSION_TERM


ZONES = ("Europe/Berlin", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo")
DAYS = (date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29), date(2027, 12, 31), date(2027, 11, 7))


@st.composite
def stories(draw: st.DrawFn) -> Obligation:
    """What parties do over two years, as a person would tell it: files, looks, verdicts tried, disputes, questions."""
    due_on = draw(st.sampled_from(DAYS))
    o = make_obligation(timezone=draw(st.sampled_from(ZONES)), due_on=due_on, first_due_on=due_on)
    at = MAY
    for deed in draw(st.lists(st.sampled_from(["file", "look", "judge", "dispute", "ask"]), max_size=7)):
        at += timedelta(days=draw(st.integers(1, 90)), hours=draw(st.integers(0, 23)))
        o = _done(o, deed, at, draw)
    return o


def _done(o: Obligation, deed: str, at: datetime, draw: st.DrawFn) -> Obligation:
    match deed:
        case "file":
            return replace(o, evidence=(*o.evidence, evidence(draw(st.sampled_from(["12", "20", "27", None])), at)))
        case "look":
            return replace(o, checks=(*o.checks, spot_check(draw(st.sampled_from(["12", "27"])), at, "supporter")))
        case "dispute" if o.verdict:
            return replace(o, replies=(*o.replies, reply(at, dispute=True)))
        case "ask":
            return replace(o, extension_asked={"due_on": "2029-01-01", "reason": "slow", "at": encode(at)})
        case "judge":
            return _judged(o, draw(st.sampled_from(Verdict)), at)
    return o


def _judged(o: Obligation, said: Verdict, at: datetime) -> Obligation:
    try:
        return replace(o, verdicts=(*o.verdicts, rules.confirm(o, said, "monitor", "we looked", at)))
    except Invalid:
        return o


@settings(max_examples=50)
@given(stories())
def test_no_timeline_ends_in_kept_without_evidence_and_silence_ends_in_unknown(o: Obligation):
    """Whatever anybody does or leaves undone; the worker looks at the foreseen instants and at no others."""
    now = MAY
    while (at := rules.next_change(o, now)) is not None:
        now = at
    assert rules.is_over(o, now)
    stands = rules.standing(o, now)
    if o.verdict is None:
        assert stands == Standing.UNKNOWN
    elif o.verdict.verdict in {Verdict.KEPT, Verdict.KEPT_LATE}:
        assert o.evidence or o.checks
    assert rules.agenda(o, now) == ()
