"""What customers counted, added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

RECENT = timedelta(days=30)
"""How long a count says something of how it is now."""


@dataclass(frozen=True)
class Counted:
    """How often customers counted lately, the middle of what they counted, and when the last one did."""

    times: int
    middle: Decimal
    last_at: datetime


def counted(counts: Sequence[tuple[datetime, Decimal]]) -> Counted | None:
    """None where nobody counted. The lower of two middles: a shop is not better than half of those who looked say."""
    if not counts:
        return None
    numbers = sorted(value for _, value in counts)
    return Counted(len(counts), numbers[(len(numbers) - 1) // 2], max(at for at, _ in counts))
