"""Who may see the organizers' pages, and as whom."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role
from campaigns import queries as campaigns
from campaigns.values import Campaign, State
from core.errors import Forbidden, NotFound
from web.pages.edge import Visitor


@dataclass(frozen=True)
class Part:
    """A campaign and the parts its visitor has in the team."""

    campaign: Campaign
    person: Person
    roles: frozenset[Role]

    @property
    def organizes(self) -> bool:
        return bool(self.roles.intersection(ORGANIZERS))


def part_in(session: Session, who: Visitor, slug: str) -> Part:
    """The visitor's part. Raises NotSignedIn, NotFound for a stranger's draft, and Forbidden for other strangers."""
    person = who.demand_person()
    campaign = campaigns.by_slug(session, slug)
    roles = accounts.roles(session, campaign.team, person)
    if not roles and campaign.state == State.DRAFT:
        raise NotFound("There is no such campaign")
    if not roles:
        raise Forbidden("This page is for the campaign's team. Ask its organizers to add you.")
    return Part(campaign, person, roles)


def organizer_in(session: Session, who: Visitor, slug: str) -> Part:
    """The same for organizers only."""
    part = part_in(session, who, slug)
    if not part.organizes:
        raise Forbidden("This page is for the campaign's organizers.")
    return part
