"""Photos and the contact for the press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.text import clean

MOST_WORDS = 200
MOST_CREDIT = 100


@dataclass(frozen=True)
class Picture:
    """A kept picture: its ``name`` in the store of files, which no other row has, and its size in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Photo:
    """A photo of the campaign, seen by everybody once it is approved.

    ``shows`` says in words what is to be seen, ``credit`` who took it. ``by`` and ``approved_by`` are people's ids, ""
    for nobody.
    """

    id: str
    campaign: str
    picture: Picture
    shows: str
    credit: str
    by: str
    at: datetime
    approved_by: str = ""

    def __post_init__(self) -> None:
        clean(self.shows, "shows", MOST_WORDS, least=1)
        clean(self.credit, "credit", MOST_CREDIT)

    @property
    def is_public(self) -> bool:
        return bool(self.approved_by)


@dataclass(frozen=True)
class Contact:
    """Whom the press may ask, as they want to be named and reached in public; ``by`` is the id of who said so."""

    name: str
    reach: str
    by: str

    def __post_init__(self) -> None:
        clean(self.name, "name", least=1)
        clean(self.reach, "reach", least=1)
