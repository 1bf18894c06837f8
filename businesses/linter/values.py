"""What the linter is told beside the promise, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from businesses.commitments import Basis
from campaigns.tally import DayFigures
from core.errors import Message


@dataclass(frozen=True)
class Hint:
    """One thing that would make a promise better: never a refusal.

    ``field`` is the wire name within the promise; ``see`` the page of what the words name.
    """

    code: str
    words: Message
    field: str
    see: str = ""


@dataclass(frozen=True)
class Comparable:
    """What somebody else promised in public: a share of a basis, or so many more of something.

    ``name`` is how it is known ("Toronto 2010"); ``page`` its address in the archive.
    """

    name: str
    page: str
    number: Decimal
    basis: Basis | None = None
    metric: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What is known around a promise.

    ``money_on``: the local day by which the till can be confirmed. ``expected``: the day as the campaign states it,
    None where it states nothing. ``ordinary``: whether the bid says what an ordinary day brings. ``none_today``:
    the number of today was given as 0, and not left out.
    """

    money_on: date | None = None
    expected: DayFigures | None = None
    ordinary: bool = False
    none_today: bool = False
    comparables: tuple[Comparable, ...] = ()
