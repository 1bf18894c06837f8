"""Reports to rows and back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from businesses.monitoring.tables import MonitorReportRow
from businesses.monitoring.values import Finding, Report
from core.errors import NotFound
from core.wire import Json, encode


def by_id(session: Session, report_id: str) -> Report:
    """Raises NotFound."""
    return _known(session.get(MonitorReportRow, report_id))


def locked(session: Session, report_id: str) -> Report:
    """One of them, for a change. Raises NotFound."""
    return _known(session.get(MonitorReportRow, report_id, with_for_update=True, populate_existing=True))


def _known(row: MonitorReportRow | None) -> Report:
    if row is None:
        raise NotFound("There is no such report")
    return _report(row)


def of_campaign(session: Session, campaign_id: str) -> list[Report]:
    """All reports on a campaign's promises, the oldest first, public or not."""
    query = select(MonitorReportRow).where(MonitorReportRow.campaign_id == campaign_id)
    return [_report(row) for row in session.scalars(query.order_by(MonitorReportRow.at, MonitorReportRow.id))]


def due(session: Session, now: datetime, limit: int = 50) -> list[str]:
    """Those whose term for a reply has passed."""
    waiting = MonitorReportRow.published_at.is_(None)
    query = select(MonitorReportRow.id).where(waiting, MonitorReportRow.reply_until <= now)
    return list(session.scalars(query.order_by(MonitorReportRow.reply_until).limit(limit)))


def next_due(session: Session) -> datetime | None:
    query = select(MonitorReportRow.reply_until).where(MonitorReportRow.published_at.is_(None))
    return session.scalar(query.order_by(MonitorReportRow.reply_until).limit(1))


def add(session: Session, r: Report) -> None:
    row = MonitorReportRow(
        id=r.id, campaign_id=r.campaign, business_id=r.business, by=r.by, visited_on=r.visited_on, at=r.at,
        reply_until=r.reply_until, findings=[encode(finding) for finding in r.findings], reply="",
    )  # fmt: skip
    session.add(row)
    session.flush()


def save(session: Session, r: Report) -> None:
    """Write what may change: the reply, and that it is public."""
    row = session.get_one(MonitorReportRow, r.id)
    row.reply, row.replied_at, row.published_at = r.reply, r.replied_at, r.published_at
    session.flush()


def finding(body: Json) -> Finding:
    """From its wire form."""
    due_on = body["due_on"] and date.fromisoformat(body["due_on"])
    return Finding(body["number"], body["obligation"], body["words"], body["remedy"], due_on)


def _report(row: MonitorReportRow) -> Report:
    return Report(
        id=row.id,
        campaign=row.campaign_id,
        business=row.business_id,
        by=row.by,
        visited_on=row.visited_on,
        at=row.at,
        findings=tuple(finding(body) for body in row.findings),
        reply=row.reply,
        replied_at=row.replied_at,
        published_at=row.published_at,
    )
