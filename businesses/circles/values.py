"""A circle: who leads it, when it meets, and what came of it. What is said in it is written down nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from businesses.commitments import Action, Checker
from businesses.followthrough import Assent
from businesses.topics import Topic
from core.errors import require

TERM = timedelta(days=45)
"""How long a circle may take from its opening; then the clock ends it without an outcome."""
LEADER = "facilitator"
"""The facilitator's own yes, beside those of the sides."""


class Leads(StrEnum):
    """Who facilitates: the campaign's monitor, or somebody named by their address."""

    MONITOR = "monitor"
    NAMED = "named"


class Stage(StrEnum):
    """What a circle waits for."""

    ACCEPTING = "accepting"
    NAMING = "naming"
    ARRANGING = "arranging"
    MEETING = "meeting"
    SETTLING = "settling"
    ENDED = "ended"


class Ending(StrEnum):
    """A written remedy, none, or none within the term."""

    REMEDY = "remedy"
    NONE = "none"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Named:
    """Somebody asked by mail to facilitate. The address is private; the name is public only where they wish it."""

    email: str = ""
    name: str = ""
    show_name: bool = False


@dataclass(frozen=True, kw_only=True)
class Facilitator(Assent):
    """Who is to lead it; all sides and they themselves must accept. ``version`` rises with whoever is named next."""

    leads: Leads
    version: int = 1
    named: Named = Named()

    @property
    def shown_name(self) -> str:
        return self.named.name if self.named.show_name else ""


@dataclass(frozen=True)
class Gathering:
    """When and where it meets (an address or a link), and who is invited beside the sides: for them alone."""

    at: datetime
    place: str
    guests: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Remedy(Assent):
    """What all are to agree on: words, a date, who checks, and how many of what make it done."""

    id: str
    words: str
    due_on: date
    checker: Checker
    target: Decimal
    unit: str

    def __post_init__(self) -> None:
        require(self.words.strip(), "words", "say what is done to mend it")
        require(self.target > 0, "target", "must be above 0")
        require(self.unit.strip(), "unit", "say what is counted")

    def promise(self, circle: str, affected_group: str | None, topic: Topic | None) -> Action:
        """The remedy as a promise of its own, under the id of its circle."""
        return Action(
            id=circle, due_on=self.due_on, checker=self.checker, affected_group=affected_group, topic=topic,
            verb="do", metric=self.words, unit=self.unit, target=self.target,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Circle:
    """``by`` opened it; ``sides`` are those whose yes a remedy takes: business, organizer and, where seated, affected.

    ``mended_by`` is the promise that came of it.
    """

    id: str
    campaign: str
    obligation: str
    by: str
    sides: tuple[str, ...]
    opened_at: datetime
    facilitator: Facilitator
    meeting: Gathering | None = None
    held_at: datetime | None = None
    remedy: Remedy | None = None
    ending: Ending | None = None
    ended_at: datetime | None = None
    mended_by: str = ""

    @property
    def until(self) -> datetime:
        return self.opened_at + TERM

    @property
    def subject(self) -> str:
        """What the facilitator's link is made for: another facilitator has another."""
        return f"{self.id}:{self.facilitator.version}"

    @property
    def stage(self) -> Stage:
        if self.ending:
            return Stage.ENDED
        if not self.facilitator.is_agreed:
            return Stage.NAMING if self.facilitator.refused_by else Stage.ACCEPTING
        if self.meeting is None:
            return Stage.ARRANGING
        return Stage.SETTLING if self.held_at else Stage.MEETING
