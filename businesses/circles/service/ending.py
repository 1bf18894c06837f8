"""How a circle ends: all accept a remedy, which arises as a promise; or it ends without, by hand or by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from businesses import codec, facts
from businesses.circles import rules, store
from businesses.circles.service.opening import locked
from businesses.circles.values import Circle, Ending
from businesses.commitments import Action
from businesses.followthrough import Obligation
from businesses.service.following import Speaker, demand_side, mend
from businesses.store import obligations
from campaigns import queries as campaign_queries
from core import record
from core.clock import Clock


def answer_remedy(
    session: Session, clock: Clock, who: Speaker, circle_id: str, remedy_id: str, *, agrees: bool
) -> Circle:
    """A side accepts what the circle came to, or not; with the last yes a new promise arises that names the old one."""
    held, now = locked(session, circle_id), clock.now(session)
    side = demand_side(session, obligations.by_id(session, held.obligation), who)
    made = rules.answer_remedy(held, remedy_id, side, now, agrees=agrees)
    if made == held:
        return held
    if made.ending == Ending.REMEDY:
        return end(session, made, now)
    store.put(session, made)
    if not agrees:
        record.append(session, made.campaign, facts.RemedyRefused(made.obligation, made.id, remedy_id), now)
    return made


def note_term(session: Session, clock: Clock, circle_id: str) -> str | None:
    """Its term has passed: it ends without an outcome. Gives a line of what happened."""
    held, now = locked(session, circle_id), clock.now(session)
    made = rules.lapse(held, now)
    if made is None:
        return None
    end(session, made, now)
    return f"circle about {held.obligation}: ended by its term"


def end(session: Session, made: Circle, now: datetime) -> Circle:
    """Write the end, with the promise that came of it; what only those invited were to know is gone with it."""
    o = obligations.by_id(session, made.obligation)
    promise = remedy_of(made, o)
    told = ended(made, promise)
    record.append(session, made.campaign, told, now)
    if promise:
        campaign = campaign_queries.by_id(session, made.campaign)
        made = replace(made, mended_by=mend(session, campaign, o, promise, now).id)
    store.put(session, made)
    return made


def remedy_of(c: Circle, o: Obligation) -> Action | None:
    """The promise that a circle came to; None for one that came to none."""
    if c.ending != Ending.REMEDY or c.remedy is None:
        return None
    return c.remedy.promise(c.id, o.commitment.affected_group, o.commitment.topic)


def ended(c: Circle, promise: Action | None) -> facts.CircleEnded:
    """What the record says of the end."""
    outcome = c.ending.value if c.ending else ""
    if promise is None:
        return facts.CircleEnded(c.obligation, c.id, outcome, [])
    return facts.CircleEnded(c.obligation, c.id, outcome, list(c.sides), promise.metric, codec.wire(promise))
