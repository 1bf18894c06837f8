"""The same question again, months after a promise was kept: still kept, lapsed, or unknown once its term is over."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from businesses.followthrough.proposing import propose
from businesses.followthrough.values import Check, Obligation, Outcome, Recheck, Verdict
from core.errors import Conflict, require
from core.wire import plain
from core.zones import zone

RECHECK_TERM = timedelta(days=30)
"""How long a re-check is open; past it the answer is *unknown*, publicly."""
_KEPT = {Verdict.KEPT, Verdict.KEPT_LATE, Verdict.PARTLY_KEPT}


@dataclass(frozen=True)
class Asked:
    """One re-check: open from ``opens_at`` until ``until``; ``given`` is the answer, if there is one."""

    months: int
    opens_at: datetime
    until: datetime
    given: Recheck | None

    def is_open(self, now: datetime) -> bool:
        return self.given is None and self.opens_at <= now < self.until

    def stands(self, now: datetime) -> str:
        """planned, open, still_kept, lapsed or unknown."""
        if self.given:
            return self.given.outcome.value
        if now >= self.until:
            return Outcome.UNKNOWN.value
        return "open" if now >= self.opens_at else "planned"


def asked_again(o: Obligation) -> tuple[Asked, ...]:
    """Every re-check of a promise whose verdict says that it was kept, late or in part; else none.

    Months count from the local day of the verdict; the 31st becomes a shorter month's last day.
    """
    if o.ended_closed or o.verdict is None or o.verdict.verdict not in _KEPT:
        return ()
    day = o.verdict.at.astimezone(zone(o.timezone)).date()
    given = {g.months: g for g in o.rechecks if g.at >= o.verdict.at}
    return tuple(_asked(o, months, _later(day, months), given.get(months)) for months in o.recheck_months)


def _asked(o: Obligation, months: int, day: date, given: Recheck | None) -> Asked:
    before = o.midnight_after(day - timedelta(days=1))
    return Asked(months, before, o.midnight_after(day + RECHECK_TERM), given)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def open_recheck(o: Obligation, now: datetime) -> Asked | None:
    """The re-check that is open now, if one is."""
    return next((asked for asked in asked_again(o) if asked.is_open(now)), None)


def latest_unanswered(o: Obligation, now: datetime) -> Asked | None:
    """The last re-check that has opened, if nobody answered it: open still, or its term is over."""
    opened = [asked for asked in asked_again(o) if asked.opens_at <= now]
    return opened[-1] if opened and opened[-1].given is None else None


def has_lapsed(o: Obligation) -> bool:
    """Whether the last answer was that it lapsed. A later look may find it kept again."""
    answers = [a.given for a in asked_again(o) if a.given and a.given.outcome != Outcome.UNKNOWN]
    return bool(answers) and answers[-1].outcome == Outcome.LAPSED


def answer(o: Obligation, outcome: Outcome, by: str, reason: str, now: datetime) -> Recheck:
    """The named checker's answer. Raises Conflict while no re-check is open, Invalid where what was seen differs."""
    asked = open_recheck(o, now)
    if asked is None:
        raise Conflict("No re-check is open now")
    require(reason.strip(), "reason", "say why")
    looks = tuple(look for look in o.looks if asked.opens_at <= look.at)
    seen = propose(replace(o, evidence=(), checks=looks))
    value, of = (seen.value or Decimal(0), seen.of or Decimal(0)) if seen else (None, None)
    enough = value is None or of is None or value >= of or _is_partly(o) or outcome != Outcome.STILL_KEPT
    figures = {"value": plain(value or Decimal(0)), "of": plain(of or Decimal(0))}
    require(enough, "outcome", "{value} of {of} were found: that is not kept", **figures)
    return Recheck(asked.months, outcome, now, by, _seen_by(by, looks), reason, value)


def _is_partly(o: Obligation) -> bool:
    """Of what was kept in part, the person says whether that part still is."""
    return o.verdict is not None and o.verdict.verdict == Verdict.PARTLY_KEPT


def _seen_by(by: str, looks: tuple[Check, ...]) -> str:
    return "independent" if by in {"monitor", "affected"} or any(look.independent for look in looks) else "parties"
