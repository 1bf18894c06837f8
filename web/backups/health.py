"""The operator's check-up: what is wrong with this installation, in words that say what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from campaigns import queries as campaigns
from core import health, migrate
from core.clock import DatabaseClock
from core.db import Database
from core.settings import Settings

SILENT_FOR = timedelta(seconds=60)
STUCK_AFTER = timedelta(hours=1)
LEAST_FREE = 500 * 1024 * 1024

Say = Callable[[str], None]


def doctor(settings: Settings, say: Say) -> int:
    """Say of each thing whether it is well. Exit code 0 when all is, else 1."""
    wrong = [*_settings(settings), *_disk(settings), *_database(settings)]
    for line in wrong:
        say(f"wrong: {line}")
    if not wrong:
        say("All is well: settings, disk, database, migrations, worker, campaigns, mail.")
    return 1 if wrong else 0


def _settings(settings: Settings) -> list[str]:
    try:
        settings.check()
    except ValueError as unfit:
        return [str(unfit)]
    return []


def _disk(settings: Settings) -> list[str]:
    if not settings.home.exists():
        return [f"the home folder {settings.home} does not exist: run carrotmob migrate"]
    free = shutil.disk_usage(settings.home).free
    return [f"only {free // 1024 // 1024} MB are free on the disk of {settings.home}"] if free < LEAST_FREE else []


def _database(settings: Settings) -> list[str]:
    try:
        if not migrate.is_current(settings.url):
            return ["the database is not at the newest migration: run carrotmob migrate"]
        database = Database(settings.url, DatabaseClock())
        try:
            with database.reading() as session:
                return _work(session, database)
        finally:
            database.dispose()
    except SQLAlchemyError as refused:
        return [f"the database does not answer: {refused}"]


def _work(session: Session, database: Database) -> list[str]:
    now = database.clock.now(session)
    wrong = []
    beat = health.last_beat(session, "worker")
    if beat is None or now - beat > SILENT_FOR:
        wrong.append("no worker has given a sign of life for a minute: is carrotmob serve or worker running?")
    if late := campaigns.overdue(session, now - SILENT_FOR):
        wrong.append(f"{late} campaigns are overdue: their deadline passed and nobody looked")
    if waiting := health.waiting_mail(session, due_before=now - STUCK_AFTER):
        wrong.append(f"{waiting} mails should have gone out an hour ago: check CARROTMOB_SMTP_URL")
    return wrong
