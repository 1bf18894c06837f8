"""A business's record in figures: what became of its promises, in all and by topic. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from businesses import followthrough as rules
from businesses.followthrough import Obligation, Standing, Verdict
from businesses.topics import OTHER, TOPICS
from core.wire import Json

_OUTSIDE = {"open", "ended_closed"}
"""What counts in no rate: nothing was to be done yet, or the business is no more."""


@dataclass(frozen=True)
class Word:
    """A business's record: how often it kept its word. Overdue counts in every rate (DOMAIN.md, 19)."""

    kept: int = 0
    kept_own_account: int = 0
    kept_late: int = 0
    partly_kept: int = 0
    substituted: int = 0
    broken: int = 0
    unknown: int = 0
    disputed: int = 0
    overdue: int = 0
    open: int = 0
    ended_closed: int = 0
    lapsed: int = 0

    @property
    def fallen_due(self) -> int:
        """Everything that was to be done by now: the denominator of every rate."""
        judged = self.kept + self.kept_own_account + self.kept_late + self.partly_kept + self.substituted + self.broken
        return judged + self.unknown + self.disputed + self.overdue + self.lapsed

    def public(self) -> Json:
        """Every count, and of each ending its rate: whole percents of all that has fallen due, rounded down."""
        rates = {name: self._rate(count) for name, count in self.__dict__.items() if name not in _OUTSIDE}
        return {**self.__dict__, "fallen_due": self.fallen_due, "kept_rate": rates["kept"], "rates": rates}

    def _rate(self, count: int) -> str | None:
        return str(Decimal(count * 100) // self.fallen_due) if self.fallen_due else None


def word(obligations_: Iterable[Obligation], now: datetime) -> Word:
    """Count what became of promises, as they stand at ``now``."""
    counts = dict.fromkeys(Word.__dataclass_fields__, 0)
    for o in obligations_:
        counts[_place(o, now)] += 1
    return Word(**counts)


def _place(o: Obligation, now: datetime) -> str:
    standing = rules.standing(o, now)
    match standing:
        case Standing.SETTLED if rules.has_lapsed(o):
            return "lapsed"
        case Standing.SETTLED if o.verdict:
            own = o.verdict.verdict == Verdict.KEPT and o.verdict.seen_by == "parties"
            return "kept_own_account" if own else o.verdict.verdict.value
        case Standing.LATE:
            return "overdue"
        case Standing.NOT_DUE | Standing.IN_PROGRESS:
            return "open"
    return standing.value


def by_topic(obligations_: Iterable[Obligation], now: datetime) -> dict[str, Word]:
    """The same for each topic that was promised on, in the order of the library, what names none last."""
    held: dict[str, list[Obligation]] = {name: [] for name in (*TOPICS, OTHER)}
    for o in obligations_:
        held[o.commitment.topic or OTHER].append(o)
    return {name: word(found, now) for name, found in held.items() if found}
