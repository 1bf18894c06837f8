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


def _clipped(percent: Decimal) -> Decimal:
    return max(Decimal(0), min(_FULL, percent)).quantize(Decimal("0.1"))
