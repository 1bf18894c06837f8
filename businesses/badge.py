"""The badge: earned by promises that were kept before independent eyes, and taken back by a lapse at once. Pure.

Source: DOMAIN.md, Beyond shops: a badge is earned by kept promises only, states its threshold, is withdrawn by a lapse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from businesses import followthrough as rules
from businesses.followthrough import Obligation, Standing, Verdict

LEAST = 3
"""How many promises must be kept, each seen by independent eyes."""
CLEAN = timedelta(days=730)
"""For how long nothing may have been broken."""


class Against(StrEnum):
    """What keeps a business from the badge."""

    TOO_FEW = "too_few"
    OVERDUE = "overdue"
    BROKEN = "broken"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Badge:
    """Whether a business carries it now: how many promises count, and what stands against it."""

    kept: int
    against: tuple[Against, ...]

    @property
    def earned(self) -> bool:
        return not self.against


def badge(promises: Iterable[Obligation], now: datetime) -> Badge:
    """Kept in time or late counts, seen by independent eyes, not lapsed since; what is late now speaks against it."""
    held = list(promises)
    kept = sum(1 for o in held if _counts(o, now))
    found = {
        Against.TOO_FEW: kept < LEAST,
        Against.OVERDUE: any(rules.standing(o, now) == Standing.LATE for o in held),
        Against.BROKEN: any(_broke(o, now) for o in held),
        Against.LAPSED: any(rules.has_lapsed(o) for o in held),
    }
    return Badge(kept, tuple(reason for reason, holds in found.items() if holds))


def _counts(o: Obligation, now: datetime) -> bool:
    given = o.verdict
    if given is None or rules.standing(o, now) != Standing.SETTLED or rules.has_lapsed(o):
        return False
    return given.verdict in {Verdict.KEPT, Verdict.KEPT_LATE} and given.seen_by == "independent"


def _broke(o: Obligation, now: datetime) -> bool:
    """Whether the verdict that stands is *broken*, and not long enough ago; a disputed one waits for its answer."""
    given = o.verdict
    settled = rules.standing(o, now) == Standing.SETTLED
    return settled and given is not None and given.verdict == Verdict.BROKEN and now < given.at + CLEAN
