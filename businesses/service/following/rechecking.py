"""Months later: whom the agreement names says whether a promise that was kept still is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import facts
from businesses import followthrough as rules
from businesses.followthrough import Obligation, Outcome, Standing
from businesses.service.following.checking import demand_outside, roles_of
from businesses.service.following.filing import touched
from businesses.store import obligations as store
from campaigns import queries as campaign_queries
from core import record, text
from core.clock import Clock
from core.errors import Conflict, Forbidden
from core.wire import encode


def answer_recheck(
    session: Session, clock: Clock, person: Person, obligation_id: str, outcome: Outcome, reason: str
) -> Obligation:
    """The answer of whom the agreement names, once for each re-check. Raises Conflict while none is open."""
    o = store.locked(session, obligation_id)
    campaign = campaign_queries.by_id(session, o.campaign)
    by = rules.may_confirm(o, roles_of(session, campaign, o, person))
    demand_outside(session, o, person)
    if by is None:
        raise Forbidden("The agreement names somebody else to confirm this: {checker}", checker=o.commitment.checker)
    now = clock.now(session)
    if rules.standing(o, now) != Standing.SETTLED:
        raise Conflict("No re-check is open now")
    given = rules.answer(o, outcome, by, text.clean(reason, "reason", 2000), now)
    store.file(session, o.id, "recheck", person.id, now, encode(given))
    told = facts.RecheckGiven(o.id, given.months, given.outcome, given.seen_by, by, given.reason, given.value)
    record.append(session, o.campaign, told, now)
    return touched(session, o.id, now)
