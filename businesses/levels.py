"""What each level of takings would buy: the promises' own formulas, turned round (DOMAIN.md, Money and bids 6).

A level is the least figure of the day from which a work is paid in full, whatever the rule for a shortfall: all works
before it are paid, too. It is exact: before its rounding the formula gives what is needed, and a unit less does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from businesses.commitments import Action, Basis, Commitment, Fixed, PerUnit, Share, Step, StepKind
from businesses.converting import Usual
from core.money import Money, total


class Axis(StrEnum):
    """By what a level is measured: a figure of the day, or what is owed where the day's figures do not tell yet."""

    TAKINGS = "takings"
    UNITS = "units"
    HEADCOUNT = "headcount"
    OWED = "owed"


@dataclass(frozen=True)
class Level:
    """From ``at`` on these works are paid, and these steps of ladders hold: an amount of money, or a count."""

    axis: Axis
    at: Decimal
    works: tuple[str, ...] = ()
    steps: tuple[tuple[Action, Step], ...] = ()


def levels(commitments: Sequence[Commitment], usual: Usual) -> dict[Axis, list[Level]]:
    """The levels of a bid with a list of works, by axis, lowest first; none where it has no list.

    ``usual`` is the ordinary day as far as everybody may know it.
    """
    if not any(held.measures for held in commitments):
        return {}
    found = [level for held in commitments for level in (*_works(held, usual), *_steps(held))]
    by_axis: dict[Axis, list[Level]] = {}
    for level in sorted(found, key=lambda level: level.at):
        _add(by_axis.setdefault(level.axis, []), level)
    return {axis: by_axis[axis] for axis in Axis if axis in by_axis}


def _add(held: list[Level], level: Level) -> None:
    """What begins at the same figure is one level."""
    if held and held[-1].at == level.at:
        last = held.pop()
        level = replace(last, works=last.works + level.works, steps=last.steps + level.steps)
    held.append(level)


def _steps(held: Commitment) -> Iterator[Level]:
    axes = {StepKind.TAKINGS: Axis.TAKINGS, StepKind.UNITS: Axis.UNITS, StepKind.HEADCOUNT: Axis.HEADCOUNT}
    if isinstance(held, Action):
        yield from (Level(axes[step.kind], step.at_least, steps=((held, step),)) for step in held.ladder)


def _works(held: Commitment, usual: Usual) -> Iterator[Level]:
    axis, level_of = _inverse(held, usual)
    for name, needed in _needed(held):
        at = level_of(needed)
        if at is not None:
            yield Level(axis, at, works=(name,))


def _needed(held: Commitment) -> Iterable[tuple[str, Money]]:
    """Each work, and what must be owed for it and all before it: less what the other sources pay."""
    for n, measure in enumerate(held.measures, 1):
        currency = measure.price.currency
        priced = total([m.price for m in held.measures[:n]], currency)
        others = total([paid.amount for paid in held.funding], currency)
        yield measure.name, max(priced - others, Money.zero(currency))


Inverse = Callable[[Money], Decimal | None]
"""From what must be owed to the least figure that gives it; None where none does."""


def _inverse(held: Commitment, usual: Usual) -> tuple[Axis, Inverse]:
    match held:
        case PerUnit():
            return Axis.UNITS, lambda needed: Decimal(-(-needed.minor // held.amount.minor))
        case Fixed():
            return Axis.TAKINGS, lambda needed: Decimal(0) if needed <= held.amount else None
        case Share() if _tells(held.basis, usual):
            return Axis.TAKINGS, lambda needed: _least_takings(held, needed, usual)
    return Axis.OWED, lambda needed: needed.amount


def _tells(basis: Basis, usual: Usual) -> bool:
    """Whether takings alone tell what such a share comes to."""
    known = {Basis.NET: usual.tax_share, Basis.PROFIT: usual.margin, Basis.EXTRA: usual.takings}
    return basis == Basis.GROSS or known[basis] is not None


def _least_takings(held: Share, needed: Money, usual: Usual) -> Decimal | None:
    """The least takings that give ``needed``, all else in its usual share; None where nothing of them is counted."""
    counted = _counted(held.basis, usual)
    if not counted:
        return None
    least = ceil(needed.minor * 100 / (Fraction(held.effective) * counted))
    ordinary = usual.takings.minor if held.basis == Basis.EXTRA and usual.takings and needed else 0
    return Money(least + ordinary, needed.currency).amount


def _counted(basis: Basis, usual: Usual) -> Fraction:
    """Which part of one further unit of takings the share is a share of."""
    if basis == Basis.NET and usual.tax_share is not None:
        return 1 - Fraction(usual.tax_share) / 100
    if basis == Basis.PROFIT and usual.margin is not None:
        return Fraction(usual.margin) / 100
    return Fraction(1)
