"""A shop that closes or is sold: its promises end as *ended: closed*, told apart from broken; a new owner may adopt."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from businesses import facts
from businesses.followthrough import Obligation, Standing, standing
from businesses.store import obligations as store
from businesses.values import Business
from core import record, text
from core.clock import Clock
from core.errors import Conflict

OPEN = {Standing.NOT_DUE, Standing.IN_PROGRESS, Standing.LATE, Standing.UNKNOWN}


def close(session: Session, clock: Clock, business: Business, reason: str) -> list[Obligation]:
    """End every open promise of the business, with a public reason. What was settled or disputed stays so."""
    said = text.clean(reason, "reason", 1000, 1)
    now = clock.now(session)
    open_ = [o for o in _locked(session, business) if standing(o, now) in OPEN]
    for o in open_:
        store.save(session, replace(o, ended_closed=True), now)
    for campaign, ids in _by_campaign(open_).items():
        record.append(session, campaign, facts.BusinessClosed(business.id, said, ids), now)
    return open_


def adopt_promises(session: Session, clock: Clock, business: Business) -> list[Obligation]:
    """A new owner, holding the business's key, takes the ended promises over with their first dates."""
    now = clock.now(session)
    ended = [o for o in _locked(session, business) if o.ended_closed]
    if not ended:
        raise Conflict("No promise of this business has ended by closing")
    for o in ended:
        store.save(session, replace(o, ended_closed=False), now, noted="")
    for campaign, ids in _by_campaign(ended).items():
        record.append(session, campaign, facts.PromisesAdopted(business.id, ids), now)
    return ended


def _locked(session: Session, business: Business) -> list[Obligation]:
    return [store.locked(session, o.id) for o in store.of_businesses(session, [business.id])]


def _by_campaign(held: list[Obligation]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for o in held:
        told.setdefault(o.campaign, []).append(o.id)
    return told
