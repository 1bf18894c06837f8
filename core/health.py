"""Signs of life: what an operator, a load balancer and Prometheus ask about the ground floor."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.tables import FactRow, HeartbeatRow, MailRow


def beat(session: Session, name: str, now: datetime) -> None:
    """Leave a sign of life of one kind of process."""
    session.merge(HeartbeatRow(name=name, at=now))


def last_beat(session: Session, name: str) -> datetime | None:
    return session.scalar(select(HeartbeatRow.at).where(HeartbeatRow.name == name))


def facts(session: Session) -> int:
    """How many facts were ever appended."""
    return session.scalar(select(func.max(FactRow.seq))) or 0


def waiting_mail(session: Session, due_before: datetime | None = None) -> int:
    """How many mails are still to be sent; only those due before an instant where one is given."""
    query = select(func.count()).where(MailRow.done_at.is_(None))
    if due_before is not None:
        query = query.where(MailRow.due_at < due_before)
    return session.scalar(query) or 0
