"""The doctor says what is wrong, and only that."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core import health, outbox
from core.clock import DatabaseClock
from core.db import Database
from core.settings import Settings
from tests.stages import make_campaign
from web import backups
from web.backups import health as check_up


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database_url=database_url)


def findings(settings: Settings) -> tuple[int, list[str]]:
    said: list[str] = []
    code = backups.doctor(settings, said.append)
    return code, [line for line in said if line.startswith("wrong")]


def beat(database: Database, ago: float = 0) -> None:
    with database.writing() as session:
        health.beat(session, "worker", DatabaseClock().now(session) - timedelta(seconds=ago))


def test_a_sound_installation_is_well(database: Database, settings: Settings):
    beat(database)
    assert findings(settings) == (0, [])


def test_a_silent_worker_is_named(database: Database, settings: Settings):
    beat(database, ago=300)
    code, (line,) = findings(settings)
    assert code == 1
    assert line.startswith("wrong: worker: no sign of life")


def test_overdue_campaigns_and_stuck_mail_are_counted(database: Database, settings: Settings):
    beat(database)
    with database.writing() as session:
        now = DatabaseClock().now(session)
        opening = timedelta(days=10)
        database.clock.set(now - opening - timedelta(hours=1))  # type: ignore[attr-defined]  # a fixed clock here
        make_campaign(session, database.clock)
        outbox.enqueue(session, "sign_in", "lea@example.org", now - timedelta(hours=2))
    assert findings(settings) == (
        1,
        [
            "wrong: campaigns: 1 overdue: a deadline has passed and nobody looked",
            "wrong: mail: 1 should have gone out an hour ago: look at CARROTMOB_SMTP_URL",
        ],
    )


def test_a_full_disk_is_named(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    beat(database)
    monkeypatch.setattr(check_up, "LEAST_FREE_MB", 10**12)
    _, (line,) = findings(settings)
    assert line.startswith("wrong: disk: only ")


def test_unfit_settings_are_named(database: Database, settings: Settings):
    beat(database)
    unfit = settings.model_copy(update={"environment": "production"})
    _, (line,) = findings(unfit)
    assert "CARROTMOB_SECRET_KEY is missing" in line


def test_without_a_database_it_says_how_to_make_one_and_makes_none(tmp_path: Path):
    fresh = Settings(home=tmp_path)
    code, (line,) = findings(fresh)
    assert code == 1
    assert line.endswith("run carrotmob migrate")
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_named(tmp_path: Path):
    gone = Settings(home=tmp_path, database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    code, (line,) = findings(gone)
    assert code == 1
    assert "the database does not answer" in line
