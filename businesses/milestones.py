"""How far a promise is to be on the way to its date: published with the bid, in the agreement, never taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from core.errors import require

MOST = 10


@dataclass(frozen=True)
class Milestone:
    """By the end of ``due_on`` so much: of an action its count, of a sum the percent of it that was paid."""

    due_on: date
    value: Decimal


def check(held: Sequence[Milestone], due_on: date, begin: Decimal, end: Decimal) -> None:
    """Raise Invalid unless they lead from ``begin`` to ``end`` in steps, each before the promise's own date."""
    require(len(held) <= MOST, "milestones", "at most 10 milestones")
    for n, each in enumerate(held):
        last = held[n - 1].due_on if n else date.min
        require(each.due_on > last, f"milestones.{n}.due_on", "each must lie after the one before")
        require(each.due_on < due_on, f"milestones.{n}.due_on", "it must lie before the promise's own date")
        before = held[n - 1].value if n else begin
        further = before < each.value < end if end > begin else before > each.value > end
        require(further, f"milestones.{n}.value", "each must be further than the one before, and short of the promise")


def is_lowered(held: Sequence[Milestone], new: Sequence[Milestone], *, more: bool) -> bool:
    """Whether a raise would take one out, put it later or make it less."""
    return not all(
        any(n.due_on <= each.due_on and (n.value >= each.value if more else n.value <= each.value) for n in new)
        for each in held
    )


def shifted(held: Sequence[Milestone], by: timedelta) -> tuple[Milestone, ...]:
    """The same so much later or earlier: the day was moved, and the promise's date with it."""
    return tuple(replace(each, due_on=each.due_on + by) for each in held)
