"""Looking before the award: at an ordinary day that is kept from the public, and at what is said to be done already."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role, checker_of
from businesses import facts, queries, rules
from businesses.store import bids as store
from businesses.values import Baseline, Bid
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.values import Campaign
from core import record
from core.clock import Clock
from core.errors import Conflict, Forbidden, NotFound
from core.money import Money


def baseline_for(session: Session, person: Person, slug: str, bid_id: str) -> tuple[Campaign, Bid, Baseline]:
    """An ordinary day that only the checker sees. Raises Forbidden, NotFound, and Conflict where none is kept back."""
    campaign = campaign_queries.by_slug(session, slug)
    _demand_checker(session, campaign, person)
    bid = _visible(campaign, store.bid_by_id(session, bid_id))
    if bid.offer.baseline is None or not bid.offer.baseline.hidden:
        raise Conflict("This bid keeps no ordinary day from the public")
    return campaign, bid, bid.offer.baseline


def see_baseline(session: Session, clock: Clock, person: Person, slug: str, bid_id: str, sum_: Money | None) -> Bid:
    """The checker says in public that they have seen it, and if they like what the bid comes to by it."""
    campaign, now = campaigns.lock(session, clock, slug)
    by = _demand_checker(session, campaign, person)
    held = _visible(campaign, store.locked_bid(session, bid_id))
    bid = rules.see_baseline(campaign, held, by, sum_, now)
    store.put_looks(session, bid)
    record.append(session, campaign.id, facts.BaselineSeen(bid.id, by, rules.local_day(campaign, now), sum_), now)
    return bid


def confirm_change(
    session: Session, clock: Clock, person: Person, slug: str, bid_id: str, note: str, on: date | None
) -> Bid:
    """Organizer or monitor has seen what was done already: ``on`` that day, today where none is given."""
    campaign, now = campaigns.lock(session, clock, slug)
    roles = accounts.demand_role(session, campaign.team, person, (*ORGANIZERS, Role.MONITOR))
    by = "monitor" if Role.MONITOR in roles else "organizer"
    held = _visible(campaign, store.locked_bid(session, bid_id))
    bid = rules.confirm_change(campaign, held, by, note, on or rules.local_day(campaign, now), now)
    store.put_looks(session, bid)
    told = bid.confirmed[-1]
    record.append(session, campaign.id, facts.ChangeConfirmed(bid.id, by, told.on, told.note), now)
    return bid


def _demand_checker(session: Session, campaign: Campaign, person: Person) -> str:
    roles = frozenset(accounts.demand_role(session, campaign.team, person, (*ORGANIZERS, Role.MONITOR)))
    by = checker_of(accounts.members(session, campaign.team), roles)
    if not by:
        raise Forbidden("These figures are for the monitor only")
    return by


def _visible(campaign: Campaign, bid: Bid) -> Bid:
    """A standing bid of this campaign. Sealed ones are nobody's before closing: not the checker's either."""
    if bid.campaign != campaign.id or not bid.stands or queries.are_sealed(campaign):
        raise NotFound("There is no such bid")
    return bid
