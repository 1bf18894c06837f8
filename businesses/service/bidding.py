"""Placing, raising and withdrawing bids; sealed ones leave nothing but a salted hash until closing."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from businesses import facts, rules, silence
from businesses.service.consenting import follow_offer
from businesses.service.inviting import demand_part
from businesses.store import bids as store
from businesses.values import PAPER, Bid, Business, Offer, seal
from campaigns import queries as campaign_queries
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.values import Campaign, Mode, State
from core import outbox, record
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, NotFound
from core.facts import Fact
from core.wire import Json, encode


def place_bid(
    session: Session, clock: Clock, business: Business, slug: str, offer: Offer
) -> tuple[Bid, Campaign, bool]:
    """Place a bid, or raise the one that stands (the third value says which: True for a fresh one).

    In the last minutes of an open bidding it moves the closing. A raise by the business's own hand countersigns what
    was entered from paper. Raises Conflict once bidding has closed, worker or not, and Invalid for anything lowered.
    """
    campaign, now = campaigns.lock(session, clock, slug)
    held = store.bid_of(session, campaign.id, business.id)
    bid, fresh = _made(session, campaign, business, offer, held, now)
    signs = bid.lacks_signature and offer.entered != PAPER
    bid = replace(bid, countersigned_at=now) if signs else bid
    store.put_bid(session, bid, now)
    signature = [facts.BidCountersigned(bid.id)] if signs else []
    record.append(session, campaign.id, [*_facts(bid, business, fresh=fresh), *signature], now)
    follow_offer(session, campaign, held, bid, now)
    if rules.has_risen(held, bid):
        campaign = campaigns.move_closing(session, campaign, now)
    _send_copy(session, business, bid, campaign, now)
    return bid, campaign, fresh


def try_bid(session: Session, clock: Clock, business: Business, slug: str, offer: Offer) -> tuple[Bid, bool]:
    """What ``place_bid`` would make of an offer, refusals included, without placing it: the look before signing."""
    campaign = campaign_queries.by_slug(session, slug)
    held = store.bid_of(session, campaign.id, business.id)
    return _made(session, campaign, business, offer, held, clock.now(session))


def _made(
    session: Session, campaign: Campaign, business: Business, offer: Offer, held: Bid | None, now: datetime
) -> tuple[Bid, bool]:
    demand_part(session, campaign, business)
    demand_open(campaign, now)
    rules.check_offer(campaign, rules.unsaid_stays(held.offer, offer) if held and held.stands else offer)
    silence.demand_none(offer.commitments, held.offer.commitments if held else ())
    offer = rules.dated(offer, campaign.last_day)
    rules.check_recorded(campaign, offer.baseline, now)
    if held is None or not held.stands:
        return _fresh(campaign, business, offer, held, now), True
    rules.check_kept(held.offer.baseline, offer.baseline)
    return rules.raise_bid(held, offer, now), False


def demand_open(campaign: Campaign, now: datetime) -> None:
    """Raise Conflict unless a bid is taken at this instant, worker or not."""
    if campaign_rules.takes_bids(campaign, now):
        return
    closes = campaign.bids_close_at
    if campaign.state == State.BIDDING or closes:
        raise Conflict("The campaign is {state}: bidding closed at {at}", state=campaign.state, at=encode(closes))
    raise Conflict("The campaign is {state}: it takes no bids", state=campaign.state)


def _fresh(campaign: Campaign, business: Business, offer: Offer, held: Bid | None, now: datetime) -> Bid:
    sealed = campaign.bidding is not None and campaign.bidding.mode == Mode.SEALED
    identity = held.id if held else new_id()
    return Bid(identity, campaign.id, business.id, offer, now, now, secrets.token_hex(16), None, sealed)


def content(bid: Bid) -> Json:
    """What the public sees of a bid, and what is hashed while it is sealed."""
    return _shown(store.offer_body(bid.offer))


def _shown(written: Json) -> Json:
    """An offer without a baseline for the checker only: of that, that there is one, and no more."""
    baseline = written["baseline"]
    hidden = baseline is not None and baseline["visibility"] == "checker"
    return {**written, "baseline": {"visibility": "checker"} if hidden else baseline}


def introduced(business: Business) -> facts.BusinessIntroduced:
    """Who bids, said with the first public bid and not before: who was asked and declined is never public."""
    return facts.BusinessIntroduced(business.id, business.slug, business.name, business.identity, business.disclosure)


def _facts(bid: Bid, business: Business, *, fresh: bool) -> list[Fact]:
    if bid.sealed:
        return [facts.BidSealed(bid.id, seal(bid.salt, content(bid))), facts.BidContentGiven(bid.id, content(bid))]
    if not fresh:
        return [facts.BidRaised(bid.id, **content(bid))]
    placed = facts.BidPlaced(bid.id, bid.business, placed_at=encode(bid.placed_at), **content(bid))
    return [introduced(business), placed]


def _send_copy(session: Session, business: Business, bid: Bid, campaign: Campaign, now: datetime) -> None:
    if "@" in business.contact and not bid.lacks_signature:
        outbox.enqueue(
            session, "bid_placed", business.contact, now, key=f"bid_placed:{bid.id}:{encode(bid.raised_at)}",
            locale=campaign.language, business=business.id, key_version=business.key_version, campaign=campaign.id,
            bid=bid.id,
        )  # fmt: skip


def withdraw_bid(session: Session, clock: Clock, business: Business, slug: str) -> tuple[Bid, Campaign, datetime]:
    """Take a bid back. Before closing it simply falls out; after the award the caller lets the runner-up succeed."""
    campaign, now = campaigns.lock(session, clock, slug)
    held = store.bid_of(session, campaign.id, business.id)
    if held is None or not held.stands:
        raise NotFound("There is no bid of this business")
    allowed = (State.BIDDING, State.CHOOSING, State.AGREED, State.PLEDGING, State.TIPPED)
    campaign_rules.demand(campaign, *allowed)
    bid = replace(held, withdrawn_at=now)
    store.put_bid(session, bid, now)
    record.append(session, campaign.id, facts.BidWithdrawn(bid.id), now)
    return bid, campaign, now


def standing_bids(session: Session, campaign: Campaign) -> list[Bid]:
    """The bids that stand, in the order they were placed."""
    return [bid for bid in store.bids(session, [campaign.id]) if bid.stands]


def move_dates(session: Session, campaign: Campaign) -> None:
    """After the day was moved: the promises of every standing bid get the dates that follow from it."""
    held = standing_bids(session, campaign)
    for bid, made in zip(held, store.as_made(session, held), strict=True):
        moved = rules.moved(made, campaign.last_day)
        if moved != bid:
            store.redate(session, moved)


def reveal_bids(session: Session, campaign: Campaign, now: datetime) -> None:
    """At closing, open every sealed bid: content and salt, so that anyone can check the hash published before.

    As it was written, not as this version would write it: the hash must fit after an upgrade, too.
    """
    sealed = [bid for bid in standing_bids(session, campaign) if bid.sealed]
    shops = store.businesses(session, [bid.business for bid in sealed])
    written = store.written(session, [bid.id for bid in sealed])
    store.reveal(session, [bid.id for bid in sealed])
    for bid in sealed:
        placed_at, raised_at = encode(bid.placed_at), encode(bid.raised_at)
        told = facts.BidRevealed(bid.id, bid.business, bid.salt, _shown(written[bid.id]), placed_at, raised_at)
        record.append(session, campaign.id, [introduced(shops[bid.business]), told], now)
