"""Transactions, instants, locks and turns: what every use-case stands on."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from core import audit, driver
from core.clock import DatabaseClock, FixedClock
from core.db import Database, lock, new_id
from core.errors import Busy
from core.prepared import Prepared
from core.tables import AuditRow, DemoClockRow
from core.turns import Turns
from tests.at_once import at_once
from tests.factories import NOW


def rows(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def write_and_crash(database: Database) -> None:
    with database.writing() as session:
        audit.note(session, "lea", "did", "this", NOW)
        session.flush()
        raise RuntimeError("killed")


def test_a_use_case_is_done_whole_or_not_at_all(database: Database):
    with pytest.raises(RuntimeError):
        write_and_crash(database)
    assert rows(database) == 0
    with database.writing() as session:
        audit.note(session, "lea", "did", "this", NOW)
    assert rows(database) == 1


def test_an_instant_comes_back_aware_and_in_utc(database: Database):
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    with database.writing() as session:
        audit.note(session, "lea", "did", "this", tokyo)
    with database.reading() as session:
        held = session.scalars(select(AuditRow.at)).one()
    assert held == NOW
    assert held.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_cannot_be_stored(database: Database):
    with pytest.raises(ValueError, match="needs a time zone"), database.writing() as session:
        audit.note(session, "lea", "did", "this", NOW.replace(tzinfo=None))


def test_a_reader_never_waits_for_a_writer(database: Database):
    with database.writing() as session:
        audit.note(session, "lea", "did", "this", NOW)
        session.flush()
        assert rows(database) == 0


def test_many_read_modify_writes_at_once_lose_nothing(database: Database):
    with database.writing() as session:
        session.add(DemoClockRow(id=1, shift_us=0))

    def add_one(_: int) -> None:
        for _step in range(10):
            with database.writing() as session:
                lock(session, "counter")
                row = session.get_one(DemoClockRow, 1, populate_existing=True)
                row.shift_us += 1

    at_once(6, add_one)
    with database.reading() as session:
        assert session.get_one(DemoClockRow, 1).shift_us == 60


def test_a_lock_is_held_to_the_end_of_the_transaction_and_shared_ones_go_together(database: Database):
    order: list[str] = []
    shared = threading.Barrier(2) if not database.is_sqlite else None

    def work(index: int) -> None:
        with database.writing() as session:
            lock(session, "campaign:1", shared=index < 2)
            if index < 2 and shared:
                shared.wait(10)
            order.extend([f"in {index}", f"out {index}"])

    at_once(2, work)
    work(2)
    assert len(order) == 6


def test_a_foreign_key_is_kept(database: Database):
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(
            text(
                "INSERT INTO member (id, team_id, person_id, role, paid_by, disclosure, created_at)"
                " VALUES ('m', 'none', 'none', 'crew', '', '', '2027-01-01 00:00:00+00:00')"
            )
        )


def test_identities_are_random_and_tell_nothing():
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(id_) == 32 and set(id_) <= set("0123456789abcdef") for id_ in ids)


# Time


def test_the_clock_is_the_databases_and_a_demo_moves_it(database: Database):
    clock = DatabaseClock()
    with database.writing() as session:
        real = clock.now(session)
        assert abs(real - datetime.now(UTC)) < timedelta(minutes=1)
        clock.move_to(session, real + timedelta(days=30))
        clock.move_to(session, real + timedelta(days=40))
    with database.reading() as session:
        assert timedelta(days=40) <= clock.now(session) - real < timedelta(days=40, minutes=1)


def test_within_one_transaction_the_clock_goes_on(database: Database):
    """The time is asked for after the lock: it must be the time then, not when the transaction began."""
    clock = DatabaseClock()
    with database.writing() as session:
        first = clock.now(session)
        while clock.now(session) == first:
            pass
        assert clock.now(session) > first


def test_a_fixed_clock_moves_when_it_is_told(clock: FixedClock, database: Database):
    with database.reading() as session:
        clock.move_to(session, NOW + timedelta(hours=1))
        assert clock.now(session) == NOW + timedelta(hours=1)


# Turns: one writer at a time, first in, first out


def test_turns_are_taken_in_the_order_of_asking():
    turns = Turns()
    order: list[int] = []
    asked = [threading.Event() for _ in range(4)]
    threads = []
    with turns.turn():
        for n, event in enumerate(asked):
            threads.append(threading.Thread(target=_take, args=(turns, order, n)))
            threads[-1].start()
            while len(turns._waiting) <= n:
                pass
            event.set()
    for thread in threads:
        thread.join(10)
    assert order == [0, 1, 2, 3]


def _take(turns: Turns, order: list[int], n: int) -> None:
    with turns.turn():
        order.append(n)


def test_who_waits_too_long_is_sent_away_and_the_turn_goes_on():
    turns = Turns(patience=0.01)
    with turns.turn(), pytest.raises(Busy, match="Nothing was lost") as busy, turns.turn():
        pytest.fail("two turns at once")
    assert busy.value.retry_after > 0
    with turns.turn():
        pass


def test_a_turn_ends_also_where_the_work_fails():
    turns = Turns(patience=0.01)
    with pytest.raises(RuntimeError), turns.turn():
        raise RuntimeError("killed")
    with turns.turn():
        pass


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_writer_who_waits_too_long_for_sqlite_is_told_that_nothing_was_lost(database: Database):
    database._turns = Turns(patience=0.01)
    with database.writing(), pytest.raises(Busy), database.writing():
        pytest.fail("two writers at once")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_connection_that_the_server_has_closed_is_not_handed_out(database: Database):
    with database.reading() as session:
        gone = session.scalar(text("SELECT pg_backend_pid()"))
    other = Database(database.url, database.clock)
    with other.reading() as session:
        session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": gone})
    other.dispose()
    assert rows(database) == 0


def test_statements_sent_together_are_done_together_or_not_at_all(database: Database):
    once = Prepared(AuditRow)

    def write(*numbers: int) -> None:
        with database.writing() as session, driver.together(session):
            for number in numbers:
                once.run(session, row | {"seq": number})

    row = {"at": NOW, "actor": "lea", "action": "did", "subject": "this"}
    write(1, 2)
    assert rows(database) == 2
    with pytest.raises(IntegrityError):
        write(3, 1)
    assert rows(database) == 2
