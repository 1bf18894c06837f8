"""The list of what is to be done before the day: it begins with the people that the forecast expects."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses.values import Business
from campaigns import queries as campaigns
from campaigns.forecast import EXPECTING
from campaigns.tasks import queries
from campaigns.tasks.starting import starting
from campaigns.tasks.values import Seat, Task
from campaigns.values import Campaign
from core.errors import Conflict, NotSignedIn, require
from pledges.service.forecasting import expect
from web.trips import inviting


@dataclass(frozen=True)
class Sat:
    """A campaign and whoever acts in the list of one of its winners, with the list as it would begin."""

    campaign: Campaign
    seat: Seat
    begun: tuple[Task, ...]


def sit(session: Session, slug: str, person: Person | None, shop: Business | None, business: str = "") -> Sat:
    """Who comes as what. ``business``: whose list an organizer means; where one has won it need not be said.

    Raises NotSignedIn, Forbidden for anybody else, Conflict before the award, Invalid naming ``business``.
    """
    if person is None and shop is None:
        raise NotSignedIn("Ask as the business or as an organizer")
    campaign = campaigns.by_slug(session, slug)
    if shop is not None:
        inviting.demand_winner(campaign, shop)
        return Sat(campaign, Seat(shop.id), begun(session, campaign))
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    return Sat(campaign, Seat(_meant(campaign, business), person), begun(session, campaign))


def listed(session: Session, sat: Sat) -> tuple[Task, ...]:
    """The list as it stands."""
    return queries.tasks(session, [sat.campaign], sat.seat.business, sat.begun).get(sat.campaign.id, ())


def begun(session: Session, campaign: Campaign) -> tuple[Task, ...]:
    """The list to begin with. Several winners share one crowd, of which nobody knows how it splits."""
    if campaign.state not in EXPECTING or len(campaign.winners) > 1:
        return starting(campaign)
    return starting(campaign, expect(session, campaign).forecast.people.people[1])


def _meant(campaign: Campaign, business: str) -> str:
    won = [winner.business for winner in campaign.winners]
    if not won:
        raise Conflict("No business has won yet")
    require(not business or business in won, "business", "this business has not won the campaign")
    require(business or len(won) == 1, "business", "say which of the winners is meant")
    return business or won[0]
