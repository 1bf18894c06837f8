"""The clock of a promise: reminders before its date, stages by themselves, and what happens next, when and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from businesses.followthrough.lateness import VERDICT_TERM, awaited_until, extension_until, standing, very_late_at
from businesses.followthrough.milestones import Way, milestones
from businesses.followthrough.proposing import fulfilled_on
from businesses.followthrough.rechecking import asked_again
from businesses.followthrough.values import Obligation, Stage, Standing
from core.zones import zone

REMINDERS = (30, 7, 1)
"""How many days before its date a business is reminded of a promise, where the platform sets nothing else."""
DUE_SOON = timedelta(days=30)
_MORNING = time(9)


def stage(o: Obligation, now: datetime) -> Stage:
    """Where its clock stands, finer than ``standing``: due soon, and from thirty days past its date on very late."""
    stands = standing(o, now)
    if stands == Standing.LATE:
        return Stage.VERY_LATE if now >= very_late_at(o) else Stage.LATE
    open_ = stands in {Standing.NOT_DUE, Standing.IN_PROGRESS}
    soon = open_ and fulfilled_on(o) is None and o.due_at - DUE_SOON <= now < o.due_at
    return Stage.DUE_SOON if soon else Stage(stands.value)


def reminders(due_on: date, timezone: str, days: Sequence[int], now: datetime) -> list[tuple[int, datetime]]:
    """When a business is reminded, with how many days are left then: at nine in the morning there.

    Of those whose morning has passed already one goes out at once, so that a date close by is heard of, too.
    """
    mornings = [(n, datetime.combine(due_on - timedelta(days=n), _MORNING, zone(timezone))) for n in sorted(days)]
    ahead = [(n, at) for n, at in mornings if at > now]
    passed = [n for n, at in mornings if at <= now]
    return [*((n, now) for n in passed[:1]), *ahead]


@dataclass(frozen=True)
class Step:
    """Something to be done by ``at``: what (a code), and by whom: business, organizer, or the named checker."""

    code: str
    at: datetime
    by: str


def agenda(o: Obligation, now: datetime) -> tuple[Step, ...]:
    """What happens next by the clock alone, earliest first; every step names who can act before it."""
    steps = [*_on_the_way(o, now), *_main(o, now), *_reply(o, now), *_extension(o, now), *_again(o, now)]
    return tuple(sorted(steps, key=lambda step: step.at))


def _on_the_way(o: Obligation, now: datetime) -> list[Step]:
    """The next milestone that is not reached, while no verdict stands."""
    if standing(o, now) not in {Standing.NOT_DUE, Standing.IN_PROGRESS}:
        return []
    ahead = [held.milestone.due_on for held in milestones(o, now) if held.way == Way.AHEAD]
    return [Step("milestone", o.midnight_after(ahead[0]), "business")] if ahead else []


def _main(o: Obligation, now: datetime) -> list[Step]:
    until, checker = awaited_until(o), o.commitment.checker.value
    if until is None or now >= until:
        return []
    if standing(o, now) == Standing.DISPUTED:
        return [Step("dispute", until, checker)]
    if fulfilled_on(o) is not None:
        return [Step("verdict", until, checker)]
    if now < o.due_at:
        return [Step("proof", o.due_at, "business")]
    return [Step("silence", until, "business")]


def _reply(o: Obligation, now: datetime) -> list[Step]:
    settled = standing(o, now) in {Standing.SETTLED, Standing.UNKNOWN} and o.verdict is not None
    until = o.verdict.at + VERDICT_TERM if o.verdict else now
    return [Step("reply", until, "business")] if settled and now < until else []


def _extension(o: Obligation, now: datetime) -> list[Step]:
    until = extension_until(o)
    return [Step("extension", until, "organizer")] if until and now < until else []


def _again(o: Obligation, now: datetime) -> list[Step]:
    """The re-check that is open, else the next one."""
    if standing(o, now) != Standing.SETTLED:
        return []
    ahead = [asked for asked in asked_again(o) if asked.given is None and now < asked.until]
    checker = o.commitment.checker.value
    if not ahead:
        return []
    first = ahead[0]
    opened = first.is_open(now)
    return [Step("recheck_open" if opened else "recheck", first.until if opened else first.opens_at, checker)]
