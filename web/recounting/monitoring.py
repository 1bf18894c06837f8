"""Reports of monitors' visits: public with a reply or after its term, about the business's own promises."""

from __future__ import annotations

from datetime import date, datetime

from businesses.monitoring import queries, rules
from businesses.monitoring.values import Report
from web.recounting.case import Case, Handler
from web.recounting.promises import Promises
from web.recounting.reading import Line


class Monitoring:
    """What visits found, as the record has told it."""

    def __init__(self, case: Case, promises: Promises) -> None:
        self.case = case
        self.promises = promises
        self.held: dict[str, Report] = {}
        self.kinds: dict[str, Handler] = {
            "ReportPublished": self.published,
            "ReportAnswered": self.answered,
        }

    def published(self, line: Line) -> None:
        """Made again from its findings; without a reply only after the term for one."""
        b = line.body
        findings = tuple(queries.finding(body) for body in b["findings"])
        filed_at, visited_on = datetime.fromisoformat(b["filed_at"]), date.fromisoformat(b["visited_on"])
        held = Report(b["report"], "", b["business"], "", visited_on, filed_at, findings)
        own = {o.id for o in self.promises.held.values() if o.business == held.business}
        rules.demand_findings(findings, own, filed_at)
        numbered = [finding.number for finding in findings] == list(range(1, len(findings) + 1))
        self.case.check(numbered, line, "its findings are not numbered from 1 on")
        made, told = rules.reply(held, b["reply"], line.at) if b["reply"] else rules.publish_late(held, line.at)
        self.case.check(told, line, f"the term for a reply ends at {held.reply_until}")
        for fact in told:
            self.case.compare(line, fact.body())
        self.held[made.id] = made

    def answered(self, line: Line) -> None:
        made, told = rules.reply(self.held[line.body["report"]], line.body["reply"], line.at)
        self.case.check(told, line, "it changes nothing")
        for fact in told:
            self.case.compare(line, fact.body())
        self.held[made.id] = made
