"""The operator's check-up: what is wrong with this installation, in words that say what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from campaigns import queries as campaigns
from core import health, migrate
from core.clock import DatabaseClock
from core.db import Database
from core.errors import Busy
from core.gateway import stored_files
from core.settings import Settings
from web.backups import databases

SILENT_FOR = timedelta(seconds=60)
STUCK_AFTER = timedelta(hours=1)
LEAST_FREE_MB = 500

Say = Callable[[str], None]


def doctor(settings: Settings, say: Say) -> int:
    """Say of each thing whether it is well. Exit code 0 when all is, else 1."""
    wrong = 0
    for name, found in _findings(settings):
        say(f"ok:    {name}" if found is None else f"wrong: {name}: {found}")
        wrong += found is not None
    return 1 if wrong else 0


def _findings(settings: Settings) -> Iterator[tuple[str, str | None]]:
    """Each thing looked at, and what is wrong with it (None: nothing). What cannot be asked is not said to be well."""
    yield "settings", _settings(settings)
    yield "disk", _disk(settings)
    yield "stored files", _files(settings)
    unmigrated = _migrations(settings)
    yield "database and migrations", unmigrated
    if unmigrated is None:
        with _reading(settings) as (session, database):
            yield from _work(session, database)


def _settings(settings: Settings) -> str | None:
    try:
        settings.check()
    except ValueError as unfit:
        return str(unfit)
    return None


def _disk(settings: Settings) -> str | None:
    if not settings.home.exists():
        return f"the home folder {settings.home} does not exist: run carrotmob migrate"
    free = shutil.disk_usage(settings.home).free // 1024**2
    return f"only {free} MB are free where {settings.home} lies" if free < LEAST_FREE_MB else None


def _files(settings: Settings) -> str | None:
    """Asked for one file that may be there: whoever may read the list may serve it."""
    try:
        next(iter(stored_files(settings).names()), None)
    except Busy:
        return "their store does not answer, or refuses the key: look at the CARROTMOB_FILES settings"
    return None


def _migrations(settings: Settings) -> str | None:
    if databases.is_missing(settings.url):
        return "there is no database yet: run carrotmob migrate"
    try:
        current = migrate.is_current(settings.url)
    except SQLAlchemyError as refused:
        return f"the database does not answer: {refused}"
    return None if current else "the database is not at the newest migration: run carrotmob migrate"


@contextmanager
def _reading(settings: Settings) -> Iterator[tuple[Session, Database]]:
    database = Database(settings.url, DatabaseClock())
    try:
        with database.reading() as session:
            yield session, database
    finally:
        database.dispose()


def _work(session: Session, database: Database) -> Iterator[tuple[str, str | None]]:
    now = database.clock.now(session)
    beat = health.last_beat(session, "worker")
    silent = beat is None or now - beat > SILENT_FOR
    yield "worker", "no sign of life for a minute: is carrotmob serve or worker running?" if silent else None
    late = campaigns.overdue(session, now - SILENT_FOR)
    yield "campaigns", f"{late} overdue: a deadline has passed and nobody looked" if late else None
    stuck = health.waiting_mail(session, due_before=now - STUCK_AFTER)
    yield "mail", f"{stuck} should have gone out an hour ago: look at CARROTMOB_SMTP_URL" if stuck else None
