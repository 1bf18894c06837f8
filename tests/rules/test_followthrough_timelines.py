"""Whatever happens in whatever order: kept is never inferred, and every promise comes to an end by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from businesses import followthrough as rules
from businesses.commitments import Checker
from businesses.followthrough import Obligation, Standing, Verdict
from core.errors import Invalid
from tests.factories import LAST, action, eur, evidence, make_obligation, reply, share, spot_check, verdict

LONG_AFTER = datetime(2040, 1, 1, tzinfo=UTC)
KEPT = {Verdict.KEPT, Verdict.KEPT_LATE}
times = st.integers(0, 500).map(lambda days: LAST + timedelta(days=days, hours=days % 24))
numbers = st.one_of(st.none(), st.integers(0, 40).map(str))
promises = st.sampled_from(
    [
        make_obligation(),
        make_obligation(action("60", "100")),
        make_obligation(action("3", "0", checker=Checker.SUPPORTERS)),
        make_obligation(share("35"), owed=eur("20")),
        make_obligation(share("35"), owed=eur("0")),
        make_obligation(share("35"), owed=None),
    ]
)


@st.composite
def timelines(draw: st.DrawFn) -> Obligation:
    """A promise and everything that was ever filed on it, in order of time."""
    filed = [evidence(draw(numbers), at) for at in sorted(draw(st.lists(times, max_size=3)))]
    looks = [
        spot_check(str(draw(st.integers(0, 40))), at, draw(st.sampled_from(["monitor", "supporter"])))
        for at in sorted(draw(st.lists(times, max_size=3)))
    ]
    given_ = [verdict(draw(st.sampled_from(Verdict)), at) for at in sorted(draw(st.lists(times, max_size=2)))]
    replies = [reply(at, dispute=draw(st.booleans())) for at in sorted(draw(st.lists(times, max_size=2)))]
    replies = replies if given_ else [replace(r, dispute=False) for r in replies]
    return replace(
        draw(promises),
        evidence=tuple(filed),
        checks=tuple(looks),
        verdicts=tuple(given_),
        replies=tuple(replies),
        ended_closed=draw(st.integers(0, 9)) == 0,
    )


@given(timelines(), st.sampled_from(Verdict), times)
def test_kept_is_never_said_without_evidence(promise: Obligation, said: Verdict, now: datetime):
    try:
        given_ = rules.confirm(promise, said, "monitor", "we looked", now)
    except Invalid:
        return
    if given_.verdict in KEPT:
        assert promise.evidence or promise.checks
        assert given_.value is None or given_.value == given_.of


@given(timelines(), times)
def test_nothing_is_settled_unless_a_person_said_so(promise: Obligation, now: datetime):
    silent = replace(promise, verdicts=(), replies=())
    assert rules.standing(silent, now) not in {Standing.SETTLED, Standing.DISPUTED}


@given(timelines())
def test_a_proposal_of_kept_rests_on_a_number_that_reaches_the_goal(promise: Obligation):
    proposal = rules.propose(promise)
    if proposal and proposal.verdict in KEPT:
        assert proposal.value == proposal.of
        assert any(f.number is not None for f in promise.evidence) or promise.checks
    if proposal and proposal.verdict == Verdict.KEPT:
        fulfilled = rules.fulfilled_on(promise)
        assert fulfilled is not None
        assert fulfilled <= promise.first_due_on


@given(timelines(), times)
def test_its_standing_changes_only_at_the_instants_that_are_foreseen(promise: Obligation, now: datetime):
    """So that a worker who looks at those instants alone misses nothing."""
    known = replace(
        promise,
        evidence=tuple(e for e in promise.evidence if e.at <= now),
        checks=tuple(c for c in promise.checks if c.at <= now),
        verdicts=tuple(v for v in promise.verdicts if v.at <= now),
        replies=tuple(r for r in promise.replies if r.at <= now),
    )
    if not known.verdicts:
        known = replace(known, replies=tuple(replace(r, dispute=False) for r in known.replies))
    foreseen = rules.next_change(known, now)
    until = foreseen - timedelta(microseconds=1) if foreseen else LONG_AFTER
    assert rules.standing(known, until) == rules.standing(known, now)
    assert rules.is_over(known, until) == rules.is_over(known, now)


@given(timelines())
def test_every_promise_is_over_some_day_by_the_clock_alone(promise: Obligation):
    assert rules.is_over(promise, LONG_AFTER)


@given(timelines())
def test_following_the_foreseen_instants_ends(promise: Obligation):
    now, steps = LAST, 0
    while (after := rules.next_change(promise, now)) is not None:
        assert after > now
        now, steps = after, steps + 1
        assert steps < 20
