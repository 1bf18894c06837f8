"""Moving the demo's time forward, doing all work that falls due on the way, in order."""

from __future__ import annotations

import threading
from datetime import datetime

from core.clock import DatabaseClock, FixedClock
from core.errors import Busy, require
from web.site import Site
from web.worker import due_work, publish

_moving = threading.Lock()
MOST_STEPS = 20_000


def now(site: Site) -> datetime:
    with site.db.reading() as session:
        return site.clock.now(session)


def move(site: Site, to: datetime) -> list[str]:
    """Move time forward to ``to``. Gives a line for each piece of work done on the way. Raises Invalid for the past."""
    require(to > now(site), "to", "time only moves forward here")
    if not _moving.acquire(timeout=60):
        raise Busy("Somebody else is moving the clock. Please try again in a moment.")
    try:
        return _move(site, to)
    finally:
        _moving.release()


def _move(site: Site, to: datetime) -> list[str]:
    done: list[str] = _work(site)
    for _ in range(MOST_STEPS):
        due = _next(site, to)
        if due is None:
            break
        _set(site, due)
        done += _work(site)
    _set(site, to)
    return done + _work(site)


def _next(site: Site, to: datetime) -> datetime | None:
    """The earliest instant after the present, up to ``to``, at which something falls due."""
    with site.db.reading() as session:
        present = site.clock.now(session)
        instants = [at for work in due_work(site) if (at := work.next_at(session)) and present < at <= to]
    return min(instants, default=None)


def _work(site: Site) -> list[str]:
    """Everything that is due now, until nothing is: one piece of work may make another due."""
    done: list[str] = []
    for _ in range(50):
        publish(site)
        lines = [line for work in due_work(site) for line in work.run(site.db)]
        done += lines
        if not lines:
            break
    return done


def _set(site: Site, instant: datetime) -> None:
    with site.db.writing() as session:
        clock = site.clock
        assert isinstance(clock, (DatabaseClock, FixedClock))
        if instant > clock.now(session):
            clock.move_to(session, instant)


def catch_up(site: Site) -> list[str]:
    """Do what is due at the present instant, without waiting for the worker."""
    with _moving:
        return _work(site)
