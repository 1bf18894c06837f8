"""Mail that is to be written: enqueued inside a use-case's transaction, written and sent by notifications.

A mail is claimed by a lease: its ``due_at`` moves past the end of the lease, so that nobody else takes it meanwhile and
somebody else does when the claimer was killed. So mail goes out rarely twice and is never lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.db import new_id
from core.prepared import Prepared
from core.tables import MailRow
from core.wire import Json, encode

_ENQUEUE = Prepared(MailRow, lambda insert: insert.on_conflict_do_nothing(index_elements=["key"]))


@dataclass(frozen=True)
class Mail:
    """A claimed mail: what it is about. ``attempts`` counts this one too."""

    id: str
    key: str
    kind: str
    to: str
    locale: str
    payload: Json
    created_at: datetime
    attempts: int


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
    _ENQUEUE.run(session, row)


def claim(session: Session, now: datetime, lease: timedelta, limit: int) -> list[Mail]:
    """Take the mails that are due, earliest first, for the time of ``lease``. Commit before sending them."""
    due = select(MailRow).where(MailRow.done_at.is_(None), MailRow.due_at <= now).order_by(MailRow.due_at).limit(limit)
    rows = list(session.scalars(due.with_for_update(skip_locked=True)))
    for row in rows:
        row.due_at = now + lease
        row.attempts += 1
    session.flush()
    return [Mail(r.id, r.key, r.kind, r.recipient, r.locale, r.payload, r.created_at, r.attempts) for r in rows]


def finish(session: Session, mail: Mail, outcome: str, now: datetime) -> None:
    """Note what became of a mail, once: whoever sent it a second time changes nothing. Whom it went to is forgotten."""
    open_ = update(MailRow).where(MailRow.id == mail.id, MailRow.done_at.is_(None))
    session.execute(open_.values(done_at=now, outcome=outcome[:500], recipient="", payload={}))


def postpone(session: Session, mail: Mail, due_at: datetime, outcome: str) -> None:
    """Try again at ``due_at``, unless the lease ran out and somebody else has taken it since."""
    mine = update(MailRow).where(MailRow.id == mail.id, MailRow.done_at.is_(None), MailRow.attempts == mail.attempts)
    session.execute(mine.values(due_at=due_at, outcome=outcome[:500]))


def drop(session: Session, at: datetime, outcome: str, *, kind: str = "", to_domain: str = "") -> None:
    """End mails that wait and are due by ``at`` without sending them: all, of one kind, or to addresses ending so."""
    unwritten = update(MailRow).where(MailRow.done_at.is_(None), MailRow.due_at <= at)
    if kind:
        unwritten = unwritten.where(MailRow.kind == kind)
    if to_domain:
        unwritten = unwritten.where(MailRow.recipient.endswith(to_domain, autoescape=True))
    session.execute(unwritten.values(done_at=at, outcome=outcome))


def next_due(session: Session) -> datetime | None:
    """When the earliest waiting mail falls due."""
    return session.scalar(select(MailRow.due_at).where(MailRow.done_at.is_(None)).order_by(MailRow.due_at).limit(1))


def forget(session: Session, email: str) -> None:
    """Drop the mail that waits for an address: its owner has left."""
    session.execute(delete(MailRow).where(MailRow.recipient == email, MailRow.done_at.is_(None)))


SENT_IS_KNOWN_FOR = timedelta(days=30)
"""How long it stays known to whom a mail went: long enough to look into what somebody misses."""


def forget_sent(session: Session, now: datetime) -> None:
    """Blank recipient and content of mails long sent; that there was one stays, so that none is asked for twice."""
    old = update(MailRow).where(MailRow.done_at < now - SENT_IS_KNOWN_FOR, MailRow.recipient != "")
    session.execute(old.values(recipient="", payload={}))
