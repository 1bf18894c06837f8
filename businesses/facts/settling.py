"""What business, organizers and people affected settle together about a promise; and circles about broken ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.facts import Fact
from core.wire import Json


@dataclass(frozen=True)
class SubstituteProposed(Fact):
    """Another thing is proposed in a promise's place; ``asks`` are the sides whose yes it needs."""

    obligation: str
    substitute: str
    by: str
    words: str
    asks: list[str]
    reason: str = ""


@dataclass(frozen=True)
class SubstituteAnswered(Fact):
    """One side agrees to what was proposed, or does not. The first words of the promise stay in view."""

    obligation: str
    substitute: str
    by: str
    agrees: bool


@dataclass(frozen=True)
class CircleOpened(Fact):
    """``by`` opens a circle about a broken or disputed promise; without an outcome it ends at ``until``."""

    obligation: str
    circle: str
    by: str
    sides: list[str]
    until: datetime


@dataclass(frozen=True)
class CircleAsked(Fact):
    """Somebody is to lead it, and those who have not accepted are asked. Who is refused is never public."""

    public: ClassVar[bool] = False

    obligation: str
    circle: str
    version: int


@dataclass(frozen=True)
class CircleRefused(Fact):
    """One side, or whoever was named, does not accept: somebody else is to be named."""

    public: ClassVar[bool] = False

    obligation: str
    circle: str
    version: int


@dataclass(frozen=True)
class CircleLed(Fact):
    """All sides, and they themselves, have accepted who leads it: ``leads`` says whether the monitor or another."""

    obligation: str
    circle: str
    leads: str


@dataclass(frozen=True)
class CircleArranged(Fact):
    """When and where it meets is for those invited alone."""

    public: ClassVar[bool] = False

    obligation: str
    circle: str


@dataclass(frozen=True)
class CircleHeld(Fact):
    """It was held. Nothing that was said stands anywhere."""

    obligation: str
    circle: str


@dataclass(frozen=True)
class RemedyAsked(Fact):
    """A remedy waits for the sides; public only once all have accepted it."""

    public: ClassVar[bool] = False

    obligation: str
    circle: str
    remedy: str


@dataclass(frozen=True)
class RemedyRefused(Fact):
    public: ClassVar[bool] = False

    obligation: str
    circle: str
    remedy: str


@dataclass(frozen=True)
class CircleEnded(Fact):
    """With a remedy that ``agreed`` have accepted (a promise of its own, ``commitment``), with none, or lapsed."""

    obligation: str
    circle: str
    outcome: str
    agreed: list[str]
    words: str = ""
    commitment: Json | None = None
