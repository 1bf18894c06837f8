"""Pages to look at and the looks that were taken, to rows and back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from businesses.pages import Answer, Looked
from businesses.tables import PageLookRow, PageWatchRow
from core.errors import NotFound


def schedule(session: Session, obligation_id: str, due_at: datetime | None) -> None:
    """When the page of a promise is looked at next; None: not any more."""
    row = session.get(PageWatchRow, obligation_id)
    if row is None:
        session.add(PageWatchRow(obligation_id=obligation_id, due_at=due_at))
    else:
        row.due_at = due_at
    session.flush()


def claim(session: Session, now: datetime, lease: timedelta, limit: int) -> list[str]:
    """Take the promises whose pages are due for the time of ``lease``. Commit before reading them."""
    due = select(PageWatchRow).where(PageWatchRow.due_at <= now).order_by(PageWatchRow.due_at).limit(limit)
    rows = list(session.scalars(due.with_for_update(skip_locked=True)))
    for row in rows:
        row.due_at = now + lease
    session.flush()
    return [row.obligation_id for row in rows]


def next_due(session: Session) -> datetime | None:
    query = select(PageWatchRow.due_at).where(PageWatchRow.due_at.is_not(None))
    return session.scalar(query.order_by(PageWatchRow.due_at).limit(1))


def put(session: Session, held: Looked) -> None:
    session.merge(
        PageLookRow(
            id=held.id,
            obligation_id=held.obligation,
            at=held.at,
            url=held.url,
            answer=held.answer.value,
            status=held.status,
            sha256=held.sha256,
            words=held.words,
            found=held.found,
            why=held.why,
            by=held.by,
            answered_at=held.answered_at,
            note=held.note,
        )
    )
    session.flush()


def by_id(session: Session, look_id: str) -> Looked:
    """Raises NotFound."""
    row = session.get(PageLookRow, look_id, populate_existing=True)
    if row is None:
        raise NotFound("There is no such look at a page")
    return _looked(row)


def newest(session: Session, obligation_id: str, limit: int = 20) -> list[Looked]:
    """The last looks at a promise's page, newest first."""
    query = select(PageLookRow).where(PageLookRow.obligation_id == obligation_id)
    return [_looked(row) for row in session.scalars(query.order_by(PageLookRow.at.desc(), PageLookRow.id).limit(limit))]


def _looked(row: PageLookRow) -> Looked:
    return Looked(
        id=row.id,
        obligation=row.obligation_id,
        at=row.at,
        url=row.url,
        answer=Answer(row.answer),
        status=row.status,
        sha256=row.sha256,
        words=row.words,
        found=row.found,
        why=row.why,
        by=row.by,
        answered_at=row.answered_at,
        note=row.note,
    )
