"""Reads about mail for the roof: what the mailbox holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from notifications import store


@dataclass(frozen=True)
class KeptMail:
    """A message as sent, in the form of API.md, GET /demo/mail."""

    id: int
    to: str
    subject: str
    headers: Mapping[str, str]
    text: str
    html: str
    at: datetime


def mailbox(session: Session, to: str | None = None, limit: int = 200) -> list[KeptMail]:
    """What the mailbox holds, to anybody or to one address, the newest first."""
    rows = store.mailbox(session, to, limit)
    return [KeptMail(r.seq, r.recipient, r.subject, r.headers, r.text, r.html, r.at) for r in rows]


def kept_mail(session: Session, id_: int) -> KeptMail | None:
    """One message of the mailbox, for its preview."""
    r = store.kept(session, id_)
    return KeptMail(r.seq, r.recipient, r.subject, r.headers, r.text, r.html, r.at) if r else None
