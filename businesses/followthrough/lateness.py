"""Where a promise stands at an instant: lateness is computed, never typed."""

from __future__ import annotations

from datetime import datetime, timedelta

from businesses.followthrough.proposing import fulfilled_on
from businesses.followthrough.rechecking import asked_again
from businesses.followthrough.values import Obligation, Standing, Verdict
from core.zones import zone

VERDICT_TERM = timedelta(days=30)


"""How long after the date (or the last filing) a verdict may take before the promise is *unknown*."""


LATE_TERM = timedelta(days=90)


"""How long silence is *late* before it is *unknown*."""


VERY_LATE = timedelta(days=30)
"""How long after the date a promise that is still late is *very late*."""


EXTENSION_TERM = timedelta(days=14)
"""How long a question for more time may go unanswered before it lapses: the date then stays."""


def standing(o: Obligation, now: datetime) -> Standing:
    """Where it stands at ``now``: computed every time, never typed (DOMAIN.md, 15)."""
    if o.ended_closed:
        return Standing.ENDED_CLOSED
    until = awaited_until(o)
    if until is None:
        return Standing.UNKNOWN if o.verdict and o.verdict.verdict == Verdict.UNKNOWN else Standing.SETTLED
    if now >= until:
        return Standing.UNKNOWN
    if o.verdict or _disputed_since(o):
        return Standing.DISPUTED
    if now < o.due_at:
        return Standing.IN_PROGRESS if o.evidence or o.checks else Standing.NOT_DUE
    return Standing.IN_PROGRESS if fulfilled_on(o) is not None else Standing.LATE


def awaited_until(o: Obligation) -> datetime | None:
    """Until when proof or a verdict is awaited; past it the promise is *unknown*. None where a verdict settled it."""
    if o.ended_closed:
        return None
    if _disputed_since(o):
        return _disputed_at(o) + VERDICT_TERM
    if o.verdict:
        return o.verdict.at + VERDICT_TERM if o.verdict.verdict == Verdict.DISPUTED else None
    return _verdict_due(o) if fulfilled_on(o) is not None else o.due_at + LATE_TERM


def _disputed_at(o: Obligation) -> datetime:
    return max(r.at for r in o.replies if r.dispute)


def _disputed_since(o: Obligation) -> bool:
    """Whether the business has disputed the last verdict."""
    return any(r.dispute for r in o.replies) and (o.verdict is None or _disputed_at(o) >= o.verdict.at)


def _verdict_due(o: Obligation) -> datetime:
    last = max([e.at for e in o.evidence] + [c.at for c in o.checks], default=o.due_at)
    return max(o.due_at, last) + VERDICT_TERM


def very_late_at(o: Obligation) -> datetime:
    return o.midnight_after(o.due_on + VERY_LATE)


def extension_until(o: Obligation) -> datetime | None:
    """Until when the question for more time is open; None where nothing is asked."""
    asked = (o.extension_asked or {}).get("at")
    return datetime.fromisoformat(asked) + EXTENSION_TERM if asked else None


def next_change(o: Obligation, now: datetime) -> datetime | None:
    """The next instant at which its standing changes by the clock alone."""
    if o.ended_closed:
        return None
    instants = [*_of_standing(o), *filter(None, [extension_until(o)])]
    return min((i for i in instants if i > now), default=None)


def _of_standing(o: Obligation) -> list[datetime]:
    if o.verdict and not _disputed_since(o):
        again = [a for a in asked_again(o) if a.given is None]
        return [*_reply_terms(o), *(a.opens_at for a in again), *(a.until for a in again)]
    if _disputed_since(o):
        return [_disputed_at(o) + VERDICT_TERM]
    return [o.due_at, very_late_at(o), o.due_at + LATE_TERM, _verdict_due(o)]


def _reply_terms(o: Obligation) -> list[datetime]:
    """Until when the business may answer to the verdict that stands, and to each answer of a re-check."""
    given = [*(held.at for held in o.verdicts[-1:]), *(held.at for held in o.rechecks)]
    return [at + VERDICT_TERM for at in given]


def is_over(o: Obligation, now: datetime) -> bool:
    """Whether nothing more is to come: its last re-check too, and the term for a reply to its verdict."""
    if o.ended_closed:
        return True
    ended = standing(o, now) in {Standing.SETTLED, Standing.UNKNOWN}
    settled = standing(o, now) == Standing.SETTLED
    asked = settled and any(a.given is None and now < a.until for a in asked_again(o))
    return ended and not asked and all(now >= until for until in _reply_terms(o))


def late_days(o: Obligation, now: datetime) -> int:
    """Whole days since the due day, in the campaign's zone; 0 before."""
    return max((now.astimezone(zone(o.timezone)).date() - o.due_on).days, 0)
