"""What no side decides alone: another thing in a promise's place."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.rules import ORGANIZERS, Person
from businesses import facts
from businesses import followthrough as rules
from businesses.followthrough import Obligation
from businesses.service.following.checking import demand_outside, roles_of
from businesses.store import obligations as store
from businesses.values import Business
from campaigns import queries as campaign_queries
from core import record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Forbidden

Speaker = Person | Business


def side_of(session: Session, o: Obligation, who: Speaker) -> str:
    """For which side somebody speaks: business, organizer, affected; "monitor" and "" speak for none of them."""
    if isinstance(who, Business):
        return "business" if who.id == o.business else ""
    roles = roles_of(session, campaign_queries.by_id(session, o.campaign), o, who)
    if roles.intersection(ORGANIZERS):
        return "organizer"
    return next((side for side in ("affected", "monitor") if side in roles), "")


def demand_side(session: Session, o: Obligation, who: Speaker) -> str:
    """Raises Forbidden for whoever is neither of the sides nor the monitor."""
    side = side_of(session, o, who)
    if not side:
        raise Forbidden("This is for the business, the organizers, the monitor and the people whom it affects")
    if isinstance(who, Person):
        demand_outside(session, o, who)
    return side


def propose_substitute(
    session: Session, clock: Clock, who: Speaker, obligation_id: str, words: str, reason: str
) -> Obligation:
    """Propose another thing in a promise's place. Who proposes has agreed; the other sides are asked."""
    o = store.locked(session, obligation_id)
    by, now = demand_side(session, o, who), clock.now(session)
    told = (text.clean(words, "words", 1000, 1), text.clean(reason, "reason", 1000, 1))
    made = rules.propose_substitute(o, new_id(), by, *told, now)
    fact = facts.SubstituteProposed(o.id, made.id, by, made.words, list(made.asks), made.reason)
    store.file(session, o.id, "substitute", who.id, now, fact.body())
    record.append(session, o.campaign, fact, now)
    return store.by_id(session, o.id)


def answer_substitute(
    session: Session, clock: Clock, who: Speaker, obligation_id: str, substitute_id: str, *, agrees: bool
) -> Obligation:
    """One side says yes or no to what was proposed. Raises Conflict where its answer is not asked for."""
    o = store.locked(session, obligation_id)
    by, now = demand_side(session, o, who), clock.now(session)
    answered = rules.answer_substitute(o, substitute_id, by, now, agrees=agrees)
    store.file(session, o.id, "sub_answer", who.id, now, {"substitute": answered.id, "by": by, "agrees": agrees})
    record.append(session, o.campaign, facts.SubstituteAnswered(o.id, answered.id, by, agrees), now)
    return store.by_id(session, o.id)
