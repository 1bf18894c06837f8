"""Reads about people for the rooms above."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from accounts import store
from accounts.rules import Person
from accounts.tables import PersonRow


def person(session: Session, person_id: str) -> Person | None:
    row = store.by_id(session, person_id)
    return store.person(row) if row else None


def person_by_email(session: Session, email: str) -> Person | None:
    row = store.by_email(session, email.strip().lower())
    return store.person(row) if row else None


def people(session: Session, ids: Iterable[str]) -> dict[str, Person]:
    """Several people at once, by id."""
    rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(list(ids))))
    return {row.id: store.person(row) for row in rows}


def local_hours() -> Subquery:
    """Each person's ``id``, ``timezone`` and ``digest_hour``, for the rooms above to join with."""
    return select(PersonRow.id, PersonRow.timezone, PersonRow.digest_hour).subquery()
