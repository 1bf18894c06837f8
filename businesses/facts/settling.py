"""What business, organizers and people affected settle together about a promise."""

from __future__ import annotations

from dataclasses import dataclass

from core.facts import Fact


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
