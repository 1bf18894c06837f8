"""Where things stand on a bar: the geometry of the ladder, in percent of its length."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_AFTER_LAST_STEP = Decimal("95.5")
_FULL = Decimal(100)


@dataclass(frozen=True)
class Track:
    """A bar: ``real`` is solid, from there to ``end`` promised (hatched), the rest empty; ``marks`` are the steps."""

    real: Decimal
    end: Decimal
    marks: tuple[Decimal, ...] = ()

    @classmethod
    def of(cls, real: Decimal, promised: Decimal, steps: list[Decimal]) -> Track:
        """Amounts on the scale of the steps (one at least), which ends 4.5 percent after the last one."""
        per_unit = _AFTER_LAST_STEP / steps[-1]
        return cls(
            _clipped(real * per_unit),
            _clipped((real + promised) * per_unit),
            tuple(_clipped(s * per_unit) for s in steps),
        )

    @classmethod
    def part(cls, part: Decimal | int, whole: Decimal | int, real: bool = False) -> Track:
        """A simple bar: ``part`` of ``whole``, hatched as promised, or solid where it is ``real``."""
        end = _clipped(Decimal(part) * 100 / Decimal(whole)) if whole else Decimal(0)
        return cls(end if real else Decimal(0), end)

    @property
    def rest(self) -> Decimal:
        return _FULL - self.end


@dataclass(frozen=True)
class Stair:
    """From ``at`` on, over ``width`` percent of the length, what is promised reaches ``top`` (pixels from above)."""

    at: Decimal
    width: Decimal
    top: int


@dataclass(frozen=True)
class Stairs:
    """A plot that rises by one step at each mark; ``before`` the first nothing is promised."""

    height: int
    before: Decimal
    steps: tuple[Stair, ...]

    @classmethod
    def of(cls, marks: list[Decimal]) -> Stairs:
        """Marks in rising order (one at least), on a scale that ends 4.5 percent after the last one."""
        per_unit = _AFTER_LAST_STEP / marks[-1] if marks[-1] else Decimal(0)
        starts = [*(_clipped(mark * per_unit) for mark in marks), _FULL]
        height = _RISE * len(marks) + _HEADROOM
        tops = [height - _RISE * n for n in range(1, len(marks) + 1)]
        ends = zip(starts, starts[1:], tops, strict=False)
        return cls(height, starts[0], tuple(Stair(at, end - at, top) for at, end, top in ends))


_RISE = 30
"""So high that the numbers of two steps never lie on each other, even where both begin at once."""
_HEADROOM = 18


@dataclass(frozen=True)
class Column:
    """A bar of a plot with its range: from ``at`` on (percent of the width), heights in pixels from above."""

    at: Decimal
    width: Decimal
    middle: Decimal
    top: int
    low: int
    high: int


@dataclass(frozen=True)
class Columns:
    """Bars side by side, hatched to what is likely; ``limit`` (pixels from above) is a line that all stay below."""

    height: int
    gap: Decimal
    bars: tuple[Column, ...]
    limit: int | None

    @classmethod
    def of(cls, values: list[tuple[int, int, int]], limit: int | None = None) -> Columns:
        """Values as (low, likely, high), one at least, on a scale that the highest of all fills but for its number."""
        most = max([high for _, _, high in values] + [limit or 0, 1])
        step = _FULL / len(values)
        gap = _clipped(step * _GAP)

        def y(value: int) -> int:
            return _ABOVE + (_TALL - _ABOVE) * (most - value) // most

        bars = tuple(
            Column(_clipped(n * step) + gap, _clipped(step) - gap, _clipped(n * step + (step + gap) / 2), *map(y, of))
            for n, of in enumerate((likely, low, high) for low, likely, high in values)
        )
        return cls(_TALL, gap, bars, None if limit is None else y(limit))


_TALL, _ABOVE = 180, 26
_GAP = Decimal("0.16")


def _clipped(percent: Decimal) -> Decimal:
    return max(Decimal(0), min(_FULL, percent)).quantize(Decimal("0.1"))
