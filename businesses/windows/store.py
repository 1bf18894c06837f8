"""Counts of customers to rows and back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from businesses.windows.tables import CustomerCountRow
from core.wire import plain


def add(session: Session, id_: str, obligation_id: str, value: Decimal, at: datetime) -> None:
    session.add(CustomerCountRow(id=id_, obligation_id=obligation_id, value=plain(value), at=at))
    session.flush()


def since(session: Session, obligation_id: str, after: datetime, most: int) -> list[tuple[datetime, Decimal]]:
    """The newest counts of one promise: one query, of so many rows at most."""
    query = select(CustomerCountRow).where(CustomerCountRow.obligation_id == obligation_id, CustomerCountRow.at > after)
    rows = session.scalars(query.order_by(CustomerCountRow.at.desc()).limit(most))
    return [(row.at, Decimal(row.value)) for row in rows]
