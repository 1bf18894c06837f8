"""A pledge as its holder's pages need it: whoever has one of its tokens, or is its person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.returns import queries as returns
from pledges.values import PledgeState
from web.pages.campaign.known import Winning, winners
from web.pages.edge import Visitor
from web.site import Site
from web.views.ticket import Back, Held

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def held(session: Session, here: Site, who: Visitor, pledge_id: str, token: str) -> Held:
    """Raises NotFound, NotSignedIn or Forbidden for anybody else."""
    pledge = pledges.own(session, here.keys, pledge_id, token, who.person)
    campaign = campaign_queries.by_id(session, pledge.campaign)
    won = winners(session, campaign)
    arrival = pledge_queries.arrival_of(session, pledge_id)
    contact = pledge_queries.contact(session, pledge_id) if pledge.state == PledgeState.UNCONFIRMED else None
    return Held(
        pledge=pledge,
        campaign=campaign,
        names=tuple(w.business.name for w in won),
        commitments=tuple(c for w in won for c in w.bid.promised),
        email=contact.email if contact else "",
        manages=pledges.may_change(session, here.keys, pledge, token, who.person),
        came=arrival is not None,
        now=here.clock.now(session),
        noted=arrival.spent if arrival else None,
        report=pledge_queries.spend_report(session, pledge_id),
        back=_back(session, campaign, pledge_id, won),
    )


def _back(session: Session, campaign: Campaign, pledge_id: str, won: Sequence[Winning]) -> tuple[Back, ...]:
    """The businesses to come back to: once the tally is final, and nothing is read before."""
    if campaign.tally is None:
        return ()
    visits = {visit.business: visit for visit in returns.of_pledge(session, pledge_id)}
    openings = returns.openings(session, [campaign.id])
    shops = [w.business for w in won]
    return tuple(Back(s.id, s.name, visits.get(s.id), openings.get((campaign.id, s.id))) for s in shops)


def with_token(path: str, token: str) -> str:
    """An address that keeps the token one came with; a signed-in person needs none."""
    return f"{path}?token={token}" if token else path
