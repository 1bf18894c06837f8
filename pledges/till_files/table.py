"""The file as a table: its heads, wherever they stand, and its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core import sheets
from core.errors import require
from pledges.till_files.columns import meaning
from pledges.till_files.values import MOST_BYTES, MOST_LINES

_LATEST_HEADS = 20
"""Tills print the shop's name and the day above the table: the heads stand in one of the first lines."""


@dataclass(frozen=True)
class Table:
    """Heads that differ, and the lines below them by number. ``encoding`` and ``separator``: as they were found."""

    heads: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str
    separator: str

    def column(self, head: str) -> list[str]:
        """The cells of a column; none for a head that is not there."""
        if head not in self.heads:
            return []
        place = self.heads.index(head)
        return [cells[place].strip() if place < len(cells) else "" for _, cells in self.lines]


def open_table(content: bytes, field: str) -> Table:
    """Read a file. Raises Invalid for no text, for too much of it, and for a table without lines."""
    require(content, field, "choose the till's file")
    require(len(content) <= MOST_BYTES, field, "a file of 2 MB at most: export the day, not the year")
    text, encoding = sheets.decode(content, field)
    found = [(line, tuple(cells)) for line, cells in sheets.lines(text, field)]
    require(len(found) <= MOST_LINES, field, "at most {most} lines: export the day, not the year", most=MOST_LINES)
    require(len(found) > 1, field, "the file needs a line that names the columns, and lines below it")
    top = max(range(min(_LATEST_HEADS, len(found) - 1)), key=lambda n: (_known(found[n][1]), -n))
    return Table(_unlike(found[top][1]), tuple(found[top + 1 :]), encoding, sheets.separator(text))


def _known(cells: Sequence[str]) -> int:
    """How many cells are heads that a till would write."""
    return len({meaning(cell) for cell in cells} - {""})


def _unlike(cells: Sequence[str]) -> tuple[str, ...]:
    """Heads told apart: a second "Betrag" is "Betrag (2)"; one without a name is called by its place."""
    heads, seen = [], Counter[str]()
    for place, cell in enumerate(cells, start=1):
        head = cell.strip() or f"({place})"
        seen[head] += 1
        heads.append(head if seen[head] == 1 else f"{head} ({seen[head]})")
    return tuple(heads)
