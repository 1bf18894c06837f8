"""Supporters' reports to rows and back."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.money import Money
from pledges.tables import SpendReportRow
from pledges.values import Receipt, SpendReport


def of_pledge(session: Session, pledge_id: str) -> SpendReport | None:
    """What was reported for a pledge; None where nothing was."""
    row = session.scalar(select(SpendReportRow).where(SpendReportRow.pledge_id == pledge_id))
    return _report(row) if row else None


def of_campaign(session: Session, campaign_id: str) -> list[SpendReport]:
    """Every report, newest first: one query."""
    query = select(SpendReportRow).where(SpendReportRow.campaign_id == campaign_id)
    return [_report(row) for row in session.scalars(query.order_by(SpendReportRow.at.desc(), SpendReportRow.id))]


def with_receipts(session: Session, new: SpendReport) -> list[SpendReport]:
    """The reports of its campaign whose receipt could be this one's: the same photo, or the same amount."""
    photo = new.receipt.photo if new.receipt else None
    query = select(SpendReportRow).where(
        SpendReportRow.campaign_id == new.campaign,
        SpendReportRow.photo.is_not(None),
        or_(SpendReportRow.photo == photo, SpendReportRow.amount_minor == new.amount.minor),
    )
    return [_report(row) for row in session.scalars(query)]


def put(session: Session, report: SpendReport) -> None:
    """Write a report, new or changed."""
    row = session.get(SpendReportRow, report.id) or SpendReportRow(id=report.id)
    row.campaign_id, row.pledge_id, row.at = report.campaign, report.pledge, report.at
    row.amount_minor, row.currency = report.amount.minor, report.amount.currency
    row.photo, row.looks = (report.receipt.photo, report.receipt.looks) if report.receipt else (None, None)
    session.add(row)
    session.flush()


def _report(row: SpendReportRow) -> SpendReport:
    receipt = Receipt(row.photo, row.looks) if row.photo and row.looks else None
    amount = Money(row.amount_minor, row.currency)
    return SpendReport(row.id, row.campaign_id, row.pledge_id, amount, row.at, receipt)
