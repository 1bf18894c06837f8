"""Another thing in a promise's place: its words, why, and who has said what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from businesses.followthrough.assent import Assent
from core.errors import require


@dataclass(frozen=True, kw_only=True)
class Substitution(Assent):
    """``by`` proposed it; ``asks`` are the sides that must agree: business, organizer and, where seated, affected."""

    id: str
    at: datetime
    by: str
    words: str
    reason: str = ""

    def __post_init__(self) -> None:
        require(self.words.strip(), "words", "say what is done in its place")


def proposed(id_: str, at: datetime, by: str, words: str, reason: str, asks: tuple[str, ...]) -> Substitution:
    """A fresh proposal: whoever makes it has agreed to it."""
    agreed = tuple(side for side in asks if side == by)
    return Substitution(id=id_, at=at, by=by, words=words, reason=reason, asks=asks, agreed=agreed)
