"""Commitments: measurable promises, and what they come to on the day (API.md, POST /campaigns/{slug}/bids)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import TypeVar

from businesses import milestones, workdays
from businesses.measures import Audit, Funding, Measure, Plan, Shortfall
from businesses.milestones import Milestone
from businesses.topics import Topic
from businesses.watching import Watch
from campaigns.tally import DayFigures
from core.errors import require
from core.money import Money
from core.wire import plain

MONEY_TERM = timedelta(days=90)
"""When money is due if the bid does not say, and a promise whose date the day was moved past: after the last window."""
MOST_WEEKS = 520


class Basis(StrEnum):
    """What a share is a share of: net = takings - tax, profit = net - cost, extra = takings - baseline (API.md)."""

    GROSS = "gross"
    NET = "net"
    PROFIT = "profit"
    EXTRA = "extra"


class Checker(StrEnum):
    ORGANIZER = "organizer"
    MONITOR = "monitor"
    SUPPORTERS = "supporters"
    AFFECTED = "affected"


class StepKind(StrEnum):
    TAKINGS = "takings"
    UNITS = "units"
    HEADCOUNT = "headcount"


@dataclass(frozen=True)
class Owed:
    """What a money commitment comes to: the formula as shown, and the amount (None: not computable)."""

    formula: str
    amount: Money | None


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """What all kinds share. ``id`` stays the same through every raise.

    ``due_weeks`` says that the date is so many weeks after the last window's day, ``due_working_days`` so many working
    days by the public holidays of ``working_days_of``: ``due_on`` is what that comes to.
    ``affected_group`` are people whose representative must agree before an award. ``watch`` is what a program looks for
    on a public page; by its ``topic`` the business's record counts it, None: other.
    """

    id: str
    purpose: str = ""
    due_on: date
    due_weeks: int | None = None
    due_working_days: int | None = None
    working_days_of: str = ""
    proof: tuple[str, ...] = ()
    checker: Checker = Checker.ORGANIZER
    measures: tuple[Measure, ...] = ()
    shortfall: Shortfall = Shortfall.DROP
    fallback: str = ""
    audit: Audit | None = None
    funding: tuple[Funding, ...] = ()
    affected_group: str | None = None
    watch: Watch | None = None
    topic: Topic | None = None
    milestones: tuple[Milestone, ...] = ()

    kind = "none"

    def __post_init__(self) -> None:
        in_range = self.due_weeks is None or 1 <= self.due_weeks <= MOST_WEEKS
        require(in_range, "due_weeks", "a whole number of weeks, 1 to 520")
        in_range = self.due_working_days is None or 1 <= self.due_working_days <= workdays.MOST
        require(in_range, "due_working_days", "a whole number of working days, 1 to 1000")
        named = self.checker != Checker.AFFECTED or self.affected_group
        require(named, "affected_group", "name the people whom it affects: they are to check it")
        milestones.check(self.milestones, self.due_on, *self.way)

    @property
    def way(self) -> tuple[Decimal, Decimal]:
        """From where to where its milestones lead: of a sum, in percent."""
        return Decimal(0), Decimal(100)

    @property
    def fixed(self) -> tuple[object, ...]:
        """What may not change in a raise."""
        return (self.kind,)

    @property
    def counts_from_the_day(self) -> bool:
        """Whether its date follows from the day of the mob."""
        return self.due_weeks is not None or self.due_working_days is not None

    @property
    def plan(self) -> Plan:
        """The list of works that its money pays for, with all that was fixed beforehand."""
        return Plan(self.measures, self.shortfall, self.fallback, self.audit, self.funding)

    def lowered_field(self, new: Commitment) -> str | None:
        """The field in which ``new`` promises less than this one, or None."""
        if new.fixed != self.fixed:
            return "kind"
        if self.affected_group and not is_same_name(self.affected_group, new.affected_group or ""):
            return "affected_group"
        if self.watch and self.watch.is_lowered_by(new.watch):
            return "watch"
        if self.topic and new.topic != self.topic:
            return "topic"
        if milestones.is_lowered(self.milestones, new.milestones, more=self.way[1] > self.way[0]):
            return "milestones"
        if lowered := self.plan.lowered_field(new.plan):
            return lowered
        return "due_on" if new.due_on > self.due_on else None

    def owed(self, day: DayFigures) -> Owed | None:
        """What it comes to in money; None for promises that are not about money."""
        raise NotImplementedError


Kind = TypeVar("Kind", bound=Commitment)


def dated(held: Kind, last_day: date) -> Kind:
    """The promise with the date that holds when ``last_day`` is the local day of the last window.

    Weeks and working days count from that day. A date of its own stays, unless the day was moved to it or past it: then
    the promise falls due as money without a date does (docs/decisions, dates and a day that moves).
    """
    if held.due_weeks is not None:
        return _moved(held, last_day + timedelta(weeks=held.due_weeks))
    if held.due_working_days is not None:
        return _moved(held, workdays.after(last_day, held.due_working_days, held.working_days_of))
    return held if held.due_on > last_day else _moved(held, last_day + MONEY_TERM)


def _moved(held: Kind, due_on: date) -> Kind:
    """Its milestones move with it."""
    return replace(held, due_on=due_on, milestones=milestones.shifted(held.milestones, due_on - held.due_on))


def is_same_name(held: str, new: str) -> bool:
    """Whether a public name was at most written out further: its letters and figures stay, at the beginning."""
    before, after = (re.sub(r"[\W_]", "", name).casefold() for name in (held, new))
    return after.startswith(before) if before else not after


@dataclass(frozen=True, kw_only=True)
class Share(Commitment):
    """A part of one of the day's figures, in percent; above 100 is allowed. Source: DOMAIN.md, Money and bids 1.

    ``match`` is what the business or a sponsor adds, in percent of the share itself: 100 doubles it. ``matched_by`` is
    the sponsor's public name, empty where the business itself adds it.
    """

    share: Decimal
    basis: Basis
    match: Decimal = Decimal(0)
    matched_by: str = ""
    kind = "share"

    def __post_init__(self) -> None:
        super().__post_init__()
        require(self.share > 0, "share", "must be above 0")
        require(self.share <= 10_000, "share", "at most 10,000 percent")
        require(self.match >= 0, "match", "must be 0 or more")
        require(self.match or not self.matched_by, "match", "say with how many percent they match it")

    @property
    def fixed(self) -> tuple[object, ...]:
        return (self.kind, self.basis)

    @property
    def effective(self) -> Decimal:
        """Share with its match, in percent: what like bids are compared by."""
        if not self.match:
            return self.share
        with localcontext(prec=60):
            return self.share * (100 + self.match) / 100

    def lowered_field(self, new: Commitment) -> str | None:
        if isinstance(new, Share) and (new.share < self.share or new.match < self.match):
            return "share" if new.share < self.share else "match"
        if isinstance(new, Share) and self.match and not is_same_name(self.matched_by, new.matched_by):
            return "matched_by"
        return super().lowered_field(new)

    def owed(self, day: DayFigures) -> Owed:
        words, base = figure(self.basis, day)
        shown = f"{plain(self.share)}% x {words}"
        if self.match:
            shown += f" x {plain(100 + self.match)}%"
        if base is None:
            return Owed(f"{shown} = ?", None)
        amount = max(Money.zero(base.currency), base).percent(self.effective)
        return Owed(f"{shown} = {amount}", amount)


def figure(basis: Basis, day: DayFigures) -> tuple[str, Money | None]:
    """The day's figure of a basis, and how it is written; None where something it needs is unknown."""
    takings, unknown = str(day.takings), "?"
    match basis:
        case Basis.GROSS:
            return takings, day.takings
        case Basis.NET:
            known = day.tax is not None
            return (
                f"({takings} - {day.tax if known else unknown})",
                day.takings - day.tax if day.tax is not None else None,
            )
        case Basis.PROFIT:
            words = " - ".join([takings, *(unknown if f is None else str(f) for f in (day.tax, day.cost))])
            if day.tax is None or day.cost is None:
                return f"({words})", None
            return f"({words})", day.takings - day.tax - day.cost
        case Basis.EXTRA:
            base = day.baseline
            return f"({takings} - {unknown if base is None else base})", None if base is None else day.takings - base


@dataclass(frozen=True, kw_only=True)
class PerUnit(Commitment):
    """A sum for each unit sold: 50 cents a coffee."""

    amount: Money
    unit: str
    kind = "per_unit"

    def __post_init__(self) -> None:
        super().__post_init__()
        require(self.amount.minor > 0, "amount", "must be above 0")
        require(self.unit.strip(), "unit", "say per what: a coffee, a loaf, a customer")

    @property
    def fixed(self) -> tuple[object, ...]:
        return (self.kind, self.unit)

    def lowered_field(self, new: Commitment) -> str | None:
        if isinstance(new, PerUnit) and new.amount < self.amount:
            return "amount"
        return super().lowered_field(new)

    def owed(self, day: DayFigures) -> Owed:
        if day.units is None:
            return Owed(f"{self.amount} x ? = ?", None)
        amount = self.amount.times(day.units)
        return Owed(f"{self.amount} x {day.units} = {amount}", amount)


@dataclass(frozen=True, kw_only=True)
class Fixed(Commitment):
    """A sum, whatever comes in."""

    amount: Money
    kind = "fixed"

    def __post_init__(self) -> None:
        super().__post_init__()
        require(self.amount.minor > 0, "amount", "must be above 0")

    def lowered_field(self, new: Commitment) -> str | None:
        if isinstance(new, Fixed) and new.amount < self.amount:
            return "amount"
        return super().lowered_field(new)

    def owed(self, day: DayFigures) -> Owed:
        return Owed(str(self.amount), self.amount)


@dataclass(frozen=True)
class Step:
    """One rung of a ladder: from ``at_least`` takings, units or heads on, the target is ``target``."""

    kind: StepKind
    at_least: Decimal
    target: Decimal


@dataclass(frozen=True, kw_only=True)
class Action(Commitment):
    """Something to be done and counted: from ``baseline`` today to ``target``, in ``unit``."""

    verb: str
    metric: str
    definition: str = ""
    unit: str = ""
    baseline: Decimal = Decimal(0)
    target: Decimal
    ladder: tuple[Step, ...] = ()
    kind = "action"

    def __post_init__(self) -> None:
        super().__post_init__()
        require(self.verb.strip(), "verb", "say what you will do: stock, serve, install")
        require(self.metric.strip(), "metric", "say what is counted")
        require(self.baseline >= 0, "baseline", "must be 0 or more")
        require(self.target >= 0, "target", "must be 0 or more")
        require(self.target != self.baseline, "target", "the target must differ from today's figure")
        _check_ladder(self)

    @property
    def way(self) -> tuple[Decimal, Decimal]:
        return self.baseline, self.target

    @property
    def more(self) -> bool:
        """Whether it is about more of something; else it is about less."""
        return self.target > self.baseline

    @property
    def fixed(self) -> tuple[object, ...]:
        return (self.kind, self.metric, self.unit, self.baseline, self.definition, self.more)

    def better(self, one: Decimal, other: Decimal) -> bool:
        """Whether ``one`` is at least as good as ``other``."""
        return one >= other if self.more else one <= other

    def lowered_field(self, new: Commitment) -> str | None:
        if isinstance(new, Action) and new.fixed == self.fixed:
            if not self.better(new.target, self.target):
                return "target"
            if not all(_still_there(step, new) for step in self.ladder):
                return "ladder"
        elif isinstance(new, Action) and new.metric == self.metric and new.target < self.target:
            return "target"
        return super().lowered_field(new)

    def resolved_target(self, takings: Decimal | None, units: int | None, heads: int) -> Decimal:
        """The target that holds after the day: the best step whose condition was met, else the promise itself."""
        figures = {
            StepKind.TAKINGS: takings,
            StepKind.UNITS: None if units is None else Decimal(units),
            StepKind.HEADCOUNT: Decimal(heads),
        }
        target = self.target
        for step in self.ladder:
            reached = figures[step.kind]
            if reached is not None and reached >= step.at_least and self.better(step.target, target):
                target = step.target
        return target

    def owed(self, day: DayFigures) -> None:
        return None


def _check_ladder(action: Action) -> None:
    held: dict[StepKind, Step] = {}
    for n, step in enumerate(action.ladder):
        require(step.at_least > 0, f"ladder.{n}.when.at_least", "must be above 0")
        before = held.get(step.kind)
        rises = before is None or step.at_least > before.at_least
        require(rises, f"ladder.{n}.when.at_least", "each step must lie above the one before")
        least = before.target if before else action.target
        better = action.better(step.target, least) and step.target != least
        require(better, f"ladder.{n}.target", "each step must promise more than the one before")
        require(step.target >= 0, f"ladder.{n}.target", "must be 0 or more")
        held[step.kind] = step


def _still_there(step: Step, new: Action) -> bool:
    """Whether a raise still holds a step: same kind, no later, no less."""
    return any(
        s.kind == step.kind and s.at_least <= step.at_least and new.better(s.target, step.target) for s in new.ladder
    )
