"""Parts of a photo or a note that must not be seen: chosen as squares of a grid, as drawn boxes, or as words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from core.errors import refuse, require

COLUMNS, ROWS = 6, 8
MOST_BOXES = 48
BLOCK = "█████"
"""What stands in the place of words: as long as it is, it tells nothing of how long they were."""


@dataclass(frozen=True)
class Box:
    """A part of a picture, in percent of its width and height from the upper left."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal

    def __post_init__(self) -> None:
        sides = (self.x, self.y, self.width, self.height)
        require(all(side.is_finite() and side >= 0 for side in sides), "boxes", "a box lies within the picture")
        require(self.width > 0 and self.height > 0, "boxes", "a box has a width and a height")
        inside = self.x + self.width <= 100 and self.y + self.height <= 100
        require(inside, "boxes", "a box lies within the picture")


def of_cells(chosen: Iterable[str]) -> tuple[Box, ...]:
    """Squares of the grid ("row-column", from 0) as boxes: neighbours in a row become one, and equal rows, too."""
    cells = {_cell(each) for each in chosen}
    runs: dict[tuple[int, int], list[int]] = {}
    for row in range(ROWS):
        for first, last in _runs(sorted(column for r, column in cells if r == row)):
            runs.setdefault((first, last), []).append(row)
    return tuple(_box(columns, rows) for columns, held in sorted(runs.items()) for rows in _runs(held))


def _cell(text: str) -> tuple[int, int]:
    row, _, column = text.partition("-")
    fits = row.isdecimal() and column.isdecimal() and len(text) <= 3
    require(fits and int(row) < ROWS and int(column) < COLUMNS, "boxes", "choose squares of the picture")
    return int(row), int(column)


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Numbers that follow each other, as the first and the last of each run."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _box(columns: tuple[int, int], rows: tuple[int, int]) -> Box:
    wide, high = Decimal(100) / COLUMNS, Decimal(100) / ROWS
    left, top = columns[0] * wide, rows[0] * high
    return Box(left, top, min((columns[1] + 1) * wide, Decimal(100)) - left, (rows[1] + 1) * high - top)


def of_drawn(text: str) -> tuple[Box, ...]:
    """Boxes as a browser drew them: "12.5,40,20,10;..." as x, y, width, height."""
    drawn = [part for part in text.split(";") if part.strip()]
    return of_numbers(part.split(",") for part in drawn)


def of_numbers(sent: Iterable[list[str]]) -> tuple[Box, ...]:
    """Boxes of four decimal numbers each. Raises Invalid for anything else."""
    try:
        return tuple(Box(*(Decimal(number.strip()) for number in four)) for four in sent)
    except (InvalidOperation, TypeError):
        refuse("boxes", "a box has four numbers: x, y, width, height, in percent")


def demand_boxes(boxes: tuple[Box, ...]) -> None:
    """Raise Invalid for none, and for too many."""
    require(boxes, "boxes", "mark what must not be seen")
    require(len(boxes) <= MOST_BOXES, "boxes", "at most {most} parts", most=MOST_BOXES)


def without(note: str, passage: str) -> tuple[str, int]:
    """The note with a passage taken out wherever it stands, and how often that was."""
    wanted = passage.strip()
    require(len(wanted) >= 2, "passage", "write the words that must not be seen")
    require(wanted in note, "passage", "these words do not stand there; write them exactly as they do")
    return note.replace(wanted, BLOCK), note.count(wanted)
