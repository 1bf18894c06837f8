"""Offers that go on standing, to rows and back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from businesses.standing import Standing
from businesses.tables import StandingRow


def by_bid(session: Session, bid_id: str) -> Standing | None:
    row = session.get(StandingRow, bid_id, with_for_update=True)
    return _standing(row) if row else None


def of_campaign(session: Session, campaign_id: str, today: date) -> list[Standing]:
    """The offers of a campaign that hold today and were not taken up, the earliest first: one query."""
    return _held(session, StandingRow.campaign_id == campaign_id, today)


def of_business(session: Session, business_id: str, today: date) -> list[Standing]:
    """A business's offers that hold today and were not taken up: one query."""
    return _held(session, StandingRow.business_id == business_id, today)


def _held(session: Session, whose: object, today: date) -> list[Standing]:
    query = select(StandingRow).where(whose, StandingRow.until >= today, StandingRow.taken == "")  # type: ignore[arg-type]  # a condition
    return [_standing(row) for row in session.scalars(query.order_by(StandingRow.at, StandingRow.bid_id))]


def put(session: Session, held: Standing) -> None:
    session.merge(
        StandingRow(
            bid_id=held.bid, campaign_id=held.campaign, business_id=held.business, until=held.until, at=held.at,
            taken=held.taken,
        )
    )  # fmt: skip
    session.flush()


def remove(session: Session, bid_id: str) -> bool:
    """Whether it stood; it is gone then."""
    gone = session.execute(delete(StandingRow).where(StandingRow.bid_id == bid_id).returning(StandingRow.bid_id))
    return gone.first() is not None


def _standing(row: StandingRow) -> Standing:
    return Standing(row.bid_id, row.campaign_id, row.business_id, row.until, row.at, row.taken)
