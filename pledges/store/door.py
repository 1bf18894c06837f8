"""Check-ins to rows and back."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.money import Money
from core.prepared import PreparedQuery
from pledges.tables import CheckInRow
from pledges.values import CheckIn

_CHECK_IN = cast(Table, CheckInRow.__table__)
_NEW = {
    "postgresql": postgresql.insert(_CHECK_IN).on_conflict_do_nothing().returning(_CHECK_IN.c.id),
    "sqlite": sqlite.insert(_CHECK_IN).on_conflict_do_nothing().returning(_CHECK_IN.c.id),
}
_OF_PLEDGE = PreparedQuery(
    select(_CHECK_IN)
    .where(_CHECK_IN.c.pledge_id == bindparam("pledge"), _CHECK_IN.c.undone_at.is_(None))
    .with_for_update()
)


def add(session: Session, new: CheckIn, currency: str, nonce: str = "") -> bool:
    """Insert a check-in. False, and nothing done, where its pledge or its nonce is checked in already."""
    row = _columns(new) | {
        "id": new.id,
        "campaign_id": new.campaign,
        "pledge_id": new.pledge,
        "nonce": nonce or None,
        "currency": currency,
        "at": new.at,
        "made_late": new.made_late,
        "venue": new.venue,
    }
    return session.scalar(_NEW[session.get_bind().dialect.name], row) is not None


def of_pledge(session: Session, pledge_id: str) -> CheckIn | None:
    """The check-in of a pledge that stands, locked."""
    row = _OF_PLEDGE.first(session, pledge=pledge_id)
    return check_in(row) if row else None


def locked_by_nonce(session: Session, campaign_id: str, nonce: str) -> CheckIn:
    query = select(CheckInRow).where(CheckInRow.campaign_id == campaign_id, CheckInRow.nonce == nonce)
    return check_in(session.scalars(query.with_for_update()).one())


def by_id(session: Session, check_in_id: str, *, locked: bool = False) -> CheckIn:
    """Read one. Raises NotFound."""
    row = session.get(CheckInRow, check_in_id, populate_existing=locked, with_for_update=locked)
    if row is None:
        raise NotFound("There is no such check-in")
    return check_in(row)


def save(session: Session, changed: CheckIn) -> None:
    row = session.get_one(CheckInRow, changed.id)
    for name, value in _columns(changed).items():
        setattr(row, name, value)
    session.flush()


def _columns(value: CheckIn) -> dict[str, Any]:
    return {
        "party": value.party,
        "spent_minor": None if value.spent is None else value.spent.minor,
        "anyway": value.anyway,
        "undone_at": value.undone_at,
    }


def check_in(row: CheckInRow) -> CheckIn:
    return CheckIn(
        id=row.id,
        campaign=row.campaign_id,
        pledge=row.pledge_id,
        party=row.party,
        spent=None if row.spent_minor is None else Money(row.spent_minor, row.currency),
        anyway=row.anyway,
        at=row.at,
        made_late=row.made_late,
        undone_at=row.undone_at,
        venue=row.venue,
    )
