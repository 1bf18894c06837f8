"""What a till's file is read by, and what is found in it. Frozen values that cannot be built wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.errors import Message, require
from core.money import Money
from pledges.values import TillFigures

COLUMNS = ("date", "time", "amount", "tax", "units", "customers", "receipt")
NEEDED = ("date", "amount")
FIGURES = ("amount", "tax", "units", "customers")
MOST_BYTES = 2 * 2**20
MOST_LINES = 20_000
"""A busy day of a large shop has a few thousand receipts: more is the file of a whole year."""


class Order(StrEnum):
    """In which order a date is written; AUTO: as the column's dates allow."""

    AUTO = ""
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class Mark(StrEnum):
    """What stands before the cents; AUTO: as the column's amounts allow."""

    AUTO = ""
    COMMA = ","
    POINT = "."


@dataclass(frozen=True)
class Columns:
    """Which column is what, by its head; "" where the file has none. ``date`` may hold the time, too.

    ``items``: each line is one item, and those with one receipt number are one receipt; else each line is a receipt.
    """

    date: str = ""
    time: str = ""
    amount: str = ""
    tax: str = ""
    units: str = ""
    customers: str = ""
    receipt: str = ""
    items: bool = False
    order: Order = Order.AUTO
    mark: Mark = Mark.AUTO

    def __post_init__(self) -> None:
        require(not self.items or self.receipt, "receipt", "items need the column of the receipt number")

    @property
    def chosen(self) -> dict[str, str]:
        """The columns there are: field to head."""
        return {name: head for name in COLUMNS if (head := getattr(self, name))}


@dataclass(frozen=True)
class Sale:
    """One line of the till: what was paid and when. A refund is below 0."""

    line: int
    at: datetime
    amount: Money
    tax: Money | None = None
    units: int | None = None
    customers: int | None = None
    receipt: str = ""


@dataclass(frozen=True)
class Repeated:
    """A line whose receipt number stood in the file before, on line ``first``; ``same``: it says the same as that."""

    line: int
    receipt: str
    first: int
    same: bool


@dataclass(frozen=True)
class Refused:
    """A cell that cannot be read: where it stands, and why. Line 0: the sum of the column."""

    line: int
    column: str
    message: Message


@dataclass(frozen=True)
class Summed:
    """The hours of one window: how many lines fall into them, and what they come to; None without a line."""

    window: str
    lines: int
    figures: TillFigures | None


@dataclass(frozen=True)
class Look:
    """What a file comes to, before it counts.

    ``outside``: sales outside the hours. ``empty``: numbers of lines without a date or an amount, such as totals.
    Both, and what is ``repeated``, are left out. ``first``: the first sales that count, to be compared with the file.
    """

    windows: tuple[Summed, ...] = ()
    outside: tuple[Sale, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    empty: tuple[int, ...] = ()
    refused: tuple[Refused, ...] = ()
    refunds: int = 0
    first: tuple[Sale, ...] = ()

    @property
    def counts(self) -> dict[str, TillFigures]:
        """What would be declared, by window: nothing while a line cannot be read, because the sums would be wrong."""
        return {} if self.refused else {s.window: s.figures for s in self.windows if s.figures is not None}
