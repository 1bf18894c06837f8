"""The tally: a pure function of sums. Pledged, attended and spent are three totals, never mixed (DOMAIN.md, Words)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum

from campaigns.values import Campaign, Goal, GoalKind
from core.money import Money, total
from core.wire import Json, encode


@dataclass(frozen=True)
class Crowd:
    """People (parties counted by head) and the amount that they mean to spend or have spent."""

    people: int
    amount: Money


@dataclass(frozen=True)
class PledgeSums:
    """Standing pledges. ``pledged`` and ``confirmed`` were made before the go-ahead and with an address.

    ``joined_late`` came confirmed after it, ``without_address`` are codes nobody can write to: both counted apart.
    """

    pledged: Crowd
    confirmed: Crowd
    joined_late: Crowd
    without_address: Crowd


@dataclass(frozen=True)
class DoorSums:
    """What crew counted: heads at the door, and reports of what was spent (reports are not till totals).

    ``told`` of the reports are supporters' own, where crew had noted nothing, and come to ``told_amount``. ``venues``:
    with several winners, whose door how many were counted at; of the others nobody said.
    """

    people: int
    spent: Money
    reports: int
    asked: int = 0
    anyway: int = 0
    told: int = 0
    told_amount: Money | None = None
    venues: tuple[tuple[str, int], ...] = ()


class TillState(StrEnum):
    DECLARED = "declared"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


@dataclass(frozen=True)
class Till:
    """A business's own count for one window, with the organizer's figure where they dispute it."""

    window: str
    business: str
    state: TillState
    takings: Money
    tax: Money | None = None
    cost: Money | None = None
    units: int | None = None
    transactions: int | None = None
    customers: int | None = None
    baseline: Money | None = None
    baseline_after: bool = False
    baseline_hidden: bool = False
    visibility: str = "public"
    counter_takings: Money | None = None
    reason: str = ""
    entered: str = ""
    countersigned: bool = False
    proofs: int = 0
    seen_by: str = ""


@dataclass(frozen=True)
class DayFigures:
    """One business's day: what commitments are computed from. None is unknown, never 0."""

    takings: Money
    tax: Money | None = None
    cost: Money | None = None
    units: int | None = None
    customers: int | None = None
    baseline: Money | None = None


def day_figures(tills: list[Till], *, corrected: bool = False) -> DayFigures | None:
    """The sum of a business's windows; None without a till total. ``corrected`` takes the organizer's figures."""
    if not tills:
        return None
    currency = tills[0].takings.currency
    takings = [_counted(t) if corrected else t.takings for t in tills]
    return DayFigures(
        takings=total(takings, currency),
        tax=_sum_money([t.tax for t in tills], currency),
        cost=_sum_money([t.cost for t in tills], currency),
        units=_sum([t.units for t in tills]),
        customers=_sum([t.customers for t in tills]),
        baseline=_sum_money([t.baseline for t in tills], currency),
    )


def _counted(till: Till) -> Money:
    """The organizer's figure while it is disputed; once decided, the figure in force stands in ``takings``."""
    if till.state == TillState.DISPUTED and till.counter_takings is not None:
        return till.counter_takings
    return till.takings


def _sum_money(amounts: list[Money | None], currency: str) -> Money | None:
    known = [a for a in amounts if a is not None]
    return total(known, currency) if known and len(known) == len(amounts) else None


def _sum(counts: list[int | None]) -> int | None:
    known = [c for c in counts if c is not None]
    return sum(known) if known and len(known) == len(counts) else None


@dataclass(frozen=True)
class Usual:
    """One business's ordinary day over all windows: what it is taken to be, the lowest and the highest of the days
    that were counted (``days`` of them, 0 where they are not told one by one), and whether it is called an estimate."""

    amount: Money
    low: Money
    high: Money
    days: int = 0
    about: bool = False


@dataclass(frozen=True)
class Tally:
    """Everything counted, in the form of API.md; ``owed`` is computed by the businesses' room and handed in.

    ``expected`` is how many till totals there will be, one for each window and winner: with fewer, the day's own sums
    are not known yet. ``usual``: the ordinary days recorded before bidding, of every winner that has one.
    """

    state: str
    pledges: PledgeSums
    door: DoorSums
    tills: tuple[Till, ...]
    goal: Goal
    owed: tuple[Json, ...] = ()
    corrections: tuple[Json, ...] = ()
    expected: int = 0
    usual: tuple[Usual, ...] = ()

    @property
    def complete(self) -> bool:
        return len(self.tills) >= self.expected

    def public(self) -> Json:
        """The wire form. Without a till total the till is null, never 0; unknown figures are null."""
        day = day_figures(list(self.tills))
        hidden = any(t.visibility == "checker" for t in self.tills)
        no_baseline = day is None or hidden or any(t.baseline_hidden for t in self.tills)
        return {
            "state": self.state,
            "pledged": encode(self.pledges.pledged),
            "confirmed": encode(self.pledges.confirmed),
            "joined_late": encode(self.pledges.joined_late),
            "without_address": encode(self.pledges.without_address),
            "attended": _attended(self.door),
            "spent": _spent(self.door),
            "anyway": {"asked": self.door.asked, "yes": self.door.anyway},
            "till": None if day is None else {**_till(day, self.tills, hidden=hidden), "complete": self.complete},
            "gap": None if day is None or hidden or not self.complete else gap(day.takings, self.door.spent),
            "baseline": None if day is None or no_baseline else self._baseline(day),
            "uplift": None if day is None or no_baseline else self._uplift(day),
            "goal": goal_result(self.goal, day, self.door, hidden=hidden, complete=self.complete),
            "owed": list(self.owed) if self.owed else None,
            "corrections": list(self.corrections),
        }

    def _baseline(self, day: DayFigures) -> Json | None:
        if day.baseline is None:
            return None
        after = any(t.baseline_after for t in self.tills)
        range_ = None if self._bounds is None else _between(*self._bounds)
        told = {"range": range_, "days": max((u.days for u in self.usual), default=0), "about": self._about}
        return {"amount": encode(day.baseline), "declared_after": after, **told}

    def _uplift(self, day: DayFigures) -> Json | None:
        """An ordinary day that is a range, or about so much, makes an uplift that is one, too (DOMAIN.md, 23)."""
        more = uplift(day.takings, day.baseline)
        if more is None:
            return None
        bounds = self._bounds
        range_ = None if bounds is None else _between(day.takings - bounds[1], day.takings - bounds[0])
        return {**more, "range": range_, "about": self._about}

    @property
    def _about(self) -> bool:
        return any(usual.about for usual in self.usual)

    @property
    def _bounds(self) -> tuple[Money, Money] | None:
        """Lowest and highest ordinary day of all winners together; None where they are not told, or one is missing."""
        known = len(self.usual) == len({till.business for till in self.tills})
        if not known or not self.complete or not any(usual.days for usual in self.usual):
            return None
        currency = self.usual[0].amount.currency
        return total([u.low for u in self.usual], currency), total([u.high for u in self.usual], currency)


def _between(low: Money, high: Money) -> Json:
    return {"low": encode(low), "high": encode(high)}


def _attended(door: DoorSums) -> Json:
    """In all, and where it was noted by whose door: tallies from before there was such a note have none."""
    venues = [{"business": business, "people": people} for business, people in door.venues]
    return {"people": door.people, **({"venues": venues} if venues else {})}


def _spent(door: DoorSums) -> Json:
    """What crew and supporters noted; null where no supporter's own report counts."""
    own = {"amount": encode(door.told_amount), "reports": door.told} if door.told else None
    return {"amount": encode(door.spent), "reports": door.reports, "by_supporters": own}


def _till(day: DayFigures, tills: tuple[Till, ...], *, hidden: bool) -> Json:
    names = ("takings", "tax", "units", "customers")
    figures: Json = {name: None if hidden else encode(getattr(day, name)) for name in names}
    return {**figures, "range": spread(day.takings) if hidden else None, "windows": [_till_window(t) for t in tills]}


def spread(takings: Money) -> Json | None:
    """What the public sees of takings kept for the checker: between which round figures they lie (DOMAIN.md, 22).

    Both have one digit that is not 0: 2,418.35 lies between 2,000 and 3,000.
    """
    if takings.minor <= 0:
        return None
    step = Decimal(1).scaleb(takings.amount.adjusted())
    low = takings.amount // step * step
    return {side: encode(Money.rounded(at, takings.currency)) for side, at in (("low", low), ("high", low + step))}


def _till_window(till: Till) -> Json:
    """A window's till; figures for the checker only are null and marked so."""
    hidden = till.visibility == "checker"
    names = ("takings", "tax", "units", "transactions", "customers", "counter_takings")
    figures = {name: None if hidden else encode(getattr(till, name)) for name in names}
    known = {"window": till.window, "business": till.business, "state": till.state.value}
    source = {name: getattr(till, name) for name in ("entered", "countersigned", "proofs")}
    source["seen_by"] = till.seen_by if hidden else ""
    return {**known, **figures, "visibility": till.visibility, "reason": till.reason, **source}


def gap(takings: Money, spent: Money) -> Json:
    """Till less what crew and supporters noted, and its share of the till in percent."""
    return {"amount": encode(takings - spent), "share": _share(takings - spent, takings)}


def uplift(takings: Money, baseline: Money | None) -> Json | None:
    """Takings less the baseline of the same hours, and its share of the baseline in percent (DOMAIN.md, 12)."""
    if baseline is None:
        return None
    return {"amount": encode(takings - baseline), "share": _share(takings - baseline, baseline)}


def _share(part: Money, whole: Money) -> str | None:
    if not whole:
        return None
    with localcontext(prec=60):
        share = Decimal(part.minor) / Decimal(whole.minor) * 100
    return encode(share.quantize(Decimal("0.1"), ROUND_HALF_EVEN))  # type: ignore[no-any-return]  # a Decimal gives a str


def goal_result(
    goal: Goal, day: DayFigures | None, door: DoorSums, *, hidden: bool = False, complete: bool = True
) -> Json:
    """Whether the day brought what was hoped for: judged on till and door, never on pledges. Unknown is null.

    While till totals are missing (not ``complete``) a goal can be reached already, but not missed yet.
    """
    value: Decimal | None = None
    match goal.kind:
        case GoalKind.TAKINGS:
            value = day.takings.amount if day else None
        case GoalKind.UNITS:
            value = Decimal(day.units) if day and day.units is not None else None
        case GoalKind.HEADCOUNT:
            value = Decimal(door.people)
    reached = None if value is None or goal.target is None else value >= goal.target
    if reached is False and not complete and goal.kind != GoalKind.HEADCOUNT:
        reached = None
    shown = None if hidden and goal.kind == GoalKind.TAKINGS else value
    return {"kind": goal.kind.value, "target": encode(goal.target), "value": encode(shown), "reached": reached}


def with_baselines(tills: list[Till], recorded: dict[str, Money], *, hidden: bool = False) -> list[Till]:
    """Put one business's baselines in, recorded before bidding and keyed by window; they outrank later ones.

    ``hidden``: they are for the checker only, so no public figure may tell them.
    """
    return [
        replace(t, baseline=recorded[t.window], baseline_after=False, baseline_hidden=hidden)
        if t.window in recorded
        else t
        for t in tills
    ]


def tally_state(campaign: Campaign) -> str:
    """live while people come, interim while the till is counted, final for good."""
    if campaign.tally is not None:
        return "final"
    return "interim" if campaign.state.value == "counting" else "live"
