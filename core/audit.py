"""Who did what behind sign-in, kept for the operator. Ids only, never names or addresses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core.prepared import Prepared
from core.tables import AuditRow

_NOTE = Prepared(AuditRow)


def note(session: Session, actor: str, action: str, subject: str, at: datetime) -> None:
    _NOTE.run(session, {"actor": actor, "action": action, "subject": subject, "at": at})
