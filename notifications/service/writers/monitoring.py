"""The mail to a business about a monitor's report."""

from __future__ import annotations

from businesses.monitoring import queries as monitoring
from notifications.service.desk import Desk, Writer, Written, demand


def _reported(desk: Desk) -> Written:
    report = monitoring.by_id(desk.session, desk.payload["report"])
    demand(report.replied_at is None, "the business has replied")
    until = desk.within(report.reply_until)
    values = {"visited_on": report.visited_on, "findings": len(report.findings), "until": until}
    return desk.shop(f"/monitor-reports/{report.id}/reply"), values


WRITERS: dict[str, Writer] = {"visit_reported": _reported}
