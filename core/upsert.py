"""INSERT ... ON CONFLICT, which both databases speak and SQLAlchemy keeps in two dialects."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.db import Base


def insert_into(session: Session, table: type[Base]) -> postgresql.Insert:
    """An insert that may say what to do on conflict. Both dialects' statements have the same face; one is named."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)  # type: ignore[return-value]  # same methods, another class
    return postgresql.insert(table)
