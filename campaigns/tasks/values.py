"""A line of the shared checklist (DOMAIN.md, Campaign and mob 13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from accounts.rules import Person
from core.text import clean

MOST_WORDS = 300


class Side(StrEnum):
    """Who does a thing, and who says that it is done. No person is named in the list."""

    ORGANIZERS = "organizers"
    BUSINESS = "business"


@dataclass(frozen=True)
class Seat:
    """Who acts in which list: ``business`` whose list it is, ``person`` an organizer, None for the business itself."""

    business: str
    person: Person | None = None

    @property
    def side(self) -> Side:
        return Side.ORGANIZERS if self.person else Side.BUSINESS


@dataclass(frozen=True)
class Task:
    """One thing to do: what, by whom, until which day if any; ticked ``done_by`` one side at an instant.

    ``place`` orders the list. A task that was ``removed`` is kept, so that it can be put back.
    """

    id: str
    words: str
    by: Side
    place: int
    day: date | None = None
    done_by: Side | None = None
    done_at: datetime | None = None
    removed: bool = False

    def __post_init__(self) -> None:
        clean(self.words, "words", MOST_WORDS, least=1)

    @property
    def done(self) -> bool:
        return self.done_by is not None


def counted(tasks: tuple[Task, ...]) -> tuple[int, int]:
    """How many are done, of how many."""
    return sum(1 for task in tasks if task.done), len(tasks)
