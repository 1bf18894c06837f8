"""How far a promise has come on the way: from what was filed and seen, computed every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from businesses.commitments import Action
from businesses.followthrough.proposing import counts, progress
from businesses.followthrough.values import Obligation
from businesses.milestones import Milestone
from core.zones import zone


class Way(StrEnum):
    AHEAD = "ahead"
    REACHED = "reached"
    REACHED_LATE = "reached_late"
    LATE = "late"


@dataclass(frozen=True)
class OnTheWay:
    """A milestone, where it stands, and the local day on which something that reaches it was first filed."""

    milestone: Milestone
    way: Way
    reached_on: date | None


def milestones(o: Obligation, now: datetime) -> list[OnTheWay]:
    """Every milestone, first things first. Of a sum that is not known yet none is reached, and none is late."""
    return [_on_the_way(o, each, now) for each in o.commitment.milestones]


def _on_the_way(o: Obligation, held: Milestone, now: datetime) -> OnTheWay:
    enough, here = _enough(o, held), zone(o.timezone)
    filed = [at for at, count in counts(o) if enough is not None and progress(o, count) >= enough]
    on = min(filed).astimezone(here).date() if filed else None
    if on is not None:
        return OnTheWay(held, Way.REACHED if on <= held.due_on else Way.REACHED_LATE, on)
    late = enough is not None and now.astimezone(here).date() > held.due_on
    return OnTheWay(held, Way.LATE if late else Way.AHEAD, None)


def _enough(o: Obligation, held: Milestone) -> Decimal | None:
    """How far from the beginning it lies, in what is counted; a percentage of the sum where money is owed."""
    if isinstance(o.commitment, Action):
        return abs(held.value - o.baseline)
    return o.due.amount * held.value / 100 if o.due else None
