"""Mail on its way in tests: asking for it, sending it, and what waits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text

from core import outbox, record
from core.db import Database
from notifications import jobs
from notifications.gateway import SmtpTransport, Transport
from notifications.jobs import Mailer
from tests.notifications.letters import SETTINGS
from tests.stages import KEYS


def make_mailer(transport: Transport | str) -> Mailer:
    """A mailer over SMTP to this address, or with a transport of the test's own."""
    return Mailer(SETTINGS, KEYS, SmtpTransport(transport) if isinstance(transport, str) else transport)


def ask(database: Database, kind: str = "sign_in", to: str = "lea@example.org", **payload: Any) -> None:
    """Ask for a mail: a sign-in link unless said otherwise."""
    key = payload.pop("key", "")
    named = payload or {"next_path": "/"}
    with database.writing() as session:
        outbox.enqueue(session, kind, to, database.clock.now(session), key=key, **named)


def publish(database: Database) -> None:
    """What the worker does four times a second: facts get positions, and become notices."""
    record.publish(database)
    while jobs.deliver_subscriptions(database):
        pass


def waiting(database: Database) -> list[tuple[str, str]]:
    """Kind and recipient of the mail that is not done."""
    with database.reading() as session:
        rows = session.execute(
            text("SELECT kind, recipient FROM outbox WHERE done_at IS NULL ORDER BY kind, recipient")
        )
        return [(kind, to) for kind, to in rows]


def outcomes(database: Database) -> list[str]:
    with database.reading() as session:
        rows = session.execute(text("SELECT outcome FROM outbox WHERE done_at IS NOT NULL ORDER BY created_at, kind"))
        return list(rows.scalars())


def next_due(database: Database) -> datetime | None:
    with database.reading() as session:
        return outbox.next_due(session)
