"""The verdict that follows from what is filed: numbers decide."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from businesses.commitments import Action
from businesses.followthrough.listing import looked_at
from businesses.followthrough.values import Obligation, Proposal, Verdict
from core.wire import Json, plain
from core.zones import zone


def propose(o: Obligation) -> Proposal | None:
    """The verdict that follows from what is filed; None while nothing is. Numbers decide: 11 of 15 is partly kept.

    Independent counts outrank the business's own; a monitor's outranks supporters', whose median is taken.
    """
    found, steps = _found(o)
    if found is None or o.goal is None:
        return None
    value, of = progress(o, found), abs(o.goal - o.baseline)
    steps += looked_at(o)
    steps.append({"code": "compared", "value": plain(value), "of": plain(of)})
    if value >= of:
        late = fulfilled_on(o) is None or fulfilled_on(o) > o.first_due_on  # type: ignore[operator]  # None is tested first
        return Proposal(Verdict.KEPT_LATE if late else Verdict.KEPT, of, of, tuple(steps))
    verdict = Verdict.PARTLY_KEPT if value > 0 else Verdict.BROKEN
    return Proposal(verdict, max(value, Decimal(0)), of, tuple(steps))


def _found(o: Obligation) -> tuple[Decimal | None, list[Json]]:
    monitors = [c for c in o.checks if c.by == "monitor"]
    others = sorted(c.value for c in o.checks if c.by != "monitor" and c.independent)
    if monitors:
        return monitors[-1].value, [{"code": "monitor_counted", "value": plain(monitors[-1].value)}]
    if others:
        middle = others[(len(others) - 1) // 2]
        return middle, [{"code": "supporters_counted", "value": plain(middle), "reports": len(others)}]
    claimed = _claimed(o)
    return claimed, [] if claimed is None else [{"code": "business_says", "value": plain(claimed)}]


def _claimed(o: Obligation) -> Decimal | None:
    """What the business itself claims: the sum of its payments for money, the latest count for the rest."""
    numbers = [e.number for e in o.evidence if e.number is not None]
    if not numbers:
        return None
    return numbers[-1] if isinstance(o.commitment, Action) else sum(numbers, Decimal(0))


def progress(o: Obligation, found: Decimal) -> Decimal:
    """How far the count has come from the baseline towards the goal."""
    more = o.goal is None or o.goal >= o.baseline
    return found - o.baseline if more else o.baseline - found


def fulfilled_on(o: Obligation) -> date | None:
    """The local day on which something that fulfils it was first filed; None while nothing does."""
    if o.goal is None:
        return None
    enough = abs(o.goal - o.baseline)
    reached = [at for at, count in counts(o) if progress(o, count) >= enough]
    return min(reached).astimezone(zone(o.timezone)).date() if reached else None


def counts(o: Obligation) -> list[tuple[datetime, Decimal]]:
    """Every count of the whole, and when it was filed: payments are added up, who sees one adds nothing to it."""
    counts = [(c.at, c.value) for c in o.checks]
    paid = Decimal(0)
    for filed in o.evidence:
        if filed.number is not None:
            paid = filed.number if isinstance(o.commitment, Action) else paid + filed.number
            counts.append((filed.at, paid))
    return counts
