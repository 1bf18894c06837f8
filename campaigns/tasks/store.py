"""Lines of the shared list to rows and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaigns.tasks.tables import TaskRow
from campaigns.tasks.values import Side, Task


def tasks(session: Session, campaign_ids: Collection[str], business: str) -> dict[str, tuple[Task, ...]]:
    """By campaign, a business's lists as far as they were begun, in order, with what was taken away: one query."""
    query = select(TaskRow).where(TaskRow.campaign_id.in_(campaign_ids), TaskRow.business_id == business)
    found: dict[str, tuple[Task, ...]] = {}
    for row in session.scalars(query.order_by(TaskRow.campaign_id, TaskRow.place)):
        found[row.campaign_id] = (*found.get(row.campaign_id, ()), _task(row))
    return found


def put(session: Session, campaign_id: str, business: str, changed: Iterable[Task]) -> None:
    for task in changed:
        row = TaskRow(
            campaign_id=campaign_id, business_id=business, id=task.id, words=task.words, by=task.by.value,
            place=task.place, day=task.day, done_by=task.done_by.value if task.done_by else None, done_at=task.done_at,
            removed=task.removed,
        )  # fmt: skip
        session.merge(row)
    session.flush()


def _task(row: TaskRow) -> Task:
    done_by = Side(row.done_by) if row.done_by else None
    return Task(row.id, row.words, Side(row.by), row.place, row.day, done_by, row.done_at, row.removed)
