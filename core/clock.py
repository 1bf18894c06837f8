"""The only place that knows what time it is (DESIGN.md, rule 5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.orm import Session

from core import driver

# Given to the driver as they are: every use-case asks for the time.
_NOW = {
    "postgresql": "SELECT clock_timestamp(), (SELECT shift_us FROM demo_clock WHERE id = 1)",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now'), (SELECT shift_us FROM demo_clock WHERE id = 1)",
}
_SET = text("INSERT INTO demo_clock (id, shift_us) VALUES (1, :shift) ON CONFLICT (id) DO UPDATE SET shift_us = :shift")


class Clock(Protocol):
    """Gives the present instant, in UTC. Ask it only after the lock that decides has been taken."""

    def now(self, session: Session) -> datetime: ...


class DatabaseClock:
    """The database's time, plus the offset that a demo has stored. One time for every process on that database."""

    def now(self, session: Session) -> datetime:
        real, shift = self._read(session)
        return real + shift

    def move_to(self, session: Session, instant: datetime) -> None:
        """Make ``instant`` the present. For the demo only: its callers make sure of that."""
        real, _ = self._read(session)
        session.execute(_SET, {"shift": (instant - real) // timedelta(microseconds=1)})

    def _read(self, session: Session) -> tuple[datetime, timedelta]:
        connection = driver.connection_of(session)
        row = driver.run(connection, _NOW[connection.dialect.name]).fetchone()
        real = row[0] if isinstance(row[0], datetime) else datetime.fromisoformat(row[0]).replace(tzinfo=UTC)
        return real.astimezone(UTC), timedelta(microseconds=row[1] or 0)


def is_shifted(session: Session) -> bool:
    """Whether this database's time has been moved: it is a demo's."""
    return bool(session.scalar(text("SELECT shift_us FROM demo_clock WHERE id = 1")))


class FixedClock:
    """A clock that stands still until it is set: for tests and for seeding."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self, session: Session) -> datetime:
        return self.instant

    def set(self, instant: datetime) -> None:
        self.instant = instant

    def advance(self, **by: float) -> None:
        self.instant += timedelta(**by)

    def move_to(self, session: Session, instant: datetime) -> None:
        self.instant = instant


def wall_clock() -> datetime:
    """The machine's own time, for log lines and temporary files only: no rule may depend on it."""
    return datetime.now(UTC)
