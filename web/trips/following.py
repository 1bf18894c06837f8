"""Following through: what needs pledges' knowledge of who came beside the businesses' promises."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person, Role
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.followthrough import Obligation, is_neglected
from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.values import Campaign
from core.clock import Clock
from core.errors import Conflict, Forbidden
from core.wire import Json
from pledges import queries as pledge_queries
from web.trips.clockwork import end_if_over


def file_spot_check(session: Session, clock: Clock, person: Person, obligation_id: str, filed: Json) -> Obligation:
    """File what somebody saw; whether they pledged or came is asked of the pledges' room."""
    supporter = _supports(session, person, business_queries.obligation(session, obligation_id))
    return businesses.file_spot_check(session, clock, person, obligation_id, filed, supporter=supporter)


def observer(session: Session, person: Person, held: Obligation) -> str:
    """As whom somebody may file a spot check. Raises Forbidden, saying why not."""
    return businesses.observer(session, held, person, supporter=_supports(session, person, held))


def _supports(session: Session, person: Person, held: Obligation) -> bool:
    return pledge_queries.is_supporter(session, held.campaign, person.id)


def close_business(session: Session, clock: Clock, business: Business, reason: str) -> list[Obligation]:
    """The shop closes or is sold: its open promises end, and with the last one its campaigns."""
    ended = businesses.close(session, clock, business, reason)
    for campaign in sorted({o.campaign for o in ended}):
        end_if_over(session, clock, campaign)
    return ended


def adopt(session: Session, clock: Clock, person: Person, slug: str) -> Campaign:
    """Take up a campaign whose organizers let a verdict's term pass (DESIGN.md: organizer silent).

    Raises Conflict while they owe nothing, Forbidden for anybody but its monitors and supporters.
    """
    campaign = campaign_queries.by_slug(session, slug)
    now = clock.now(session)
    if not any(is_neglected(o, now) for o in business_queries.obligations(session, [campaign.id])):
        raise Conflict("Its organizers owe no verdict whose term has passed")
    if Role.MONITOR in accounts.roles(session, campaign.team, person):
        return campaigns.adopt(session, clock, person, slug, "monitor")
    if pledge_queries.is_supporter(session, campaign.id, person.id):
        return campaigns.adopt(session, clock, person, slug, "supporter")
    raise Forbidden("A campaign is taken up by its monitor or by a supporter")
