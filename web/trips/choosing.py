"""From closing to agreement: ranking, award, succession. Businesses rank, campaigns award, called from here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.scoring import Ranking
from businesses.service import choosing
from businesses.values import Bid, Business, Offer
from campaigns import rules, waits
from campaigns import service as campaigns
from campaigns.values import Campaign, Rule, State, TieBreak, Winner
from core import text
from core.clock import Clock
from core.errors import Conflict, require
from core.wire import encode
from web.speech import speech, windows


def place_bid(session: Session, clock: Clock, business: Business, slug: str, offer: Offer) -> tuple[Bid, bool]:
    """Place or raise a bid. With one named business there is nothing to compare: the bid is awarded at once."""
    bid, campaign, fresh = businesses.place_bid(session, clock, business, slug, offer)
    if campaign.state == State.CHOOSING:
        _award(session, campaign, [bid.id], [], "", clock.now(session))
    return bid, fresh


def withdraw_bid(session: Session, clock: Clock, business: Business, slug: str) -> None:
    """Take a bid back; a winner's place goes to the runner-up."""
    bid, campaign, now = businesses.withdraw_bid(session, clock, business, slug)
    if bid.id in {w.bid for w in campaign.winners}:
        succeed(session, campaign, bid.id, "withdrawn", now)
    else:
        campaigns.forget_runner_up(session, campaign, bid.id)


def succeed(session: Session, campaign: Campaign, bid: str, reason: str, now: datetime) -> Campaign:
    """The runner-up takes the place of ``bid``, and its agreement is drawn up."""
    changed = campaigns.replace_winner(session, campaign, bid, reason, now)
    _draw_up(session, changed)
    return changed


def close(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """The closing instant: sealed bids are opened, and the rule decides or says who still has to."""
    count = business_queries.count_bids(session, campaign.id)
    closed = campaigns.close_bidding(session, campaign, count, now)
    businesses.reveal_bids(session, closed, now)
    return choose(session, closed, now)


def choose(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """Rank the bids; award where the rule decides alone, else wait for who decides, with a term."""
    assert campaign.since
    assert campaign.bidding
    ranked = businesses.ranking(session, campaign)
    choosing.record_ranking(session, campaign, ranked, now)
    if not ranked.order:
        return campaigns.wait_for(session, campaign, "bid", campaign.since + rules.NO_BID_TERM)
    term, tie_term = waits.choice_term(campaign), waits.tie_term(campaign)
    if len(ranked.order) > 1 and term and term > campaign.since:
        return campaigns.wait_for(session, campaign, "choice", term)
    if ranked.tied and tie_term and tie_term > campaign.since:
        return campaigns.wait_for(session, campaign, "tie", tie_term)
    return _award_by(session, campaign, ranked, now)


def decide_late(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """The term for choosing has passed: the tie-break rule decides; where only the organizer could, it is as no bid."""
    if campaign.waiting == "bid":
        return campaigns.close_without_bid(session, campaign, now)
    assert campaign.since
    assert campaign.bidding
    if campaign.bidding.rule == Rule.JURY and campaign.waiting == "choice":
        businesses.reveal_scores(session, campaign, now)
    ranked = businesses.ranking(session, campaign, final=True)
    choosing.record_ranking(session, campaign, ranked, now)
    if waits.organizers_choose(campaign) or not ranked.order:
        return campaigns.wait_for(session, campaign, "bid", now + rules.NO_BID_TERM)
    if campaign.waiting == "choice" and ranked.tied and campaign.bidding.tie_break == TieBreak.ORGANIZER:
        return campaigns.wait_for(session, campaign, "tie", campaign.since + rules.ORGANIZER_CHOICE_TERM)
    return _award_by(session, campaign, ranked, now)


def expire_agreement(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """Agreements were not accepted by both in 14 days: the runners-up succeed."""
    assert campaign.award
    for bid in [w.bid for w in campaign.winners if w.bid not in campaign.award.agreed]:
        campaign = succeed(session, campaign, bid, "not_accepted", now)
    return campaign


def award(session: Session, clock: Clock, person: Person, slug: str, bids: list[str], reason: str) -> Campaign:
    """The organizer's choice, where the rule or a tie leaves it to them. Needs a public reason."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    rules.demand(campaign, State.CHOOSING)
    _demand_turn(campaign, now)
    ranked = businesses.ranking(session, campaign)
    demand_organizers_choice(campaign, ranked, bids)
    said = text.clean(reason, "reason", 1000, 1)
    rest = [bid for bid in ranked.order if bid not in bids]
    return _award(session, campaign, bids, rest, said, now)


def _demand_turn(campaign: Campaign, now: datetime) -> None:
    """Jury and vote have their term first, and the organizer's own ends by itself, worker or not."""
    if campaign.waiting == "choice" and campaign.bidding and campaign.bidding.rule != Rule.ORGANIZER:
        raise Conflict("Jury or vote decide until {at}", at=encode(campaign.wait_until))
    if campaign.wait_until and now >= campaign.wait_until:
        raise Conflict("The term for choosing has passed")


def demand_organizers_choice(campaign: Campaign, ranked: Ranking, bids: list[str]) -> None:
    """Raise Conflict unless rule or tie leave the choice to the organizer, and Invalid for bids not open to it."""
    if campaign.award or campaign.bidding is None:
        raise Conflict("There is nothing left to choose")
    open_to = set(ranked.order) if campaign.bidding.rule == Rule.ORGANIZER else set(ranked.tied)
    if campaign.bidding.rule != Rule.ORGANIZER and campaign.bidding.tie_break != TieBreak.ORGANIZER:
        raise Conflict("The published rule decides here, not the organizer: {rule}", rule=campaign.bidding.rule)
    sure = [bid for bid in ranked.order[: campaign.bidding.winners] if bid not in open_to]
    fits = open_to.intersection(bids) and set(sure) <= set(bids) <= open_to | set(sure)
    require(fits, "bids", "choose among these bids: {bids}", bids=", ".join(sorted(open_to)))


def _award_by(session: Session, campaign: Campaign, ranked: Ranking, now: datetime) -> Campaign:
    most = campaign.bidding.winners if campaign.bidding else 1
    order = list(ranked.order)
    return _award(session, campaign, order[:most], order[most:], "", now)


def _award(
    session: Session, campaign: Campaign, bids: list[str], rest: list[str], reason: str, now: datetime
) -> Campaign:
    standing = {bid.id: bid for bid in businesses.standing_bids(session, campaign)}
    winners, runners_up = (
        [Winner(id_, standing[id_].business) for id_ in ids if id_ in standing] for ids in (bids, rest)
    )
    awarded = campaigns.award(session, campaign, winners, runners_up, reason, now)
    _draw_up(session, awarded)
    return awarded


def _draw_up(session: Session, campaign: Campaign) -> None:
    """Write every winner's agreement, in the campaign's language."""
    lines = windows(campaign)
    for winner in campaign.winners:
        bid = business_queries.bid(session, winner.bid)
        business = business_queries.business_by_id(session, winner.business)
        businesses.draw_up(session, campaign, bid, business, lines, speech(campaign.language))
