"""What supporters ask for before there is an award, to rows and back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, delete, func, select, update
from sqlalchemy.orm import Session

from businesses.tables import AskRow
from core.money import Money

_STANDS = AskRow.ended_at.is_(None)
_CONFIRMED = AskRow.confirmed_at.is_not(None)
_APART = and_(AskRow.email == "", AskRow.confirmed_at.is_(None))


@dataclass(frozen=True)
class Sums:
    """People and minor units: of confirmed addresses, and apart from them of asks without one."""

    people: int = 0
    minor: int = 0
    apart_people: int = 0
    apart_minor: int = 0


def add(session: Session, row: AskRow) -> None:
    session.add(row)
    session.flush()


def repeated(session: Session, campaign_id: str, email: str, amount: Money, wish: str) -> bool:
    """Whether this very ask waits for its confirmation already: a form sent twice is one ask."""
    same = (AskRow.amount_minor == amount.minor, AskRow.wish == wish, AskRow.confirmed_at.is_(None), _STANDS)
    query = select(AskRow.id).where(AskRow.campaign_id == campaign_id, AskRow.email == email, *same)
    return session.scalar(query.limit(1)) is not None


def by_id(session: Session, ask_id: str) -> AskRow | None:
    return session.get(AskRow, ask_id, with_for_update=True)


def drop_earlier(session: Session, kept: AskRow) -> None:
    """Of one address one ask stays: the one confirmed last."""
    same = (AskRow.campaign_id == kept.campaign_id, AskRow.email == kept.email, AskRow.id != kept.id)
    session.execute(delete(AskRow).where(*same, AskRow.email != ""))


def remove(session: Session, row: AskRow) -> None:
    session.delete(row)
    session.flush()


def sums(session: Session, campaign_ids: list[str]) -> dict[str, Sums]:
    """What stands in each campaign: one query."""
    minor = AskRow.amount_minor
    columns = (func.sum(case((of, value), else_=0)) for of in (_CONFIRMED, _APART) for value in (1, minor))
    query = select(AskRow.campaign_id, *columns).where(AskRow.campaign_id.in_(campaign_ids), _STANDS)
    found = session.execute(query.group_by(AskRow.campaign_id))
    return {id_: Sums(*(int(figure) for figure in figures)) for id_, *figures in found}


def wishes(session: Session, campaign_id: str, limit: int) -> list[tuple[str, int]]:
    """What the asks that count wish for, the most frequent first: for organizers only."""
    counts = (AskRow.campaign_id == campaign_id, _STANDS, AskRow.wish != "", _CONFIRMED | _APART)
    query = select(AskRow.wish, func.count()).where(*counts).group_by(AskRow.wish)
    return [(wish, n) for wish, n in session.execute(query.order_by(func.count().desc(), AskRow.wish).limit(limit))]


def askers(session: Session, campaign_id: str) -> list[tuple[str, str, str]]:
    """Id, address and language of every confirmed ask that stands."""
    query = select(AskRow.id, AskRow.email, AskRow.locale).where(AskRow.campaign_id == campaign_id)
    found = session.execute(query.where(_STANDS, _CONFIRMED, AskRow.email != "").order_by(AskRow.at, AskRow.id))
    return [(id_, email, locale) for id_, email, locale in found]


def next_due(session: Session) -> datetime | None:
    query = select(AskRow.expires_at).where(_STANDS).order_by(AskRow.expires_at).limit(1)
    return session.scalar(query)


def due(session: Session, now: datetime, limit: int = 50) -> list[str]:
    """Ids of the asks whose time is over, earliest first."""
    query = select(AskRow.id).where(_STANDS, AskRow.expires_at <= now).order_by(AskRow.expires_at).limit(limit)
    return list(session.scalars(query))


def forget_address(session: Session, email: str) -> None:
    """What counted stays counted without its address; what waited for a confirmation is gone."""
    mine = AskRow.email == email
    session.execute(delete(AskRow).where(mine, AskRow.confirmed_at.is_(None)))
    session.execute(update(AskRow).where(mine).values(email=""))


def forget_ended(session: Session, campaign_ids: Collection[str], before: datetime) -> None:
    """Drop the asks that ended long ago, and those of campaigns that are long over."""
    gone = (AskRow.ended_at < before) | AskRow.campaign_id.in_(campaign_ids)
    session.execute(delete(AskRow).where(gone))
