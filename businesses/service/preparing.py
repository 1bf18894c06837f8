"""A business gives one number, the organizers fill in the rest, and the business approves: only then it is a bid."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import facts, preparing, silence
from businesses import rules as bid_rules
from businesses.preparing import Prepared, Reply, Stage
from businesses.service.bidding import demand_open
from businesses.service.inviting import demand_part
from businesses.store import bids as bid_store
from businesses.store import prepared as store
from businesses.values import PREPARED, Business, Offer
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.values import Campaign, Mode, State
from core import record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, NotFound, require


def ask_to_prepare(
    session: Session, clock: Clock, business: Business, slug: str, share: Decimal, purpose: str = ""
) -> Prepared:
    """One number, and the organizers fill in the rest. Raises Conflict while a bid of this business stands."""
    campaign, now = campaigns.lock(session, clock, slug)
    demand_part(session, campaign, business)
    demand_preparing(campaign, now)
    standing = bid_store.bid_of(session, campaign.id, business.id)
    if standing and standing.stands:
        raise Conflict("Your bid stands already; raise it with the form of the bid")
    least = campaign.bidding.minimum_share if campaign.bidding else None
    require(least is None or share >= least, "share", "the minimum bid is {least} percent", least=least)
    said = text.clean(purpose, "purpose", 300)
    fresh = Prepared(new_id(), campaign.id, business.id, Stage.ASKED, now, share, said)
    made = preparing.ask(store.of_business(session, campaign.id, business.id), fresh)
    return _save(session, made)


def demand_preparing(campaign: Campaign, now: datetime) -> None:
    """Raise Conflict where bids are not taken, or where they are sealed: nobody else may know one then."""
    demand_open(campaign, now)
    _demand_unsealed(campaign)


def _demand_unsealed(campaign: Campaign) -> None:
    if campaign.bidding is not None and campaign.bidding.mode == Mode.SEALED:
        raise Conflict("Bids are sealed here: nobody else may know one, so the business fills in its own")


def is_fillable(campaign: Campaign, held: Prepared, now: datetime) -> bool:
    """Whether organizers may fill in a bid: while bids are taken, and in a draft one that its business sent back."""
    returned = campaign.state == State.DRAFT and held.stage == Stage.RETURNED
    return returned or campaign_rules.takes_bids(campaign, now)


def prepare(session: Session, clock: Clock, person: Person, slug: str, prepared_id: str, offer: Offer) -> Prepared:
    """The organizers have filled in the rest. Raises Invalid for what the bid's rules would refuse."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    found = store.by_id(session, campaign.id, prepared_id)
    held = store.of_business(session, campaign.id, found.business) or found
    return _save(session, _filled(campaign, held, offer, now))


def try_prepared(session: Session, clock: Clock, campaign: Campaign, held: Prepared, offer: Offer) -> Prepared:
    """What ``prepare`` would make of an offer, refusals included, without keeping it."""
    return _filled(campaign, held, offer, clock.now(session))


def _filled(campaign: Campaign, held: Prepared, offer: Offer, now: datetime) -> Prepared:
    if not is_fillable(campaign, held, now):
        demand_open(campaign, now)
    _demand_unsealed(campaign)
    bid_rules.check_offer(campaign, offer)
    bid_rules.check_recorded(campaign, offer.baseline, now)
    silence.demand_none(offer.commitments)
    return preparing.fill(held, bid_rules.dated(offer, campaign.last_day), now)


def reply_to_prepared(
    session: Session, clock: Clock, business: Business, slug: str, said: Reply, version: int, words: str = ""
) -> tuple[Prepared, Offer | None]:
    """The business approves, sends it back with a word, or wants none. Gives the offer that is to be placed now.

    Raises Conflict for a version that was changed meanwhile.
    """
    campaign, now = campaigns.lock(session, clock, slug)
    held = store.of_business(session, campaign.id, business.id)
    if held is None:
        raise NotFound("Nothing is prepared here")
    made = preparing.reply(held, said, version, text.clean(words, "words", 600), now)
    _save(session, made)
    return made, replace(made.offer, entered=PREPARED) if said == Reply.APPROVE and made.offer else None


def _save(session: Session, made: Prepared) -> Prepared:
    store.put(session, made)
    about = (made.id, made.business)
    match made.stage:
        case Stage.ASKED | Stage.RETURNED:
            record.append(session, made.campaign, facts.PreparingAsked(*about), made.at)
        case Stage.READY:
            record.append(session, made.campaign, facts.BidPrepared(*about, made.version), made.at)
        case Stage.DECLINED:
            record.append(session, made.campaign, facts.PreparedDeclined(*about), made.at)
    return made


def forget_prepared(session: Session, campaign_ids: list[str]) -> None:
    """Drop what was prepared in campaigns that are long over."""
    store.forget(session, campaign_ids)
