"""Mails about the day: whether it happens, when, what the till took, and what supporters agree to again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from businesses import queries as businesses
from campaigns import rules
from campaigns.tally import TillState
from campaigns.values import Campaign, State
from core.errors import Message
from core.wire import money
from notifications.digest import came_in
from notifications.service.desk import Desk, Writer, Written, demand
from pledges import queries as pledges
from pledges.calendar import calendar
from pledges.rules.tills import COUNTED_IN


def _tipped(desk: Desk) -> Written:
    return desk.part(), {"people": desk.payload["people"], "amount": money(desk.payload["amount"])}


def _missed(desk: Desk) -> Written:
    """While both may go ahead all the same, the question; once that has passed, how it ended."""
    c, side = desk.campaign, "business" if desk.for_business else "organizer"
    demand(c.state == State.MISSED or _has_ended(c), "the day takes place, or the campaign was cancelled")
    assert c.decided
    pledged = {"people": c.decided.people, "amount": c.decided.amount}
    if not _may_proceed(desk):
        demand(not desk.reminder, "its term has passed")
        return desk.links.campaign(c.slug), {**pledged, "proceed_by": None, "other_agreed": False}
    demand(side not in c.proceed, "this side has said so")
    values = {**pledged, "proceed_by": desk.within(rules.proceed_until(c)), "other_agreed": bool(c.proceed)}
    return desk.part(f"/shop/{c.slug}/proceed"), values


def _has_ended(campaign: Campaign) -> bool:
    return campaign.state == State.DONE and campaign.tally is None


def _may_proceed(desk: Desk) -> bool:
    until = rules.proceed_until(desk.campaign)
    return desk.campaign.state == State.MISSED and until is not None and desk.now < until


def _till_due(desk: Desk) -> Written:
    declared = [t for t in pledges.till_totals(desk.session, desk.campaign.id) if t.business == desk.business.id]
    demand(_is_counting(desk) and len(declared) < len(desk.campaign.windows), "the till total was given")
    return desk.shop(f"/shop/{desk.campaign.slug}/till"), {"till_by": _till_until(desk)}


def _is_counting(desk: Desk) -> bool:
    return desk.campaign.state in COUNTED_IN


def _till_until(desk: Desk) -> datetime:
    return desk.within(rules.till_until(desk.campaign))


def _till_to_confirm(desk: Desk) -> Written:
    total = pledges.till(desk.session, desk.payload["till"])
    demand(_is_counting(desk) and total.state == TillState.DECLARED, "the till total was answered")
    demand(not total.lacks_signature, "the business has to countersign it first")
    takings = None if total.hidden else total.figures.takings
    to = f"/organize/{desk.campaign.slug}/disputes" if total.hidden else ""
    return desk.part(else_to=to), {"takings": takings, "confirm_by": _till_until(desk)}


def _till_to_countersign(desk: Desk) -> Written:
    total = pledges.till(desk.session, desk.payload["till"])
    demand(_is_counting(desk) and total.lacks_signature, "the business has said yes, or given its own total")
    return desk.shop(f"/shop/{desk.campaign.slug}/till"), {
        "takings": total.figures.takings,
        "sign_by": _till_until(desk),
    }


def _till_disputed(desk: Desk) -> Written:
    total = pledges.till(desk.session, desk.payload["till"])
    demand(_is_counting(desk) and total.state == TillState.DISPUTED, "the dispute was decided")
    to = desk.part(f"/shop/{desk.campaign.slug}/till", f"/organize/{desk.campaign.slug}/disputes")
    return to, {"decide_by": _till_until(desk), "reason": total.reason}


def _postponed(desk: Desk) -> Written:
    """At once, whatever the hour; a supporter's calendar entry moves with it."""
    link, values = _changed_for(desk, {"reason": desk.payload["reason"]})
    return link, {**values, **(_calendar(desk) if values["supporter"] else {})}


def _calendar(desk: Desk) -> dict[str, Any]:
    c = desk.campaign
    return {"calendar": calendar(c, desk.pledge, desk.links.base, desk.now, summary=c.title)}


def _changed_for(desk: Desk, values: dict[str, Any]) -> Written:
    """A supporter is led to their pledge, everybody else to the campaign."""
    if "pledge" not in desk.payload:
        return desk.links.campaign(desk.campaign.slug), {"supporter": False, **values}
    demand(desk.pledge.stands, "the pledge has ended")
    return desk.links.pledge(desk.pledge.id), {"supporter": True, **values}


def _thank_you(desk: Desk) -> Written:
    """The result as it stands now, to whoever came, and to whoever meant to."""
    c, who = desk.campaign, desk.payload["who"]
    own = [p for p in pledges.pledges_of(desk.session, who) if p.campaign == c.id and p.stands]
    demand(bool(own) and c.tally is not None, "the pledge has ended")
    assert c.tally is not None
    due = [o.due_on for o in businesses.obligations(desk.session, [c.id])]
    values = {
        "came": any(pledges.arrival_of(desk.session, pledge.id) for pledge in own),
        "result": came_in(c.tally),
        "pledged": c.tally["confirmed"]["people"],
        "amount": money(c.tally["confirmed"]["amount"]),
        "attended": c.tally["attended"]["people"],
        "due_on": min(due, default=None),
        "back": desk.links.ticket(own[0].id) if due else "",
    }
    return desk.links.page(f"/campaigns/{c.slug}/result"), values


def _cancelled(desk: Desk) -> Written:
    values = {"reason": desk.payload["reason"], "supporter": desk.payload["supporter"]}
    return desk.links.campaign(desk.campaign.slug), values


_TERMS = {
    "windows": Message("the day and hours"),
    "place": Message("the place"),
    "goal": Message("the goal"),
    "go_ahead": Message("what is needed for the day to take place"),
    "slots": Message("the arrival times"),
    "currency": Message("the currency"),
    "business": Message("the business"),
    "agreement": Message("what the business promises"),
}
"""What a supporter is asked about again: material terms (campaigns.rules.MATERIAL), and a worse agreement."""


def _terms_changed(desk: Desk) -> Written:
    demand(desk.pledge.terms_version < desk.campaign.terms_version, "the supporter has agreed again")
    changed = [_TERMS[name] for name in desk.payload["changed"] if name in _TERMS]
    return _changed_for(desk, {"changed": changed})


WRITERS: dict[str, Writer] = {
    "campaign_tipped": _tipped,
    "campaign_missed": _missed,
    "till_due": _till_due,
    "till_to_confirm": _till_to_confirm,
    "till_to_countersign": _till_to_countersign,
    "till_disputed": _till_disputed,
    "postponed": _postponed,
    "thank_you": _thank_you,
    "cancelled": _cancelled,
    "terms_changed": _terms_changed,
}
