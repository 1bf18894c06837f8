"""Who holds a place in an arrival time, and whether there is room for one more (DOMAIN.md, 13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from campaigns.slots import Place, Slot
from core.errors import require
from pledges.values import Pledge, PledgeState

HOLD = timedelta(hours=24)
"""How long a pledge that nobody has confirmed holds its place: else anybody could fill a time with made-up ones."""


def has_lapsed(pledge: Pledge, now: datetime) -> bool:
    """Whether it holds its place no more, because nobody confirmed it in time."""
    return pledge.state == PledgeState.UNCONFIRMED and now >= pledge.created_at + HOLD


def takes_more(before: Pledge, after: Pledge) -> bool:
    """Whether a change takes places: another time, or more people in the same one."""
    return after.slot is not None and (after.slot != before.slot or after.party > before.party)


def people_in(place: Place, chosen: Mapping[Slot, int]) -> int:
    """How many come in a time, by the chosen ones."""
    return sum(people for slot, people in chosen.items() if place.holds(slot))


def is_over(place: Place, people: int) -> bool:
    return place.cap is not None and people > place.cap


def demand_room(place: Place, people: int) -> None:
    """Raise Invalid naming ``slot`` where ``people``, the asker's included, are more than the time has room for."""
    require(not is_over(place, people), "slot", "this time is full: choose another one")
