"""The second carrot: a verdict opens the visits that waited for it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.followthrough import Obligation, Verdict, verified_kept
from campaigns import queries as campaign_queries
from core.clock import Clock
from pledges.returns import service as returns


def give_verdict(
    session: Session, clock: Clock, person: Person, obligation_id: str, verdict: Verdict, reason: str
) -> Obligation:
    """Confirm what became of a promise; with the last one verified kept, return visits are asked for."""
    held = businesses.give_verdict(session, clock, person, obligation_id, verdict, reason)
    of_shop = [o for o in business_queries.obligations(session, [held.campaign]) if o.business == held.business]
    if verified_kept(of_shop):
        campaign = campaign_queries.by_id(session, held.campaign)
        returns.open_returns(session, campaign, held.business, clock.now(session))
    return held
