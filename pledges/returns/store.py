"""Return visits to rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session

from core.money import Money
from pledges.returns.tables import OpeningRow, ReturnRow
from pledges.returns.values import Opening, Return, Waiting
from pledges.tables import PledgeRow


def of_pledge(session: Session, pledge_id: str) -> list[Return]:
    """The visits of one code: one for each business at most."""
    query = select(ReturnRow).where(ReturnRow.pledge_id == pledge_id).order_by(ReturnRow.at, ReturnRow.id)
    return [_return(row) for row in session.scalars(query)]


def locked(session: Session, pledge_id: str, business_id: str) -> Return | None:
    query = select(ReturnRow).where(ReturnRow.pledge_id == pledge_id, ReturnRow.business_id == business_id)
    row = session.scalar(query.with_for_update())
    return _return(row) if row else None


def by_code(session: Session, campaign_id: str, business_id: str, code: str) -> Return | None:
    """The visit of whoever shows this code, locked."""
    query = select(ReturnRow).join(PledgeRow, PledgeRow.id == ReturnRow.pledge_id)
    mine = (ReturnRow.campaign_id == campaign_id, ReturnRow.business_id == business_id, PledgeRow.code == code)
    row = session.scalar(query.where(*mine).with_for_update(of=ReturnRow))
    return _return(row) if row else None


def standing(session: Session, campaign_id: str, business_id: str) -> list[Return]:
    """Every visit to this business that was not taken back."""
    mine = (ReturnRow.campaign_id == campaign_id, ReturnRow.business_id == business_id)
    query = select(ReturnRow).where(*mine, ReturnRow.withdrawn_at.is_(None)).order_by(ReturnRow.id)
    return [_return(row) for row in session.scalars(query)]


def of_people(session: Session, campaign_id: str, business_id: str) -> dict[str, str]:
    """Whose visits stand, with the pledge of each: one query. Codes without an address have nobody to write to."""
    query = select(PledgeRow.person_id, PledgeRow.id).join(ReturnRow, ReturnRow.pledge_id == PledgeRow.id)
    mine = (ReturnRow.campaign_id == campaign_id, ReturnRow.business_id == business_id)
    found = session.execute(query.where(*mine, ReturnRow.withdrawn_at.is_(None), PledgeRow.person_id.is_not(None)))
    return {str(person): pledge for person, pledge in found}


def put(session: Session, visit: Return) -> None:
    """Write a visit, new or changed."""
    row = session.get(ReturnRow, visit.id) or ReturnRow(id=visit.id)
    row.campaign_id, row.business_id, row.pledge_id = visit.campaign, visit.business, visit.pledge
    row.amount_minor, row.currency, row.at = visit.amount.minor, visit.amount.currency, visit.at
    row.withdrawn_at, row.noted_at = visit.withdrawn_at, visit.noted_at
    row.told_minor = None if visit.told is None else visit.told.minor
    session.add(row)
    session.flush()


def opening(session: Session, campaign_id: str, business_id: str) -> Opening | None:
    row = session.get(OpeningRow, (campaign_id, business_id))
    return _opening(row) if row else None


def openings(session: Session, campaign_ids: Sequence[str]) -> dict[tuple[str, str], Opening]:
    """By campaign and business: one query."""
    query = select(OpeningRow).where(OpeningRow.campaign_id.in_(campaign_ids))
    return {(row.campaign_id, row.business_id): _opening(row) for row in session.scalars(query)}


def open_(session: Session, made: Opening) -> None:
    session.add(OpeningRow(campaign_id=made.campaign, business_id=made.business, at=made.at, until=made.until))
    session.flush()


def sums(session: Session, campaign_ids: Iterable[str]) -> list[Waiting]:
    """What waits in these campaigns, summed by the database, for each business that anybody comes back to."""
    ids = list(campaign_ids)
    found = openings(session, ids)
    query = _SUMS.where(ReturnRow.campaign_id.in_(ids)).order_by(ReturnRow.campaign_id, ReturnRow.business_id)
    return [_waiting(row, found.get((row.campaign_id, row.business_id))) for row in session.execute(query)]


_CAME = (ReturnRow.told_minor.is_not(None)) | (ReturnRow.noted_at.is_not(None))
_SUMS = (
    select(
        ReturnRow.campaign_id,
        ReturnRow.business_id,
        ReturnRow.currency,
        func.count().label("visits"),
        func.sum(ReturnRow.amount_minor).label("amount"),
        func.sum(case((_CAME, 1), else_=0)).label("came"),
        func.count(ReturnRow.noted_at).label("noted"),
        func.sum(ReturnRow.told_minor).label("told"),
    )
    .where(ReturnRow.withdrawn_at.is_(None))
    .group_by(ReturnRow.campaign_id, ReturnRow.business_id, ReturnRow.currency)
)


def _waiting(row: Row[Any], opened: Opening | None) -> Waiting:
    return Waiting(
        campaign=row.campaign_id,
        business=row.business_id,
        visits=row.visits,
        amount=Money(int(row.amount), row.currency),
        came=int(row.came),
        noted=row.noted,
        told=None if row.told is None else Money(int(row.told), row.currency),
        opening=opened,
    )


def _return(row: ReturnRow) -> Return:
    return Return(
        id=row.id,
        campaign=row.campaign_id,
        business=row.business_id,
        pledge=row.pledge_id,
        amount=Money(row.amount_minor, row.currency),
        at=row.at,
        withdrawn_at=row.withdrawn_at,
        told=None if row.told_minor is None else Money(row.told_minor, row.currency),
        noted_at=row.noted_at,
    )


def _opening(row: OpeningRow) -> Opening:
    return Opening(row.campaign_id, row.business_id, row.at, row.until)
