"""Months after a promise was kept the question is asked again: still kept, lapsed, or unknown after its term."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from businesses import followthrough as rules
from businesses.commitments import Checker
from businesses.followthrough import RECHECK_TERM, VERDICT_TERM, Obligation, Outcome, Standing, Verdict
from businesses.word import word
from campaigns.keeping import RECHECKS
from core.errors import Conflict, Invalid
from tests.factories import action, evidence, make_campaign, make_obligation, reply, spot_check, verdict

GIVEN_AT = datetime(2027, 8, 31, 10, 0, tzinfo=UTC)
SIX = datetime(2028, 2, 28, 23, 0, tzinfo=UTC)
"""Six months later in Berlin there is no 31st: the leap day begins, an hour before it does in UTC."""


def kept(said: Verdict = Verdict.KEPT, **changes: object) -> Obligation:
    shown = (evidence("27", GIVEN_AT - timedelta(days=3)),)
    held = make_obligation(action(checker=Checker.MONITOR), evidence=shown, verdicts=(verdict(said, GIVEN_AT),))
    return replace(held, recheck_months=RECHECKS, **changes)  # type: ignore[arg-type]  # a test changes any field


def answered(o: Obligation, outcome: Outcome, at: datetime) -> Obligation:
    return replace(o, rechecks=(*o.rechecks, rules.answer(o, outcome, "monitor", "we went there", at)))


def test_it_opens_on_the_local_day_so_many_months_after_the_verdict_and_closes_after_its_term():
    (six, twelve, forty_eight) = rules.asked_again(kept())
    assert six.opens_at == SIX
    assert six.until == datetime(2028, 3, 30, 22, 0, tzinfo=UTC)  # summer time has come meanwhile
    assert twelve.opens_at == datetime(2028, 8, 30, 22, 0, tzinfo=UTC)
    assert forty_eight.opens_at == datetime(2031, 8, 30, 22, 0, tzinfo=UTC)
    instants = (SIX - timedelta(seconds=1), SIX, six.until)
    assert [six.stands(at) for at in instants] == ["planned", "open", "unknown"]


@pytest.mark.parametrize("said", [Verdict.BROKEN, Verdict.UNKNOWN, Verdict.SUBSTITUTED, Verdict.DISPUTED])
def test_what_was_not_kept_is_not_asked_about_again(said: Verdict):
    assert rules.asked_again(kept(said)) == ()


def test_a_lapse_takes_the_place_of_the_verdict_in_the_record_and_a_later_look_may_find_it_kept_again():
    lapsed = answered(kept(), Outcome.LAPSED, SIX)
    assert rules.has_lapsed(lapsed)
    counted = word([lapsed], SIX)
    assert (counted.kept, counted.lapsed, counted.fallen_due) == (0, 1, 1)
    again = answered(lapsed, Outcome.STILL_KEPT, rules.asked_again(lapsed)[1].opens_at)
    assert not rules.has_lapsed(again)


def test_silence_is_unknown_and_leaves_the_verdict():
    silent = kept()
    assert rules.asked_again(silent)[0].stands(SIX + RECHECK_TERM + timedelta(days=2)) == "unknown"
    assert rules.standing(silent, SIX + timedelta(days=90)) == Standing.SETTLED
    assert not rules.has_lapsed(silent)


def test_what_was_counted_binds_who_says_still_kept():
    looked = kept(looks=(spot_check("20", SIX),))
    with pytest.raises(Invalid, match="8 of 15 were found"):
        rules.answer(looked, Outcome.STILL_KEPT, "monitor", "it looks fine", SIX + timedelta(days=1))
    assert rules.answer(looked, Outcome.LAPSED, "organizer", "8 of 15", SIX).seen_by == "independent"
    assert rules.answer(kept(), Outcome.STILL_KEPT, "organizer", "we asked", SIX).seen_by == "parties"


def test_only_an_open_question_is_answered_once_and_with_a_reason():
    for at in (SIX - timedelta(days=1), SIX + timedelta(days=40)):
        with pytest.raises(Conflict):
            rules.answer(kept(), Outcome.LAPSED, "monitor", "gone", at)
    with pytest.raises(Conflict):
        answered(answered(kept(), Outcome.STILL_KEPT, SIX), Outcome.LAPSED, SIX)
    with pytest.raises(Invalid):
        rules.answer(kept(), Outcome.LAPSED, "monitor", " ", SIX)


def test_it_is_over_only_after_the_last_re_check_and_every_instant_is_foreseen():
    o, now, seen = kept(), GIVEN_AT, []
    while (at := rules.next_change(o, now)) is not None:
        assert not rules.is_over(o, now)
        now = at
        seen.append(at)
    assert rules.is_over(o, now)
    expected = {GIVEN_AT + VERDICT_TERM}.union(*({a.opens_at, a.until} for a in rules.asked_again(o)))
    assert set(seen) == expected


def test_the_last_answer_leaves_room_for_a_reply():
    last = replace(kept(), recheck_months=(6,))
    told = answered(last, Outcome.LAPSED, SIX)
    assert rules.next_change(told, SIX) == SIX + VERDICT_TERM
    assert [rules.is_over(told, SIX + term) for term in (timedelta(0), VERDICT_TERM)] == [False, True]


def test_a_dispute_left_open_ends_without_re_checks():
    disputed = kept(replies=(reply(GIVEN_AT + timedelta(days=1), dispute=True),))
    at = rules.next_change(disputed, GIVEN_AT + timedelta(days=1))
    assert at is not None
    assert rules.is_over(disputed, at) is False or rules.standing(disputed, at) == Standing.UNKNOWN


def test_the_months_are_frozen_terms_of_the_campaign_and_must_rise():
    assert make_campaign().rechecks == (6, 12, 48)
    assert make_campaign(rechecks=()).rechecks == ()
    for months in ((12, 6), (6, 6), (0,), (121,), tuple(range(1, 10))):
        with pytest.raises(Invalid) as refused:
            make_campaign(rechecks=months)
        assert refused.value.field == "rechecks"
