"""Prepared bids to rows and back; loads are locked where one will be changed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from businesses.preparing import OPEN, Prepared, Stage
from businesses.store import bids
from businesses.tables import PreparedRow, as_decimal
from core.errors import NotFound
from core.wire import encode


def of_business(session: Session, campaign_id: str, business_id: str) -> Prepared | None:
    """What is prepared for a business in a campaign, for a change."""
    query = select(PreparedRow).where(PreparedRow.campaign_id == campaign_id, PreparedRow.business_id == business_id)
    row = session.scalar(query.with_for_update())
    return _prepared(row) if row else None


def by_id(session: Session, campaign_id: str, prepared_id: str) -> Prepared:
    """One of a campaign's. Raises NotFound."""
    row = session.get(PreparedRow, prepared_id)
    if row is None or row.campaign_id != campaign_id:
        raise NotFound("Nothing is prepared here")
    return _prepared(row)


def of_campaign(session: Session, campaign_id: str) -> list[Prepared]:
    """Everything prepared in a campaign, the longest waiting first: one query."""
    query = select(PreparedRow).where(PreparedRow.campaign_id == campaign_id).order_by(PreparedRow.at, PreparedRow.id)
    return [_prepared(row) for row in session.scalars(query)]


def of_shop(session: Session, business_id: str) -> dict[str, Prepared]:
    """What is prepared for a business and not over, by campaign: one query."""
    query = select(PreparedRow).where(PreparedRow.business_id == business_id, PreparedRow.stage.in_(OPEN))
    return {row.campaign_id: _prepared(row) for row in session.scalars(query)}


def put(session: Session, held: Prepared) -> None:
    row = session.get(PreparedRow, held.id)
    if row is None:
        row = PreparedRow(id=held.id, campaign_id=held.campaign, business_id=held.business)
        session.add(row)
    row.stage, row.at, row.version = held.stage.value, held.at, held.version
    row.share, row.purpose, row.words = encode(held.share), held.purpose, held.words
    row.offer = bids.offer_body(held.offer) if held.offer else None
    session.flush()


def forget(session: Session, campaign_ids: Collection[str]) -> None:
    """Drop what was prepared in these campaigns."""
    session.execute(delete(PreparedRow).where(PreparedRow.campaign_id.in_(campaign_ids)))


def _prepared(row: PreparedRow) -> Prepared:
    return Prepared(
        id=row.id,
        campaign=row.campaign_id,
        business=row.business_id,
        stage=Stage(row.stage),
        at=row.at,
        share=as_decimal(row.share),
        purpose=row.purpose,
        words=row.words,
        offer=bids.offer(row.offer) if row.offer else None,
        version=row.version,
    )
