"""Where promises stood at every instant, by what was filed and by the clock alone: the plot over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from businesses.followthrough import LATE_TERM, Outcome, Recheck, Verdict
from businesses.timeline import Band, Turns, history, stacked
from tests.factories import evidence, make_obligation, verdict

DUE_AT = datetime(2027, 9, 30, 22, 0, tzinfo=UTC)
LONG_AFTER = datetime(2029, 1, 1, tzinfo=UTC)
SILENT = make_obligation()


def test_silence_goes_from_open_to_late_and_stays_there():
    assert history(SILENT, Turns(), LONG_AFTER) == [(SILENT.arose_at, Band.OPEN), (DUE_AT, Band.LATE)]
    assert history(SILENT, Turns(), DUE_AT - timedelta(days=1)) == [(SILENT.arose_at, Band.OPEN)]


def test_kept_after_all_and_lapsed_later():
    given_at, lapsed_at = DUE_AT + timedelta(days=9), DUE_AT + timedelta(days=200)
    held = replace(
        SILENT, evidence=(evidence("27", DUE_AT + timedelta(days=5)),),
        verdicts=(verdict(Verdict.KEPT_LATE, given_at),), recheck_months=(6,),
        rechecks=(Recheck(6, Outcome.LAPSED, lapsed_at, "monitor", "independent", "gone"),),
    )  # fmt: skip
    bands = [(at, stands) for at, stands in history(held, Turns(), LONG_AFTER)]
    assert bands == [
        (SILENT.arose_at, Band.OPEN), (DUE_AT, Band.LATE), (DUE_AT + timedelta(days=5), Band.OPEN),
        (given_at, Band.KEPT), (lapsed_at, Band.BROKEN),
    ]  # fmt: skip


def test_a_date_that_moved_was_late_before_and_a_shop_that_closed_ends():
    granted, closed = DUE_AT + timedelta(days=10), DUE_AT + timedelta(days=20)
    moved = Turns(((granted, date(2027, 12, 31)),), ((closed, True),))
    assert [stands for _, stands in history(replace(SILENT, due_on=date(2027, 12, 31)), moved, LONG_AFTER)] == [
        Band.OPEN, Band.LATE, Band.OPEN, Band.ENDED,
    ]  # fmt: skip


def test_counts_of_all_promises_are_stacked_at_every_change():
    kept = replace(SILENT, id="kept", verdicts=(verdict(Verdict.KEPT, DUE_AT),), evidence=(evidence("27", DUE_AT),))
    found = stacked([SILENT, kept], {}, DUE_AT + LATE_TERM)
    assert [(m.at, {b.value: n for b, n in m.counts.items() if n}) for m in found] == [
        (SILENT.arose_at, {"open": 2}), (DUE_AT, {"late": 1, "kept": 1}),
    ]  # fmt: skip
    assert all(sum(m.counts.values()) == 2 for m in found)
