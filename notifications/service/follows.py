"""Who wants to hear of what, how often, and how they stop it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from accounts.rules import Person
from core import outbox, record
from core.clock import Clock
from core.errors import NotFound
from core.tokens import Keys
from notifications import store
from notifications.rules import ALL, DUTIES, LATE, Follow, Frequency, Rhythm, Subscription, frequency


@dataclass(frozen=True)
class Preferences:
    """All that somebody has said about mail; without ``duties`` they hear not even of what they have to do."""

    duties: bool
    follows: tuple[Follow, ...]


def preferences(session: Session, person: Person) -> Preferences:
    """What the person follows, the newest first, and whether they want the mails of their duties."""
    return Preferences(store.wants_duties(session, person.id), tuple(store.follows_of(session, person.id)))


def follow(session: Session, clock: Clock, person: Person, campaign: str, wanted: Frequency) -> None:
    """Follow a campaign (by id) from now on, or change how often. What happened before is not told."""
    now = clock.now(session)
    held = store.follow(session, person.id, campaign)
    if held is None:
        store.add_follow(session, person.id, campaign, wanted, record.last_position(session), now)
        return
    if held.frequency == Frequency.OFF.value:
        held.seen_position = record.last_position(session)
    held.frequency = wanted.value
    held.next_at = _slot(person, wanted, now) if held.next_at else None
    session.flush()


def _slot(person: Person, wanted: Frequency, now: datetime) -> datetime | None:
    if wanted == Frequency.OFF:
        return None
    return Rhythm(wanted, person.timezone, person.digest_hour).next_slot(now)


def set_frequency(session: Session, clock: Clock, person: Person, word: str, campaign: str | None = None) -> None:
    """How often digests come: of one campaign (by id), or of all that the person follows. Raises Invalid."""
    wanted = frequency(word)
    for held in [campaign] if campaign else [f.campaign for f in store.follows_of(session, person.id)]:
        follow(session, clock, person, held, wanted)


def reschedule(session: Session, clock: Clock, person: Person) -> None:
    """After the person moved to another zone or chose another hour: digests that wait come at the new one."""
    now = clock.now(session)
    for held in store.follows_of(session, person.id):
        row = store.follow(session, person.id, held.campaign) if held.next_at else None
        if row is not None:
            row.next_at = _slot(person, held.frequency, now)
    session.flush()


def set_duties(session: Session, person: Person, *, on: bool) -> None:
    """Whether the person wants the mails of their duties."""
    store.set_duties(session, person.id, on)


def unsubscribe(session: Session, keys: Keys, subscription: Subscription, token: str) -> None:
    """Stop what a mail's link speaks of: safe to repeat. Raises NotFound for a token that does not fit."""
    if not keys.fits("unsubscribe", subscription.subject, token):
        raise NotFound("This link is not known")
    if subscription.topic == LATE:
        store.drop_late_reader(session, subscription.who)
    elif subscription.topic == DUTIES:
        store.set_duties(session, subscription.who, False)
    else:
        store.stop(session, subscription.who, "" if subscription.topic == ALL else subscription.topic)


def forget(session: Session, person: Person) -> None:
    """Erase what is kept about a reader who leaves: follows, wishes, mail that waits or lies in the mailbox."""
    store.forget(session, person.id, person.email)
    outbox.forget(session, person.email)
