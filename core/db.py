"""The database: SQLite by default, PostgreSQL to grow. Transactions are opened by edges only (DESIGN.md, rule 1)."""

from __future__ import annotations

import select
import time
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Engine,
    MetaData,
    String,
    create_engine,
    event,
    func,
    literal_column,
    make_url,
)
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from core import driver
from core.clock import Clock
from core.turns import Turns

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every package's tables stand on; constraints are named so that migrations can speak of them."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in, aware out, UTC in between, on both databases (SQLite alone would give naive ones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> str:
    """A fresh random identity: 32 hexadecimal digits that tell nothing."""
    return uuid.uuid4().hex


class Database:
    """An engine, its clock, and the two ways to open a transaction."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.url = url
        self.clock = clock
        self.writes = 0
        """How often this process has committed something: what was read before the last time may be old."""
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(writing=True)
        self._turns = Turns() if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One use-case's transaction: committed at the end, rolled back when it raises. Raises Busy after 5 s' wait."""
        with self._turn(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session
        self.writes += 1

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A snapshot to read from; never queues behind a writer, never commits."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def dispose(self) -> None:
        self.engine.dispose()

    def _turn(self) -> AbstractContextManager[None]:
        return self._turns.turn() if self._turns else nullcontext()


_LOCKS = {True: "pg_advisory_xact_lock_shared", False: "pg_advisory_xact_lock"}
"""PostgreSQL's locks on a number that stands for a text, to the end of the transaction: shared, and exclusive."""


def lock(session: Session, key: str, *, shared: bool = False) -> None:
    """Hold the advisory lock ``key`` to the end of the transaction. SQLite has one writer: nothing to do there."""
    if session.get_bind().dialect.name == "postgresql":
        driver.run(driver.connection_of(session), f"SELECT {_LOCKS[shared]}(hashtextextended(%s, 0))", (key,))


def locking(kind: str, name: ColumnElement[str], *, shared: bool = False) -> ColumnElement[None]:
    """The lock ``kind:name`` as a column of a query, for each row found: no trip of its own. PostgreSQL only."""
    key = literal_column(f"'{kind}:'", String) + name
    taken: ColumnElement[None] = getattr(func, _LOCKS[shared])(func.hashtextextended(key, literal_column("0")))
    return taken


def is_alone(session: Session) -> bool:
    """Whether this transaction keeps every other writer out by itself: SQLite has one writer at a time."""
    return session.get_bind().dialect.name == "sqlite"


def _engine(url: str) -> Engine:
    """What is written stays out of logs and errors: addresses, and bids while they are sealed."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, pool_size=20, max_overflow=20, connect_args={"timeout": 10}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
    connect_args = {"options": options, "connect_timeout": 10}
    engine = create_engine(url, pool_size=20, max_overflow=20, connect_args=connect_args, hide_parameters=True)
    _check_connections(engine)
    return engine


_RESTED_S = 5.0
"""A connection that rested longer may have been dropped by something on the way without a word."""


def _check_connections(engine: Engine) -> None:
    """Hand out no connection that the server has closed: then its socket has something to say.

    A question to the server before every transaction (``pool_pre_ping``) would cost a trip each time; only one that
    rested a while is asked.
    """

    def rest(connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    def check(connection: Any, record: Any, _proxy: object) -> None:
        rested = time.monotonic() - record.info.get("rests_since", time.monotonic())
        if rested < _RESTED_S and not _speaks(connection.fileno()):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError("the server has closed this connection") from error

    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", check)


def _speaks(file: int) -> bool:
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(0))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself: _begin_sqlite does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    driver.run(connection, "BEGIN IMMEDIATE" if writing else "BEGIN")
