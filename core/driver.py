"""The driver itself, for the few statements that every use-case repeats: what SQLAlchemy puts around one of them costs
more than the database takes to run it. Whoever counts statements still sees them, and errors are SQLAlchemy's.
"""

from __future__ import annotations

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
    driver: Any = connection.connection.driver_connection
    dialect = connection.dialect
    try:
        return driver.execute(statement, parameters)
    except dialect.loaded_dbapi.Error as error:
        if dialect.is_disconnect(error, driver, None):
            connection.invalidate(error)
        raise DBAPIError.instance(statement, None, error, dialect.loaded_dbapi.Error, dialect=dialect) from error
