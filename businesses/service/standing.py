"""After the choice: a business lets its losing bid stand, and takes it back; the next campaign begins with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from businesses import facts, standing
from businesses.preparing import Prepared, Stage
from businesses.standing import Standing
from businesses.store import bids as bid_store
from businesses.store import prepared as prepared_store
from businesses.store import standing as store
from businesses.values import Bid, Business, Invitation
from campaigns import service as campaigns
from campaigns.values import Campaign
from core import record, zones
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, NotFound


def let_stand(session: Session, clock: Clock, business: Business, slug: str, until: date) -> Standing:
    """The business's losing bid stands through a day, in public. Said again, the later word counts."""
    campaign, now = campaigns.lock(session, clock, slug)
    bid = _own(session, campaign, business)
    held = store.by_bid(session, bid.id)
    if held and held.taken:
        raise Conflict("The next campaign has begun with this offer already")
    made = standing.let_stand(campaign, bid, until, today(campaign, now), now)
    store.put(session, made)
    record.append(session, campaign.id, facts.OfferStands(bid.id, until), now)
    return made


def stop_standing(session: Session, clock: Clock, business: Business, slug: str) -> None:
    """The business takes the offer back. What is prepared with it already waits for its approval all the same."""
    campaign, now = campaigns.lock(session, clock, slug)
    bid = _own(session, campaign, business)
    if not store.remove(session, bid.id):
        raise NotFound("No offer of this business stands here")
    record.append(session, campaign.id, facts.OfferEnded(bid.id), now)


def _own(session: Session, campaign: Campaign, business: Business) -> Bid:
    bid = bid_store.bid_of(session, campaign.id, business.id)
    if bid is None:
        raise NotFound("There is no bid of this business")
    return bid


def today(campaign: Campaign, now: datetime) -> date:
    """The day it is where the campaign happens."""
    return now.astimezone(zones.zone(campaign.timezone or "UTC")).date()


def demand_standing(session: Session, campaign: Campaign, bid_id: str, now: datetime) -> tuple[Standing, Bid]:
    """An offer that holds, and its bid. Raises NotFound, and Conflict where it was taken up or has ended."""
    held = store.by_bid(session, bid_id)
    if held is None or held.campaign != campaign.id:
        raise NotFound("No such offer stands here")
    if not held.holds(today(campaign, now)):
        raise Conflict("This offer was taken up already, or its day has passed")
    bid = bid_store.bid_by_id(session, bid_id)
    standing.demand_lost(campaign, bid)
    return held, bid


def carry_over(session: Session, held: Standing, bid: Bid, following: Campaign, days: int, now: datetime) -> Prepared:
    """Into the next campaign: its business takes part, its offer waits there for its approval, the old one is taken."""
    store.put(session, replace(held, taken=following.id))
    shop = bid_store.businesses(session, [bid.business])[bid.business]
    asked = Invitation(new_id(), following.id, shop.name, "", now, now, shop.id)
    bid_store.add_invitation(session, asked, new_id())
    record.append(session, following.id, facts.InvitationClaimed(shop.id), now)
    offer = standing.moved(bid.offer, days)
    made = Prepared(new_id(), following.id, shop.id, Stage.READY, now, offer=offer)
    prepared_store.put(session, made)
    record.append(session, following.id, facts.BidPrepared(made.id, shop.id, made.version), now)
    return made
