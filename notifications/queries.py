"""Reads about mail for the roof: what somebody wants, and what the mailbox holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from accounts.rules import Person
from campaigns import queries as campaigns
from notifications import store
from notifications.rules import Frequency


@dataclass(frozen=True)
class Followed:
    """How often somebody hears of one campaign."""

    campaign: str
    slug: str
    title: str
    frequency: Frequency


@dataclass(frozen=True)
class Preferences:
    """All that somebody has said about mail; without ``duties`` they hear not even of what they have to do."""

    duties: bool
    campaigns: tuple[Followed, ...]


def preferences(session: Session, person: Person) -> Preferences:
    """What the person follows, the newest first, and whether they want the mails of their duties."""
    held = store.follows_of(session, person.id)
    known = campaigns.by_ids(session, [f.campaign for f in held])
    followed = [
        Followed(f.campaign, known[f.campaign].slug, known[f.campaign].title, f.frequency)
        for f in held
        if f.campaign in known
    ]
    return Preferences(store.wants_duties(session, person.id), tuple(followed))


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
