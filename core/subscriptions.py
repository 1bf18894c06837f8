"""Readers of the record that do something about facts: in order, each fact once per subscriber."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import record
from core.db import Database, lock
from core.facts import Recorded
from core.tables import FactRow, ReaderRow

Handler = Callable[[Session, Recorded], None]


def deliver(db: Database, name: str, handler: Handler, batch: int = 200) -> int:
    """Hand the next facts to ``handler`` and remember how far it came, in one transaction. Returns how many.

    A crash rolls both back, so what the handler wrote and what it has read always agree.
    """
    with db.reading() as session:
        if _position(session, name) >= (session.scalar(select(func.max(FactRow.position))) or 0):
            return 0
    with db.writing() as session:
        reader = _claim(session, name)
        facts = list(record.read(session, after=reader.position, limit=batch, public_only=False))
        for fact in facts:
            handler(session, fact)
            reader.position = fact.position
        return len(facts)


def _position(session: Session, name: str) -> int:
    return session.scalar(select(ReaderRow.position).where(ReaderRow.name == name)) or 0


def _claim(session: Session, name: str) -> ReaderRow:
    """The subscriber's place, locked, so that two workers do not read the same facts."""
    lock(session, f"reader:{name}")
    row = session.get(ReaderRow, name, with_for_update=True)
    if row is None:
        row = ReaderRow(name=name, position=0)
        session.add(row)
    return row
