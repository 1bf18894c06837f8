"""Rate limits are counted in the database, so that every process counts the same."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from core import limits
from core.clock import FixedClock
from core.db import Database
from core.errors import TooMany
from core.tables import RateRow
from tests.at_once import outcomes


def ask(database: Database, key: str = "sign-in:lea@example.org", most: int = 3, seconds: int = 60) -> None:
    with database.writing() as session:
        limits.count(session, key, most, seconds, database.clock.now(session))


def kept(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(RateRow)) or 0


def test_so_many_requests_are_answered_and_one_more_is_told_when_to_come_again(database: Database, clock: FixedClock):
    clock.advance(seconds=18)
    for _ in range(3):
        ask(database)
    with pytest.raises(TooMany) as refused:
        ask(database)
    assert refused.value.retry_after == 42
    assert "in 42 seconds" in str(refused.value)


def test_after_the_window_it_begins_anew(database: Database, clock: FixedClock):
    for _ in range(3):
        ask(database)
    clock.advance(seconds=60)
    ask(database)


def test_each_key_and_each_length_of_window_is_counted_by_itself(database: Database):
    for _ in range(3):
        ask(database)
    ask(database, "sign-in:max@example.org")
    ask(database, seconds=3600)
    with pytest.raises(TooMany):
        ask(database)


def test_many_at_once_do_not_slip_through(database: Database):
    done, refused = outcomes(12, lambda _: ask(database, most=5))
    assert (len(done), len(refused)) == (5, 7)


def test_windows_that_have_passed_are_forgotten_whatever_their_length(database: Database, clock: FixedClock):
    for seconds in (1, 60, 86_400):
        ask(database, seconds=seconds)
    clock.advance(hours=12)
    ask(database)
    with database.writing() as session:
        limits.forget_old(session, clock.instant)
    assert kept(database) == 4
    clock.advance(days=3)
    with database.writing() as session:
        limits.forget_old(session, clock.instant)
    assert kept(database) == 0
