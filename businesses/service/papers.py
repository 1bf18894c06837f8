"""A bid on paper: entered by the organizers from a signed sheet, countersigned by the business from its own link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import facts
from businesses.service.bidding import place_bid
from businesses.service.inviting import open_on_paper
from businesses.service.preparing import demand_preparing
from businesses.store import bids as bid_store
from businesses.store import papers as store
from businesses.values import PAPER, Bid, Business, Offer, Paper
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.values import Campaign, State
from core import record
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, NotFound, require
from core.tokens import Keys


def begin_paper(
    session: Session, clock: Clock, keys: Keys, person: Person, slug: str, invitation_id: str, photo: str
) -> tuple[Paper, Business]:
    """The photo of an invited business's signed sheet; a later one takes its place until the bid is entered.

    Raises Conflict while a bid of the business stands, or where bids are sealed.
    """
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    demand_preparing(campaign, now)
    row = bid_store.invitation_by_id(session, campaign.id, invitation_id)
    require(row, "invitation", "choose who signed it")
    assert row
    shop = open_on_paper(session, keys, row, now)
    _demand_none(session, campaign, shop.id)
    held = store.of_business(session, campaign.id, shop.id)
    made = Paper(held.id if held else new_id(), campaign.id, shop.id, photo, person.id, now)
    store.put(session, made)
    return made, shop


def _demand_none(session: Session, campaign: Campaign, business: str) -> None:
    standing = bid_store.bid_of(session, campaign.id, business)
    if standing and standing.stands:
        raise Conflict("A bid of this business stands already; it raises it from its own link")


def place_paper(
    session: Session, clock: Clock, person: Person, slug: str, paper_id: str, offer: Offer
) -> tuple[Bid, Campaign, bool]:
    """Enter what the sheet says. It is a bid from this instant on, and marked; it can win once it is countersigned."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    held = store.by_id(session, campaign.id, paper_id)
    demand_preparing(campaign, now)
    _demand_none(session, campaign, held.business)
    shop = bid_store.businesses(session, [held.business])[held.business]
    return place_bid(session, clock, shop, slug, replace(offer, entered=PAPER))


def forget_papers(session: Session, campaign_ids: Sequence[str]) -> None:
    """Forget the photos of signed sheets of campaigns that are long over; who entered what stays in the record."""
    store.forget_photos(session, campaign_ids)


OPEN = (State.BIDDING, State.CHOOSING, State.AGREED, State.PLEDGING, State.TIPPED)


def countersign(session: Session, clock: Clock, business: Business, slug: str) -> tuple[Bid, Campaign, datetime]:
    """The business says yes to what was entered for it. Said again, it changes nothing."""
    campaign, now = campaigns.lock(session, clock, slug)
    bid = bid_store.bid_of(session, campaign.id, business.id)
    if bid is None or not bid.stands or bid.offer.entered != PAPER:
        raise NotFound("No bid of this business was entered from paper")
    if not bid.lacks_signature:
        return bid, campaign, now
    campaign_rules.demand(campaign, *OPEN)
    if campaign.waiting == "consent" and campaign.wait_until and now >= campaign.wait_until:
        raise Conflict("The term for signing has passed; the next bid follows")
    signed = replace(bid, countersigned_at=now)
    bid_store.countersign(session, signed)
    record.append(session, campaign.id, facts.BidCountersigned(bid.id), now)
    return signed, campaign, now
