"""Till totals and their corrections to rows and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaigns.tally import TillState
from core.errors import NotFound
from core.money import Money
from pledges.tables import CorrectionRow, TillRow
from pledges.values import Correction, Entered, TillFigures, TillTotal, Visibility


def by_id(session: Session, till_id: str, *, locked: bool = False) -> TillTotal:
    """Read one. Raises NotFound."""
    row = session.get(TillRow, till_id, populate_existing=locked, with_for_update=locked)
    if row is None:
        raise NotFound("There is no such till total")
    return till(row)


def of_window(session: Session, campaign_id: str, window: str, business: str = "") -> list[TillTotal]:
    """The totals of one window, locked: one business's, or everybody's."""
    query = select(TillRow).where(TillRow.campaign_id == campaign_id, TillRow.window_id == window)
    if business:
        query = query.where(TillRow.business_id == business)
    rows = session.scalars(query.order_by(TillRow.business_id).with_for_update())
    return [till(row) for row in rows]


def of_campaign(session: Session, campaign_id: str) -> list[TillTotal]:
    query = select(TillRow).where(TillRow.campaign_id == campaign_id)
    rows = session.scalars(query.order_by(TillRow.declared_at, TillRow.id))
    return [till(row) for row in rows]


def of_business(session: Session, business_id: str) -> list[TillTotal]:
    query = select(TillRow).where(TillRow.business_id == business_id)
    rows = session.scalars(query.order_by(TillRow.declared_at, TillRow.id))
    return [till(row) for row in rows]


def put(session: Session, changed: TillTotal) -> None:
    """Write a till total, new or changed."""
    row = session.get(TillRow, changed.id) or TillRow(id=changed.id)
    for name, value in _columns(changed).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def add_correction(session: Session, new: Correction) -> None:
    figures = {"field": new.field, "before": new.before, "after": new.after, "reason": new.reason}
    session.add(CorrectionRow(id=new.id, till_id=new.till.id, at=new.at, **figures))
    session.flush()


def _columns(value: TillTotal) -> dict[str, Any]:
    f = value.figures
    return {
        "campaign_id": value.campaign,
        "window_id": value.window,
        "business_id": value.business,
        "state": value.state.value,
        "visibility": value.visibility.value,
        "currency": value.declared.currency,
        "declared_minor": value.declared.minor,
        "counter_minor": _minor(value.counter_takings),
        "takings_minor": f.takings.minor,
        "tax_minor": _minor(f.tax),
        "cost_minor": _minor(f.cost),
        "baseline_minor": _minor(f.baseline),
        "units": f.units,
        "transactions": f.transactions,
        "customers": f.customers,
        "reason": value.reason,
        "entered": value.entered.value,
        "countersigned_at": value.countersigned_at,
        "proofs": value.proofs,
        "seen_by": value.seen_by,
        "declared_at": value.declared_at,
        "confirmed_at": value.confirmed_at,
    }


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


def till(row: TillRow) -> TillTotal:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, row.currency)

    return TillTotal(
        id=row.id,
        campaign=row.campaign_id,
        window=row.window_id,
        business=row.business_id,
        figures=TillFigures(
            takings=Money(row.takings_minor, row.currency),
            tax=money(row.tax_minor),
            cost=money(row.cost_minor),
            units=row.units,
            transactions=row.transactions,
            customers=row.customers,
            baseline=money(row.baseline_minor),
        ),
        declared=Money(row.declared_minor, row.currency),
        visibility=Visibility(row.visibility),
        state=TillState(row.state),
        declared_at=row.declared_at,
        confirmed_at=row.confirmed_at,
        counter_takings=money(row.counter_minor),
        reason=row.reason,
        entered=Entered(row.entered),
        countersigned_at=row.countersigned_at,
        proofs=row.proofs,
        seen_by=row.seen_by,
    )
