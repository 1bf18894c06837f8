"""Who wants to hear of what, how often, and how they stop it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts.rules import Person
from core import record
from core.clock import Clock
from core.errors import NotFound
from core.tokens import Keys
from notifications import store
from notifications.rules import ALL, DUTIES, Frequency, Rhythm, Subscription


def follow(session: Session, clock: Clock, person: Person, campaign: str, frequency: Frequency) -> None:
    """Follow a campaign (by id) from now on, or change how often. What happened before is not told."""
    now = clock.now(session)
    held = store.follow(session, person.id, campaign)
    if held is None:
        store.add_follow(session, person.id, campaign, frequency, record.last_position(session), now)
        return
    if held.frequency == Frequency.OFF.value:
        held.seen_position = record.last_position(session)
    held.frequency = frequency.value
    held.next_at = _slot(person, frequency, now) if held.next_at else None
    session.flush()


def _slot(person: Person, frequency: Frequency, now: datetime) -> datetime | None:
    if frequency == Frequency.OFF:
        return None
    return Rhythm(frequency, person.timezone, person.digest_hour).next_slot(now)


def set_frequency(session: Session, clock: Clock, person: Person, frequency: Frequency, campaign: str = "") -> None:
    """How often digests come: of one campaign (by id), or of all that the person follows already."""
    if campaign:
        follow(session, clock, person, campaign, frequency)
        return
    for held in store.follows_of(session, person.id):
        follow(session, clock, person, held.campaign, frequency)


def reschedule(session: Session, clock: Clock, person: Person) -> None:
    """After the person moved to another zone or chose another hour: digests that wait come at the new one."""
    now = clock.now(session)
    for held in store.follows_of(session, person.id):
        row = store.follow(session, person.id, held.campaign) if held.next_at else None
        if row is not None:
            row.next_at = _slot(person, held.frequency, now)
    session.flush()


def set_duties(session: Session, who: str, wanted: bool) -> None:
    """Whether mails about duties are wanted by a person or a business (by id)."""
    store.set_duties(session, who, wanted)


def unsubscribe(session: Session, keys: Keys, subscription: Subscription, token: str) -> None:
    """Stop what a mail's link speaks of: safe to repeat. Raises NotFound for a token that does not fit."""
    if not keys.fits("unsubscribe", subscription.subject, token):
        raise NotFound("This link is not known")
    if subscription.topic == DUTIES:
        store.set_duties(session, subscription.who, wanted=False)
    else:
        store.stop(session, subscription.who, "" if subscription.topic == ALL else subscription.topic)
