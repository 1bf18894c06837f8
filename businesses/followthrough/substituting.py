"""Another thing in a promise's place: its words, whose yes it needs, and who has said what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import Conflict, require


@dataclass(frozen=True)
class Substitution:
    """``by`` proposed it; ``asks`` are the sides that must agree: business, organizer and, where seated, affected."""

    id: str
    at: datetime
    by: str
    words: str
    asks: tuple[str, ...]
    agreed: tuple[str, ...] = ()
    refused_by: str = ""

    def __post_init__(self) -> None:
        require(self.words.strip(), "words", "say what is done in its place")

    @property
    def is_agreed(self) -> bool:
        return set(self.asks) <= set(self.agreed)

    @property
    def is_open(self) -> bool:
        return not (self.is_agreed or self.refused_by)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The sides that have not answered yet; none once it is agreed or refused."""
        return tuple(side for side in self.asks if side not in self.agreed) if self.is_open else ()

    def answered(self, side: str, *, agrees: bool) -> Substitution:
        """With one side's answer. Raises Conflict for a side that is not asked, or no longer."""
        if side not in self.waits_for:
            raise Conflict("Your side has nothing to answer here")
        return replace(self, agreed=(*self.agreed, side)) if agrees else replace(self, refused_by=side)


def proposed(id_: str, at: datetime, by: str, words: str, asks: tuple[str, ...]) -> Substitution:
    """A fresh proposal: whoever makes it has agreed to it."""
    return Substitution(id_, at, by, words, asks, tuple(side for side in asks if side == by))
