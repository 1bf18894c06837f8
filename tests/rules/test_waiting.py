"""What of a promise waits for one person: by their part in it, and only while it can be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from businesses.commitments import Checker
from businesses.followthrough import Obligation, Verdict, waits_for
from tests.factories import checked_by, evidence, verdict

PROMISE: Obligation = checked_by(Checker.MONITOR)
BEFORE, AFTER = PROMISE.due_at - timedelta(days=9), PROMISE.due_at + timedelta(hours=1)
MONITOR, ORGANIZER = frozenset({"monitor"}), frozenset({"owner"})
SHOWN = replace(PROMISE, evidence=(evidence("27", BEFORE - timedelta(days=1)),))


def codes(o: Obligation, roles: frozenset[str], now: object) -> list[str]:
    return [each.code for each in waits_for(o, roles, now)]  # type: ignore[arg-type]  # instants of this file


@pytest.mark.parametrize(
    ("held", "now", "expected"),
    [(PROMISE, BEFORE, []), (SHOWN, BEFORE, ["verdict"]), (PROMISE, AFTER, ["verdict"])],
)
def test_a_verdict_waits_once_it_is_shown_or_its_date_has_passed(held: Obligation, now: object, expected: list[str]):
    assert codes(held, MONITOR, now) == expected


def test_it_waits_for_whom_the_agreement_names_only():
    for roles in (ORGANIZER, frozenset({"crew"}), frozenset({"affected"}), frozenset()):
        assert codes(SHOWN, roles, BEFORE) == []


def test_once_given_it_waits_no_more_and_months_later_the_re_check_does():
    judged = replace(SHOWN, verdicts=(verdict(Verdict.KEPT, BEFORE, by="monitor"),))
    assert codes(judged, MONITOR, BEFORE + timedelta(days=1)) == []
    months_later = BEFORE + timedelta(days=190)
    assert codes(replace(judged, recheck_months=(6,)), MONITOR, months_later) == ["recheck"]


def test_a_question_for_more_time_waits_for_the_organizers_until_it_lapses():
    asked = replace(PROMISE, extension_asked={"due_on": "2027-12-31", "reason": "hail", "at": BEFORE.isoformat()})
    assert codes(asked, ORGANIZER, BEFORE) == ["extension"]
    assert codes(asked, MONITOR, BEFORE) == []
    assert codes(asked, ORGANIZER, BEFORE + timedelta(days=15)) == []
