"""The driver itself, for the few statements that every use-case repeats: what SQLAlchemy puts around one of them costs
more than the database takes to run it. Whoever counts statements still sees them, and errors are SQLAlchemy's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session


def connection_of(session: Session) -> Connection:
    """The connection of the session's transaction, asked for once: each time costs as much as a small statement."""
    held: Connection | None = session.info.get("connection")
    if held is None or held.closed:
        held = session.info["connection"] = session.connection()
    return held


def run(connection: Connection, statement: str, parameters: Any = ()) -> Any:
    """Run one statement in the transaction that is open; gives the driver's cursor. Both drivers have this face."""
    for told in connection.dispatch.before_cursor_execute:
        told(connection, None, statement, parameters, None, False)
    try:
        return connection.connection.driver_connection.execute(statement, parameters)  # type: ignore[union-attr]  # both have it
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy(connection, statement, error) from error


@contextmanager
def together(session: Session) -> Iterator[None]:
    """Send the statements of the block in one trip, where the driver can: PostgreSQL's pipeline.

    For inserts whose outcome nobody asks for: how many rows they made is not known before the end of the block, where
    an error of any of them is raised.
    """
    connection = connection_of(session)
    if connection.dialect.name == "sqlite":
        yield
        return
    try:
        with connection.connection.driver_connection.pipeline():  # type: ignore[union-attr]  # psycopg's has it
            yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy(connection, "statements sent together", error) from error


def _as_sqlalchemy(connection: Connection, statement: str, error: Any) -> BaseException:
    """The driver's error as SQLAlchemy tells it; a connection that broke is not used again."""
    dialect = connection.dialect
    if dialect.is_disconnect(error, connection.connection.driver_connection, None):
        connection.invalidate(error)
    told: BaseException = DBAPIError.instance(statement, None, error, dialect.loaded_dbapi.Error, dialect=dialect)
    return told
