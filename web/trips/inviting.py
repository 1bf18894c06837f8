"""Going public and bringing people in: what needs both the campaign and those who are asked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Member, Person, Role
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.values import Business
from campaigns import rules
from campaigns import service as campaigns
from campaigns.values import Campaign, NamedBusiness
from core import audit, outbox
from core.clock import Clock
from core.errors import Forbidden
from web.site import Site


def open_(session: Session, here: Site, person: Person, slug: str) -> Campaign:
    """Open a campaign; the one named business is invited by mail where its address is known and nobody asked it yet."""
    second = here.settings.second_organizer
    campaign = campaigns.open_(session, here.clock, person, slug, second_organizer=second)
    _ask_named(session, here, person, campaign)
    return campaign


def name_business(session: Session, here: Site, person: Person, slug: str, named: NamedBusiness) -> Campaign:
    """Nobody bid: name one business instead, and ask it."""
    campaign = campaigns.name_business(session, here.clock, person, slug, named)
    _ask_named(session, here, person, campaign)
    return campaign


def _ask_named(session: Session, here: Site, person: Person, campaign: Campaign) -> None:
    named = campaign.business
    if named is None or "@" not in named.contact:
        return
    asked = {i.email for i in business_queries.invitations(session, campaign.id)}
    if named.contact.lower() not in asked:
        businesses.invite(session, here.clock, here.keys, person, campaign.slug, named.name, named.contact)


def add_member(
    session: Session, clock: Clock, person: Person, slug: str, email: str, role: Role, paid_by: str, disclosure: str
) -> Member:
    """Add somebody to the team and tell them by mail."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    member = accounts.add_member(session, campaign.team, email, role, now, paid_by=paid_by, disclosure=disclosure)
    outbox.enqueue(
        session, "team_invited", member.email, now, key=f"team_invited:{member.id}", locale=campaign.language,
        campaign=campaign.id, role=role.value,
    )  # fmt: skip
    return member


def demand_winner(campaign: Campaign, business: Business) -> None:
    """Raise Forbidden unless the business has won this campaign."""
    if business.id not in {w.business for w in campaign.winners}:
        raise Forbidden("Only the business that won the campaign may do this")


def crew_link(session: Session, here: Site, campaign: Campaign) -> str:
    """The link by which crew join from their own phones."""
    return here.url(f"/door/{campaign.slug}/join?token={accounts.crew_token(session, here.keys, campaign.team)}")


def renew_crew_link(session: Session, clock: Clock, person: Person, slug: str) -> Campaign:
    """Make the crew link anew; the old one opens nothing any more."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    accounts.renew_crew_link(session, campaign.team)
    audit.note(session, person.id, "crew_link.renew", campaign.id, now)
    return campaign


def join_crew(
    session: Session, here: Site, slug: str, token: str, person: Person | None, *, name: str = "", locale: str = "en"
) -> Person:
    """Join the crew by its link while something is still to be counted. Raises Forbidden, Conflict, Invalid."""
    campaign, now = campaigns.lock(session, here.clock, slug)
    rules.demand(campaign, *rules.BEFORE_FINAL)
    joined = accounts.join_crew(session, here.keys, campaign.team, token, now, person=person, name=name, locale=locale)
    audit.note(session, joined.id, "crew.join", campaign.id, now)
    return joined


def remove_crew(session: Session, clock: Clock, person: Person, slug: str, member_id: str) -> None:
    """Take somebody off the crew. What they counted stays counted."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    accounts.remove_crew(session, campaign.team, member_id)
    audit.note(session, person.id, "crew.remove", member_id, now)
