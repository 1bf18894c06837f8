"""Time zones of the whole world, and local times that exist, do not exist, or exist twice."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from core.errors import refuse, require


@lru_cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def zone(name: str, field: str = "timezone") -> ZoneInfo:
    """An IANA zone. Raises Invalid for an unknown name."""
    require(name in _names(), field, "{name} is not a time zone like Europe/Berlin", name=name or "?")
    return ZoneInfo(name)


@lru_cache
def countries() -> dict[str, str]:
    """Country codes by zone, in the table's order: a country's most populous zones first."""
    lines = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


def demand_calendar(year: int, field: str) -> None:
    """Raise Invalid for a year that nobody means. Terms are added to dates: the calendar's end must be far off."""
    require(2000 <= year < 2200, field, "the year must lie between 2000 and 2199")


def instant(moment: datetime, field: str) -> datetime:
    """An instant with an offset, in UTC. Raises Invalid for one without, and for a year that cannot be meant."""
    require(moment.tzinfo is not None, field, "write the offset too, like 2026-06-12T09:00:00+02:00")
    demand_calendar(moment.year, field)
    return moment.astimezone(UTC)


def local_instant(text: str, zone_name: str, field: str) -> datetime:
    """The instant of a local time such as "2026-06-12T09:00", in UTC.

    Raises Invalid for a time that clocks skip on that day; of a time that comes twice, the first is meant.
    """
    try:
        naive = datetime.fromisoformat(text)
    except ValueError:
        refuse(field, "write date and time, like 2026-06-12 09:00")
    require(naive.tzinfo is None, field, "write the local time, without an offset")
    demand_calendar(naive.year, field)
    instant = naive.replace(tzinfo=zone(zone_name)).astimezone(UTC)
    back = instant.astimezone(ZoneInfo(zone_name)).replace(tzinfo=None)
    require(
        back == naive,
        field,
        "{time} does not exist on that day in {zone}: the clocks are put forward",
        time=naive.strftime("%H:%M"),
        zone=zone_name,
    )
    return instant
