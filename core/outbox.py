"""Mail that is to be written: enqueued inside a use-case's transaction, written and sent by notifications."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.db import new_id
from core.tables import MailRow
from core.wire import Json, encode

_INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def enqueue(
    session: Session, kind: str, to: str, at: datetime, *, key: str = "", locale: str = "en", **payload: object
) -> None:
    """Ask for a mail of ``kind``, due at ``at``. The same ``key`` is asked for once only, however often one retries."""
    row: Json = {
        "id": new_id(),
        "kind": kind,
        "recipient": to,
        "locale": locale,
        "payload": encode(payload),
        "created_at": at,
        "due_at": at,
        "attempts": 0,
    }
    row["key"] = key or row["id"]
    insert = _INSERT[session.get_bind().dialect.name]
    session.execute(insert(MailRow).values(row).on_conflict_do_nothing(index_elements=["key"]))
