"""Opening a circle, and accepting whoever is to lead it: the sides' part."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts import queries as people
from accounts import service as accounts
from accounts.rules import ORGANIZERS, Role
from businesses import facts
from businesses.circles import rules, store
from businesses.circles.values import Circle, Facilitator, Leads, Named
from businesses.followthrough import Obligation, sides
from businesses.service.following import Speaker, demand_side
from businesses.store import bids as bid_store
from businesses.store import obligations
from campaigns import queries as campaign_queries
from core import outbox, record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, require


def open_circle(session: Session, clock: Clock, who: Speaker, obligation_id: str, named: Named | None = None) -> Circle:
    """Open a circle about a broken or disputed promise; without ``named`` the campaign's monitor is to lead it.

    Raises Forbidden for strangers, Invalid for somebody who belongs to a side, Conflict where nothing calls for one.
    """
    o = obligations.locked(session, obligation_id)
    by, now = demand_side(session, o, who), clock.now(session)
    before = store.of_obligation(session, o.id)
    leader = rules.leader(sides(o), by, _checked(session, o, named))
    made = rules.open_(new_id(), o, before[-1] if before else None, by, leader, now)
    store.put(session, made)
    record.append(session, o.campaign, facts.CircleOpened(o.id, made.id, by, list(made.sides), made.until), now)
    _ask(session, made, now)
    return made


def name_another(session: Session, clock: Clock, who: Speaker, circle_id: str, named: Named | None = None) -> Circle:
    """Somebody else is to lead, after the one before was not accepted."""
    held, now = locked(session, circle_id), clock.now(session)
    o = obligations.by_id(session, held.obligation)
    made = rules.name_another(held, demand_side(session, o, who), _checked(session, o, named), now)
    store.put(session, made)
    _ask(session, made, now)
    return made


def _checked(session: Session, o: Obligation, named: Named | None) -> Named | None:
    """Somebody outside both sides; or the monitor, where the campaign has one."""
    campaign = campaign_queries.by_id(session, o.campaign)
    members = accounts.members(session, campaign.team)
    if named is None:
        watched = any(member.role == Role.MONITOR for member in members)
        require(watched, "email", "this campaign has no monitor: name somebody by their address")
        return None
    known = Named(text.email(named.email), text.clean(named.name, "name", 120))
    organizers = people.people(session, {m.person for m in members if m.role in {*ORGANIZERS, Role.CREW}})
    business = bid_store.business_by(session, id=o.business)
    parties = {person.email for person in organizers.values()} | {business.contact.lower() if business else ""}
    seat = o.consent.representative.email if o.consent else ""
    require(known.email not in parties | {seat}, "email", "this address belongs to one of the sides")
    return known


def _ask(session: Session, c: Circle, now: datetime) -> None:
    """Who has not accepted is asked: sides by a notice of the fact, somebody named by a mail with their own link."""
    record.append(session, c.campaign, facts.CircleAsked(c.obligation, c.id, c.facilitator.version), now)
    if c.facilitator.leads == Leads.NAMED:
        campaign = campaign_queries.by_id(session, c.campaign)
        outbox.enqueue(
            session, "circle_invited", c.facilitator.named.email, now, key=f"circle_invited:{c.subject}",
            locale=campaign.language, campaign=c.campaign, circle=c.id, version=c.facilitator.version,
            obligation=c.obligation,
        )  # fmt: skip


def answer_facilitator(session: Session, clock: Clock, who: Speaker, circle_id: str, *, agrees: bool) -> Circle:
    """A side accepts whoever is to lead, or not. The same answer again changes nothing."""
    held = locked(session, circle_id)
    side = demand_side(session, obligations.by_id(session, held.obligation), who)
    return accepted(session, held, rules.answer_facilitator(held, side, clock.now(session), agrees=agrees), clock)


def accepted(session: Session, before: Circle, after: Circle, clock: Clock) -> Circle:
    """Write an answer about the facilitator, and what follows from it: the last yes is public, a no never is."""
    store.put(session, after)
    now, known = clock.now(session), after.facilitator
    if _turns(before.facilitator, known):
        told = (after.obligation, after.id)
        led, refused = facts.CircleLed(*told, known.leads.value), facts.CircleRefused(*told, known.version)
        record.append(session, after.campaign, led if known.is_agreed else refused, now)
    return after


def _turns(before: Facilitator, after: Facilitator) -> bool:
    return before.is_open and not after.is_open


def locked(session: Session, circle_id: str) -> Circle:
    """A circle that is to be changed, with the promise that it is about locked before it, as everywhere."""
    obligation = store.by_id(session, circle_id).obligation
    obligations.locked(session, obligation)
    held = store.locked(session, circle_id)
    if held.obligation != obligation:
        raise Conflict("This circle was changed: load the page again")
    return held
