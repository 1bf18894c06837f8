"""A monitor reports a visit, the business replies, and what was found is public with the reply or after its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person, Role
from businesses import facts
from businesses.followthrough import Obligation
from businesses.monitoring import rules, store
from businesses.monitoring.values import Finding, Report
from businesses.service.following import demand_outside
from businesses.store import obligations
from businesses.values import Business
from campaigns import queries as campaign_queries
from core import record, text, zones
from core.clock import Clock
from core.db import new_id
from core.errors import Forbidden, Invalid, refuse, require


@dataclass(frozen=True)
class Draft:
    """A finding as it is written down: about which promise, what, and what is asked for by when."""

    obligation: str
    words: str
    remedy: str = ""
    due_on: date | None = None


def file_report(
    session: Session, clock: Clock, person: Person, obligation_id: str, visited_on: date | None, drafts: list[Draft]
) -> Report:
    """Report a visit to the business that made this promise; findings may be about any of its promises here.

    Raises Forbidden for anybody but the campaign's monitor, Invalid naming the field.
    """
    o = obligations.locked(session, obligation_id)
    campaign, now = campaign_queries.by_id(session, o.campaign), clock.now(session)
    if Role.MONITOR not in accounts.roles(session, campaign.team, person):
        raise Forbidden("A visit is reported by the campaign's monitor")
    demand_outside(session, o, person)
    if visited_on is None:
        refuse("visited_on", "say on which day you were there")
    zones.demand_calendar(visited_on.year, "visited_on")
    require(visited_on <= now.astimezone(zones.zone(campaign.timezone)).date(), "visited_on", "cannot lie ahead")
    findings = tuple(_finding(n, draft) for n, draft in enumerate(drafts))
    rules.demand_findings(findings, _promises(session, o), now)
    made = Report(new_id(), o.campaign, o.business, person.id, visited_on, now, findings)
    store.add(session, made)
    record.append(session, made.campaign, facts.ReportFiled(made.id, made.business), now)
    return made


def _finding(n: int, draft: Draft) -> Finding:
    """One of them, numbered from 1; errors name its place in the list."""
    try:
        words, remedy = text.clean(draft.words, "words", 1000, 1), text.clean(draft.remedy, "remedy", 600)
        if draft.due_on:
            zones.demand_calendar(draft.due_on.year, "due_on")
        return Finding(n + 1, draft.obligation, words, remedy, draft.due_on)
    except Invalid as wrong:
        raise wrong.under(f"findings.{n}") from wrong


def _promises(session: Session, o: Obligation) -> set[str]:
    held = obligations.of_campaigns(session, [o.campaign])
    return {each.id for each in held if each.business == o.business}


def reply(session: Session, clock: Clock, shop: Business, report_id: str, words: str) -> Report:
    """The business replies; with its reply the report is public. Raises Forbidden for another business."""
    held, now = store.locked(session, report_id), clock.now(session)
    demand_own(held, shop)
    made, told = rules.reply(held, text.clean(words, "reply", 2000, 1), now)
    if told:
        store.save(session, made)
        record.append(session, held.campaign, told, now)
    return made


def demand_own(held: Report, shop: Business) -> None:
    """Raise Forbidden for a business that the report is not about."""
    if held.business != shop.id:
        raise Forbidden("This report is about another business")


def note_term(session: Session, clock: Clock, report_id: str) -> str | None:
    """The term for a reply has passed: the report is public without one. Gives a line of what happened."""
    held, now = store.locked(session, report_id), clock.now(session)
    made, told = rules.publish_late(held, now)
    if not told:
        return None
    store.save(session, made)
    record.append(session, held.campaign, told, now)
    return f"report {held.id}: public without a reply"
