"""Arrival times within the windows: a campaign's, and the one that a supporter chose (DOMAIN.md, 13). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaigns.values import Campaign, Window
from core.errors import require


@dataclass(frozen=True)
class Slot:
    """A chosen arrival time: so many minutes after a window opens. It moves with the window when the day is moved."""

    window: str
    after: int

    def __str__(self) -> str:
        return f"{self.window}-{self.after}"

    @classmethod
    def parse(cls, text: str) -> Slot:
        """From its written form. Raises Invalid naming ``slot``."""
        window, _, after = text.strip().rpartition("-")
        sound = window and len(window) <= 32 and after.isascii() and after.isdecimal() and len(after) <= 6
        require(sound, "slot", "choose one of the arrival times")
        return cls(window, int(after))

    @classmethod
    def read(cls, text: str | None) -> Slot | None:
        """The same; None where nothing is chosen. Raises Invalid naming ``slot``."""
        return cls.parse(text) if text and text.strip() else None


@dataclass(frozen=True)
class Place:
    """One arrival time of a campaign, with room for ``cap`` people; None: for any number."""

    slot: Slot
    opens_at: datetime
    closes_at: datetime
    cap: int | None

    def holds(self, slot: Slot) -> bool:
        """Whether a chosen time lies in this one: also one chosen when the times were of another length."""
        length = (self.closes_at - self.opens_at) // timedelta(minutes=1)
        return slot.window == self.slot.window and 0 <= slot.after - self.slot.after < length

    def room(self, people: int) -> int | None:
        """How many more may come in this time, where ``people`` already do; None: any number."""
        return None if self.cap is None else max(self.cap - people, 0)


def places(campaign: Campaign) -> tuple[Place, ...]:
    """Every arrival time, window by window; empty where the organizers offer none."""
    return tuple(place for window in campaign.windows for place in _of_window(campaign, window))


def _of_window(campaign: Campaign, window: Window) -> Iterator[Place]:
    """The last one of a window may be shorter."""
    slots = campaign.slots
    if slots is None:
        return
    step, opens = timedelta(minutes=slots.minutes), window.opens_at
    while opens < window.closes_at:
        after = (opens - window.opens_at) // timedelta(minutes=1)
        yield Place(Slot(window.id, after), opens, min(opens + step, window.closes_at), slots.cap)
        opens += step


def find(campaign: Campaign, slot: Slot | None) -> Place | None:
    """The arrival time in which a chosen one lies; None where none was chosen, or the campaign has it no more."""
    return next((place for place in places(campaign) if slot and place.holds(slot)), None)


def demand(campaign: Campaign, slot: Slot, now: datetime) -> Place:
    """The arrival time that is chosen now. Raises Invalid naming ``slot`` for one that is not offered, or is over."""
    found = next((place for place in places(campaign) if place.slot == slot), None)
    require(found is not None, "slot", "choose one of the arrival times")
    assert found
    require(now < found.closes_at, "slot", "this time is over: choose a later one")
    return found
