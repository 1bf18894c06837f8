"""How many promises stood where, from the first on until now: what a plot of them is drawn from. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from businesses import followthrough as rules
from businesses.followthrough import Obligation, Standing, Verdict


class Band(StrEnum):
    """A group of states, in the order in which they are stacked, from below."""

    KEPT = "kept"
    PARTLY = "partly"
    OPEN = "open"
    LATE = "late"
    BROKEN = "broken"
    ENDED = "ended"


@dataclass(frozen=True)
class Turns:
    """What only the record tells of a promise: when its date moved, and when it ended by closing or was adopted."""

    moved: tuple[tuple[datetime, date], ...] = ()
    ended: tuple[tuple[datetime, bool], ...] = ()


@dataclass(frozen=True)
class Moment:
    """From ``at`` on so many promises stood in each band."""

    at: datetime
    counts: Mapping[Band, int]


def known_at(o: Obligation, turns: Turns, at: datetime) -> Obligation:
    """The promise with what had been filed, decided and granted by an instant."""
    dates = [day for when, day in turns.moved if when <= at]
    ended = [is_over for when, is_over in turns.ended if when <= at]
    return replace(
        o,
        due_on=dates[-1] if dates else o.first_due_on,
        ended_closed=ended[-1] if ended else False,
        extension_asked=None,
        evidence=tuple(e for e in o.evidence if e.at <= at),
        checks=tuple(c for c in o.checks if c.at <= at),
        verdicts=tuple(v for v in o.verdicts if v.at <= at),
        replies=tuple(r for r in o.replies if r.at <= at),
        rechecks=tuple(r for r in o.rechecks if r.at <= at),
    )


def band(o: Obligation, at: datetime) -> Band:
    """In which group it stands. A lapse stands with what was broken, *unknown* with what is late."""
    match rules.standing(o, at):
        case Standing.ENDED_CLOSED:
            return Band.ENDED
        case Standing.LATE | Standing.UNKNOWN:
            return Band.LATE
        case Standing.SETTLED if o.verdict:
            return Band.BROKEN if rules.has_lapsed(o) else _JUDGED.get(o.verdict.verdict, Band.LATE)
    return Band.OPEN


_JUDGED = {
    Verdict.KEPT: Band.KEPT,
    Verdict.KEPT_LATE: Band.KEPT,
    Verdict.PARTLY_KEPT: Band.PARTLY,
    Verdict.SUBSTITUTED: Band.PARTLY,
    Verdict.BROKEN: Band.BROKEN,
    Verdict.DISPUTED: Band.OPEN,
}


def history(o: Obligation, turns: Turns, now: datetime) -> list[tuple[datetime, Band]]:
    """Every instant until now at which it came to stand elsewhere, by what people did or by the clock alone."""
    events = _events(o, turns, now)
    found: list[tuple[datetime, Band]] = []
    at: datetime | None = o.arose_at
    while at is not None and at <= now:
        known = known_at(o, turns, at)
        stands = band(known, at)
        if not found or found[-1][1] != stands:
            found.append((at, stands))
        ahead = [event for event in events if event > at]
        clock = rules.next_change(known, at)
        at = min([*ahead[:1], *([clock] if clock else [])], default=None)
    return found


def _events(o: Obligation, turns: Turns, now: datetime) -> list[datetime]:
    filed = [each.at for held in (o.evidence, o.checks, o.verdicts, o.replies, o.rechecks) for each in held]
    turned = [at for at, _ in (*turns.moved, *turns.ended)]
    return sorted({at for at in (*filed, *turned) if o.arose_at < at <= now})


def stacked(promises: Iterable[Obligation], turns: Mapping[str, Turns], now: datetime) -> list[Moment]:
    """The counts of all bands at every instant at which one of them changed, oldest first."""
    changes: list[tuple[datetime, Band | None, Band]] = []
    for o in promises:
        before: Band | None = None
        for at, stands in history(o, turns.get(o.id, Turns()), now):
            changes.append((at, before, stands))
            before = stands
    counts: Counter[Band] = Counter()
    found: dict[datetime, Moment] = {}
    for at, before, stands in sorted(changes, key=lambda change: change[0]):
        counts.update([stands])
        counts.subtract([before] if before else [])
        found[at] = Moment(at, dict(counts))
    return list(found.values())
