"""Working days: neither weekend nor public holiday, by the list of a country or of one of its parts. Pure: no I/O."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from core.errors import refuse

if TYPE_CHECKING:
    from holidays import HolidayBase

MOST = 1000
"""How many working days a term may have: about four years."""


def after(day: date, count: int, region: str) -> date:
    """The ``count``-th working day after ``day``. Raises Invalid for a region whose public holidays are not known.

    ``region`` is a country or a part of one, by ISO 3166: "DE", "DE-BW".
    """
    known = _calendar(region)
    while count:
        day += timedelta(days=1)
        count -= known.is_working_day(day)
    return day


def demand_known(region: str, field: str = "due_working_days") -> None:
    """Raise Invalid unless the public holidays of a region are known."""
    country, _, own = region.partition("-")
    if country not in _countries():
        refuse(field, "no list of public holidays is known for {country}: say a date, or weeks", country=country or "?")
    parts = [part for part in _countries()[country] if re.fullmatch(r"[A-Z0-9]{1,3}", part)]
    if own and parts and own not in parts:
        refuse(
            field,
            "there is no {region}: name one of {parts}, or the country alone",
            region=region,
            parts=", ".join(parts),
        )


@lru_cache
def _countries() -> dict[str, list[str]]:
    found: dict[str, list[str]] = _library().list_supported_countries()
    return found


@lru_cache(maxsize=64)
def _calendar(region: str) -> HolidayBase:
    """The days of a region; where only those of its country are listed, these."""
    demand_known(region)
    country, _, own = region.partition("-")
    held: HolidayBase = _library().country_holidays(country, subdiv=own if own in _countries()[country] else None)
    return held


def _library() -> ModuleType:
    import holidays  # noqa: PLC0415 - 60 ms: paid by the first who counts working days, not by every start

    return holidays
