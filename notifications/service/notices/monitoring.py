"""A monitor's report: the business reads it first, and is asked for its reply."""

from __future__ import annotations

from collections.abc import Callable

from businesses.monitoring import queries as monitoring
from notifications.service.notices.notice import Notice


def _filed(n: Notice) -> None:
    """Now, and once more before the report is public without a reply."""
    report = monitoring.by_id(n.session, n.body["report"])
    shop, payload = n.shops(report.business), {"report": report.id}
    n.ask("visit_reported", shop, payload)
    n.remind("visit_reported", shop, payload, report.reply_until, report.id)


NOTICES: dict[str, Callable[[Notice], None]] = {"ReportFiled": _filed}
