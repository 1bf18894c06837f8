"""When a report is public, and the right of reply before it. Pure.

Source: DOMAIN.md, monitor: a visit lists findings, remedies and dates; Keeping the word 16: right of reply.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from businesses.facts.monitoring import ReportAnswered, ReportPublished
from businesses.monitoring.values import MOST_FINDINGS, Finding, Report
from core.errors import Conflict, require
from core.facts import Fact
from core.wire import encode


def demand_findings(findings: Sequence[Finding], promises: Collection[str], now: datetime) -> None:
    """Raise Invalid for too many, for a promise that is not the business's, and for a date that has passed."""
    require(len(findings) <= MOST_FINDINGS, "findings", "at most {most} findings", most=MOST_FINDINGS)
    for n, finding in enumerate(findings):
        require(finding.obligation in promises, f"findings.{n}.obligation", "choose one of this business's promises")
        ahead = finding.due_on is None or finding.due_on > now.date()
        require(ahead, f"findings.{n}.due_on", "must lie in the future")


def reply(held: Report, text: str, now: datetime) -> tuple[Report, list[Fact]]:
    """The business replies, once: the report is public with it, or the reply follows where the term has passed.

    The same reply again changes nothing. Raises Conflict for another one.
    """
    if held.replied_at:
        if held.reply != text:
            raise Conflict("The business has replied to this report")
        return held, []
    replied = replace(held, reply=text, replied_at=now)
    if held.published_at:
        return replied, [ReportAnswered(held.id, held.business, held.obligations, text)]
    return _published(replied, now)


def publish_late(held: Report, now: datetime) -> tuple[Report, list[Fact]]:
    """The term for a reply has passed: public without one. Nothing where it is public, or the term runs."""
    if held.published_at or now < held.reply_until:
        return held, []
    return _published(held, now)


def _published(held: Report, now: datetime) -> tuple[Report, list[Fact]]:
    return replace(held, published_at=now), [published(held)]


def published(held: Report) -> ReportPublished:
    """What the record says of it: no name, neither of who wrote it nor of staff."""
    found = [encode(finding) for finding in held.findings]
    about = (held.id, held.business, held.obligations)
    return ReportPublished(*about, held.visited_on, held.at, found, held.reply)
