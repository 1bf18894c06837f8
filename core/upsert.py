"""INSERT ... ON CONFLICT, which both databases speak and SQLAlchemy keeps in two dialects."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.db import Base


def table_of(mapped: type[Base]) -> Table:
    """The table behind a mapping: writing to it costs half of writing through the mapping."""
    table = mapped.__table__
    assert isinstance(table, Table)
    return table


def insert_into(session: Session, mapped: type[Base]) -> postgresql.Insert:
    """An insert that may say what to do on conflict."""
    return insert_for(session.get_bind().dialect.name, mapped)


def insert_for(dialect: str, mapped: type[Base]) -> postgresql.Insert:
    """The same for a dialect by name. Both dialects' statements have the same face; one is named."""
    if dialect == "sqlite":
        return sqlite.insert(table_of(mapped))  # type: ignore[return-value]  # same methods, another class
    return postgresql.insert(table_of(mapped))
