"""What organizers and checkers decide: more time, and what became of a promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import facts
from businesses import followthrough as rules
from businesses.followthrough import Obligation, Verdict
from businesses.service.following.checking import demand_outside, roles_of
from businesses.service.following.filing import touched
from businesses.store import obligations as store
from campaigns import queries as campaign_queries
from core import record, text
from core.clock import Clock
from core.errors import Conflict, Forbidden
from core.wire import encode


def answer_extension(session: Session, clock: Clock, person: Person, obligation_id: str, *, accept: bool) -> Obligation:
    """An organizer grants more time or not; the first date stays visible."""
    o = store.locked(session, obligation_id)
    now = clock.now(session)
    _demand_organizer(session, o, person)
    if o.extension_asked is None:
        raise Conflict("Nobody has asked for more time")
    until = rules.extension_until(o)
    if until is not None and now >= until:
        raise Conflict("The term for an answer has passed: the date stays as it was")
    due_on = date.fromisoformat(o.extension_asked["due_on"]) if accept else o.due_on
    answered = replace(o, due_on=due_on, extension_asked=None)
    store.save(session, answered, now, noted="" if accept else None)
    granted = facts.ExtensionGranted(o.id, due_on, o.first_due_on)
    record.append(session, o.campaign, granted if accept else facts.ExtensionRefused(o.id, due_on), now)
    return answered


def _demand_organizer(session: Session, o: Obligation, person: Person) -> None:
    campaign = campaign_queries.by_id(session, o.campaign)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)


def give_verdict(
    session: Session, clock: Clock, person: Person, obligation_id: str, verdict: Verdict, reason: str
) -> Obligation:
    """The person whom the agreement names confirms what became of a promise. Raises Forbidden for anybody else."""
    o = store.locked(session, obligation_id)
    campaign = campaign_queries.by_id(session, o.campaign)
    by = rules.may_confirm(o, roles_of(session, campaign, o, person))
    demand_outside(session, o, person)
    if by is None:
        raise Forbidden("The agreement names somebody else to confirm this: {checker}", checker=o.commitment.checker)
    now = clock.now(session)
    given = rules.confirm(o, verdict, by, text.clean(reason, "reason", 2000), now)
    store.file(session, o.id, "verdict", person.id, now, encode(given))
    fact = facts.VerdictGiven(o.id, verdict, given.seen_by, by, given.reason, given.value, given.of)
    record.append(session, o.campaign, fact, now)
    return touched(session, o.id, now)
