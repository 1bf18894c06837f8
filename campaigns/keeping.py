"""How long a kept promise is looked at again: frozen before bidding opens, so that every bidder knows it."""

from __future__ import annotations

from core.errors import require

RECHECKS = (6, 12, 48)
"""After how many months a kept promise is asked about again, where nothing else is set (DOMAIN.md, 18)."""
MOST_MONTHS = 120
UNSAID: dict[str, object] = {"slots": None, "region": "", "rechecks": RECHECKS}
"""Terms that came later stand in the record only where they say something: older records read the same."""


def check_rechecks(months: tuple[int, ...]) -> None:
    """Raise Invalid for months that are out of order or out of reach; none at all is allowed."""
    require(len(months) <= 8, "rechecks", "at most 8 of them")
    in_range = all(1 <= month <= MOST_MONTHS for month in months)
    require(in_range, "rechecks", "whole months, 1 to 120, separated by commas")
    require(list(months) == sorted(set(months)), "rechecks", "each later than the one before")
