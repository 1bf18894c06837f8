"""Who did what behind sign-in, kept for the operator. Ids only, never names or addresses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.tables import AuditRow


def note(session: Session, actor: str, action: str, subject: str, at: datetime) -> None:
    session.execute(insert(AuditRow).values(actor=actor, action=action, subject=subject, at=at))
