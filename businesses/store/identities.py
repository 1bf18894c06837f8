"""Confirmations of businesses' identities to rows and back."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from businesses.identity import Confirmation, Method
from businesses.tables import IdentityRow


def by_id(session: Session, confirmation_id: str) -> Confirmation | None:
    row = session.get(IdentityRow, confirmation_id, populate_existing=True)
    return _confirmation(row) if row else None


def waiting(session: Session, campaign_id: str, business_id: str, method: Method) -> Confirmation | None:
    row = session.scalar(select(IdentityRow).where(*_waiting(campaign_id, business_id, method)))
    return _confirmation(row) if row else None


def drop_waiting(session: Session, campaign_id: str, business_id: str, method: Method) -> None:
    """Whoever is asked anew: the link before it opens nothing any more."""
    session.execute(delete(IdentityRow).where(*_waiting(campaign_id, business_id, method)))


def _waiting(campaign_id: str, business_id: str, method: Method) -> tuple[ColumnElement[bool], ...]:
    return (
        IdentityRow.campaign_id == campaign_id,
        IdentityRow.business_id == business_id,
        IdentityRow.method == method.value,
        IdentityRow.confirmed_at.is_(None),
    )


def confirmed(session: Session, business_id: str) -> list[Confirmation]:
    """Every confirmation of a business, the earliest first."""
    query = select(IdentityRow).where(IdentityRow.business_id == business_id, IdentityRow.confirmed_at.is_not(None))
    return [_confirmation(row) for row in session.scalars(query.order_by(IdentityRow.confirmed_at, IdentityRow.id))]


def of_campaign(session: Session, campaign_id: str) -> list[Confirmation]:
    """Every one that was begun or made in a campaign, by when it was begun: one query."""
    query = select(IdentityRow).where(IdentityRow.campaign_id == campaign_id)
    return [_confirmation(row) for row in session.scalars(query.order_by(IdentityRow.begun_at, IdentityRow.id))]


def put(session: Session, held: Confirmation) -> None:
    session.merge(
        IdentityRow(
            id=held.id, business_id=held.business, campaign_id=held.campaign, method=held.method.value,
            place=held.place, entry=held.entry, people=list(held.by), begun_at=held.begun_at,
            confirmed_at=held.confirmed_at,
        )
    )  # fmt: skip
    session.flush()


def _confirmation(row: IdentityRow) -> Confirmation:
    told = (row.place, row.entry, tuple(row.people), row.confirmed_at)
    return Confirmation(row.id, row.business_id, row.campaign_id, Method(row.method), row.begun_at, *told)
