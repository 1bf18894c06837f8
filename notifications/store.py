"""SQL of follows, suppression, preferences and the mailbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from accounts.queries import local_hours
from core.db import new_id
from core.tokens import digest
from core.upsert import insert_into
from notifications.rules import Follow, Frequency, Rhythm
from notifications.tables import FollowRow, LateReaderRow, MailboxRow, PreferenceRow, SuppressionRow


def _follow(row: FollowRow) -> Follow:
    return Follow(row.id, row.person_id, row.campaign_id, Frequency(row.frequency), row.seen_position, row.next_at)


def follow(session: Session, person: str, campaign: str) -> FollowRow | None:
    query = select(FollowRow).where(FollowRow.person_id == person, FollowRow.campaign_id == campaign)
    return session.scalar(query.with_for_update())


def add_follow(session: Session, person: str, campaign: str, frequency: Frequency, seen: int, now: datetime) -> None:
    """A fresh follow; one that came first in another transaction stays."""
    row = {
        "id": new_id(),
        "person_id": person,
        "campaign_id": campaign,
        "frequency": frequency.value,
        "seen_position": seen,
        "created_at": now,
    }
    insert = insert_into(session, FollowRow).values(row)
    session.execute(insert.on_conflict_do_nothing(index_elements=["person_id", "campaign_id"]))


def follows_of(session: Session, person: str) -> list[Follow]:
    query = select(FollowRow).where(FollowRow.person_id == person).order_by(FollowRow.created_at.desc(), FollowRow.id)
    return [_follow(row) for row in session.scalars(query)]


def stop(session: Session, person: str, campaign: str = "") -> None:
    """No more digests to a person: of one campaign, or of any."""
    statement = update(FollowRow).where(FollowRow.person_id == person)
    if campaign:
        statement = statement.where(FollowRow.campaign_id == campaign)
    session.execute(statement.values(frequency=Frequency.OFF.value, next_at=None))


def waiting_rhythms(session: Session, campaign: str) -> list[Rhythm]:
    """The different rhythms among a campaign's readers who have no digest scheduled yet."""
    hours = local_hours()
    query = (
        select(FollowRow.frequency, hours.c.timezone, hours.c.digest_hour)
        .join(hours, hours.c.id == FollowRow.person_id)
        .where(FollowRow.campaign_id == campaign, *_WAITING)
        .distinct()
    )
    return [Rhythm(Frequency(frequency), zone, hour) for frequency, zone, hour in session.execute(query)]


_WAITING = (FollowRow.next_at.is_(None), FollowRow.frequency != Frequency.OFF.value)


def schedule(session: Session, campaign: str, rhythm: Rhythm, at: datetime) -> None:
    """Give every waiting reader of this rhythm their slot, in one statement."""
    hours = local_hours()
    readers = select(hours.c.id).where(hours.c.timezone == rhythm.timezone, hours.c.digest_hour == rhythm.hour)
    session.execute(
        update(FollowRow)
        .where(FollowRow.campaign_id == campaign, FollowRow.frequency == rhythm.frequency.value, *_WAITING)
        .where(FollowRow.person_id.in_(readers))
        .values(next_at=at)
        .execution_options(synchronize_session=False)
    )


def due_follows(session: Session, now: datetime, readers: int) -> list[Follow]:
    """What is due of the next few readers, whole readers only, earliest first."""
    due = select(FollowRow.person_id).where(FollowRow.next_at <= now).order_by(FollowRow.next_at).limit(readers)
    people = set(session.scalars(due))
    query = select(FollowRow).where(FollowRow.person_id.in_(people), FollowRow.next_at <= now)
    return [_follow(row) for row in session.scalars(query.order_by(FollowRow.person_id, FollowRow.id))]


def told(session: Session, follows: Iterable[str], position: int) -> None:
    """These follows know everything up to ``position``; they are scheduled again by the next news."""
    statement = update(FollowRow).where(FollowRow.id.in_(list(follows)))
    session.execute(
        statement.values(seen_position=position, next_at=None), execution_options={"synchronize_session": False}
    )


def next_digest(session: Session) -> datetime | None:
    due = select(FollowRow.next_at).where(FollowRow.next_at.is_not(None)).order_by(FollowRow.next_at).limit(1)
    return session.scalar(due)


def suppress(session: Session, address: str, reason: str, at: datetime) -> None:
    values = {"address": digest(address.lower()), "reason": reason, "at": at}
    insert = insert_into(session, SuppressionRow).values(values)
    session.execute(insert.on_conflict_do_nothing(index_elements=["address"]))


def is_suppressed(session: Session, address: str) -> bool:
    return session.get(SuppressionRow, digest(address.lower())) is not None


def lift(session: Session, address: str) -> None:
    session.execute(delete(SuppressionRow).where(SuppressionRow.address == digest(address.lower())))


def wants_duties(session: Session, who: str) -> bool:
    row = session.get(PreferenceRow, who)
    return row is None or row.duties


def without_duties(session: Session, people: Iterable[str]) -> set[str]:
    """Those of these people who have switched the mails of their duties off."""
    query = select(PreferenceRow.who).where(PreferenceRow.who.in_(list(people)), PreferenceRow.duties.is_(False))
    return set(session.scalars(query))


def set_duties(session: Session, who: str, on: bool) -> None:
    values = {"who": who, "duties": on}
    insert = insert_into(session, PreferenceRow).values(values)
    session.execute(insert.on_conflict_do_update(index_elements=["who"], set_={"duties": on}))


def keep(session: Session, message: dict[str, Any]) -> None:
    """Put a message into the mailbox; the same Message-ID stays there once."""
    insert = insert_into(session, MailboxRow).values(message)
    session.execute(insert.on_conflict_do_nothing(index_elements=["message_id"]))


def mailbox(session: Session, to: str | None, limit: int) -> list[MailboxRow]:
    query = select(MailboxRow).order_by(MailboxRow.seq.desc()).limit(limit)
    if to:
        query = query.where(MailboxRow.recipient == to.strip().lower())
    return list(session.scalars(query))


def kept(session: Session, seq: int) -> MailboxRow | None:
    return session.get(MailboxRow, seq)


def forget(session: Session, person: str, address: str) -> None:
    """Delete everything about a person. That their address refuses mail stays known, by its digest only."""
    session.execute(delete(FollowRow).where(FollowRow.person_id == person))
    session.execute(delete(PreferenceRow).where(PreferenceRow.who == person))
    session.execute(delete(MailboxRow).where(MailboxRow.recipient == address))
    session.execute(delete(LateReaderRow).where(LateReaderRow.email == address))


def late_reader(session: Session, id_: str) -> LateReaderRow | None:
    return session.get(LateReaderRow, id_)


def put_late_reader(session: Session, email: str, place: str, country: str, locale: str, now: datetime) -> str:
    """The id of what an address asked for; asked again it is the same one."""
    same = (LateReaderRow.email == email, LateReaderRow.place == place, LateReaderRow.country == country)
    values = {"id": new_id(), "email": email, "place": place, "country": country, "locale": locale, "created_at": now}
    insert = insert_into(session, LateReaderRow).values(values)
    session.execute(insert.on_conflict_do_nothing(index_elements=["email", "place", "country"]))
    return session.scalars(select(LateReaderRow.id).where(*same)).one()


def late_readers(session: Session) -> list[LateReaderRow]:
    """Everybody whose address was confirmed."""
    return list(session.scalars(select(LateReaderRow).where(LateReaderRow.confirmed_at.is_not(None))))


def drop_late_reader(session: Session, id_: str) -> None:
    session.execute(delete(LateReaderRow).where(LateReaderRow.id == id_))


def forget_unconfirmed(session: Session, before: datetime) -> None:
    """Addresses that somebody wrote down and nobody confirmed."""
    never = (LateReaderRow.confirmed_at.is_(None), LateReaderRow.created_at < before)
    session.execute(delete(LateReaderRow).where(*never))
