"""From closing to agreement: ranking, award, succession. Businesses rank, campaigns award, called from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.consent import Standing
from businesses.preparing import Prepared, Reply
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


def place_paper(session: Session, clock: Clock, person: Person, slug: str, paper_id: str, offer: Offer) -> Bid:
    """Enter a bid from a signed sheet; with one named business the choice waits for its signature."""
    bid, campaign, _ = businesses.place_paper(session, clock, person, slug, paper_id, offer)
    if campaign.state == State.CHOOSING:
        _settle(session, campaign, businesses.ranking(session, campaign), clock.now(session))
    return bid


def countersign(session: Session, clock: Clock, business: Business, slug: str) -> Bid:
    """The business signs what was entered from paper; where the choice waited for nothing else, it is made."""
    awaited = awaited_bids(session, campaigns.lock(session, clock, slug)[0])
    bid, campaign, now = businesses.countersign(session, clock, business, slug)
    if bid.id in awaited and not lacking_consent(session, campaign, businesses.ranking(session, campaign)):
        choose_again(session, campaign, now)
    return bid


def place_bid(session: Session, clock: Clock, business: Business, slug: str, offer: Offer) -> tuple[Bid, bool]:
    """Place or raise a bid. With one named business there is nothing to compare: the bid is awarded at once.

    Unless people whom it affects have to agree first.
    """
    awaited = awaited_bids(session, campaigns.lock(session, clock, slug)[0])
    bid, campaign, fresh = businesses.place_bid(session, clock, business, slug, offer)
    if bid.id in awaited and not lacking_consent(session, campaign, businesses.ranking(session, campaign)):
        choose_again(session, campaign, clock.now(session))
    elif campaign.state == State.CHOOSING:
        _settle(session, campaign, businesses.ranking(session, campaign), clock.now(session))
    return bid, fresh


def reply_to_prepared(
    session: Session, clock: Clock, business: Business, slug: str, said: Reply, version: int, words: str = ""
) -> tuple[Prepared, Bid | None]:
    """What was prepared is approved, and is a bid from this instant on; or it is sent back, or not wanted."""
    made, offer = businesses.reply_to_prepared(session, clock, business, slug, said, version, words)
    return made, place_bid(session, clock, business, slug, offer)[0] if offer else None


def withdraw_bid(session: Session, clock: Clock, business: Business, slug: str) -> None:
    """Take a bid back; a winner's place goes to the runner-up."""
    awaited = awaited_bids(session, campaigns.lock(session, clock, slug)[0])
    bid, campaign, now = businesses.withdraw_bid(session, clock, business, slug)
    if bid.id in {w.bid for w in campaign.winners}:
        succeed(session, campaign, bid.id, "withdrawn", now)
    elif bid.id in awaited:
        choose_again(session, campaign, now)
    else:
        campaigns.forget_runner_up(session, campaign, bid.id)


def succeed(session: Session, campaign: Campaign, bid: str, reason: str, now: datetime) -> Campaign:
    """The runner-up takes the place of ``bid``, and its agreement is drawn up.

    One that lacks a consent when its turn comes gets a term of its own for it, as the first would have. Where others
    have won beside it nobody waits: it is passed over, on record.
    """
    alone = {w.bid for w in campaign.winners} == {bid}
    campaign, hold = _pass_over(session, campaign, now, alone=alone)
    changed = campaigns.replace_winner(session, campaign, bid, reason, now, hold=hold)
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
    return _settle(session, campaign, ranked, now)


def decide_late(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """The term for choosing has passed: the tie-break rule decides; where only the organizer could, it is as no bid."""
    if campaign.waiting == "bid":
        return campaigns.close_without_bid(session, campaign, now)
    if campaign.waiting == "consent":
        return _give_up_waiting(session, campaign, now)
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
    return _settle(session, campaign, ranked, now)


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
    standing = businesses.standing_bids(session, campaign)
    unsigned = [bid.id for bid in standing if bid.id in bids and bid.lacks_signature]
    require(not unsigned, "bids", "entered from paper and not countersigned yet: {bids}", bids=", ".join(unsigned))
    demand_consent(bids, business_queries.consent_standings(session, standing))
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


def demand_consent(bids: list[str], standings: Mapping[str, Standing]) -> None:
    """Raise Invalid where the organizer chooses a bid before the people whom it affects have agreed."""
    lacking = [bid for bid in bids if standings.get(bid) != Standing.COMPLETE]
    require(not lacking, "bids", "people affected have to agree first: {bids}", bids=", ".join(lacking))


def _settle(session: Session, campaign: Campaign, ranked: Ranking, now: datetime) -> Campaign:
    """Award by the ranking; while a consent that its winners need is missing, wait for it (DOMAIN.md, Beyond shops)."""
    if not ranked.order:
        return campaign
    if lacking_consent(session, campaign, ranked):
        if campaign.waiting == "consent":
            return campaign
        return campaigns.wait_for(session, campaign, "consent", now + rules.CONSENT_TERM)
    most = winners_of(campaign)
    order = list(ranked.order)
    return _award(session, campaign, order[:most], order[most:], "", now)


def winners_of(campaign: Campaign) -> int:
    """How many bids the rule lets win."""
    return campaign.bidding.winners if campaign.bidding else 1


def awaited_bids(session: Session, campaign: Campaign) -> list[str]:
    """The bids that would win, while the campaign waits for a consent that one of them needs."""
    if campaign.waiting != "consent" or campaign.award is not None:
        return []
    return list(businesses.ranking(session, campaign).order[: winners_of(campaign)])


def lacking_consent(session: Session, campaign: Campaign, ranked: Ranking) -> list[Bid]:
    """The bids that would win now, and lack a consent."""
    held = {bid.id: bid for bid in businesses.standing_bids(session, campaign)}
    first = [held[id_] for id_ in ranked.order[: winners_of(campaign)]]
    standings = business_queries.consent_standings(session, first)
    return [bid for bid in first if standings[bid.id] != Standing.COMPLETE]


def _give_up_waiting(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """The term for a consent has passed: the bids that lack it fall out, and the next ones are looked at."""
    missing = lacking_consent(session, campaign, businesses.ranking(session, campaign))
    businesses.lapse_consents(session, campaign, missing, now)
    return choose_again(session, campaign, now)


def choose_again(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """A bid has fallen out, or all it waited for is there: rank anew, and award, or wait for what is missing now."""
    ranked = businesses.ranking(session, campaign)
    if campaign.bidding is not None:
        choosing.record_ranking(session, campaign, ranked, now)
    if not ranked.order:
        return campaigns.wait_for(session, campaign, "bid", now + rules.NO_BID_TERM)
    term = _tie_term(campaign, now) if ranked.tied else None
    if term and term > now:
        return campaigns.wait_for(session, campaign, "tie", term)
    return _settle(session, replace(campaign, waiting=""), ranked, now)


def _tie_term(campaign: Campaign, now: datetime) -> datetime | None:
    """A tie that appears late: the vote has the rest of its week, the organizer a full term."""
    organizer = campaign.bidding is not None and campaign.bidding.tie_break == TieBreak.ORGANIZER
    return now + rules.ORGANIZER_CHOICE_TERM if organizer else waits.tie_term(campaign)


def _pass_over(session: Session, campaign: Campaign, now: datetime, *, alone: bool) -> tuple[Campaign, bool]:
    """Runners-up whose people refused fall out, until one may follow; the second value: it has to wait for them."""
    held = {bid.id: bid for bid in businesses.standing_bids(session, campaign)}
    standings = business_queries.consent_standings(session, held.values())
    while campaign.award and campaign.award.runners_up:
        following = campaign.award.runners_up[0].bid
        if standings.get(following) == Standing.COMPLETE:
            break
        if standings.get(following) == Standing.MISSING:
            if alone:
                return campaign, True
            businesses.lapse_consents(session, campaign, [held[following]], now)
        campaign = campaigns.forget_runner_up(session, campaign, following)
    return campaign, False


def _award(
    session: Session, campaign: Campaign, bids: list[str], rest: list[str], reason: str, now: datetime
) -> Campaign:
    standing = {bid.id: bid for bid in businesses.standing_bids(session, campaign)}
    winners, runners_up = ([_winner(standing[id_]) for id_ in ids if id_ in standing] for ids in (bids, rest))
    awarded = campaigns.award(session, campaign, winners, runners_up, reason, now)
    _draw_up(session, awarded)
    return awarded


def _winner(bid: Bid) -> Winner:
    return Winner(bid.id, bid.business, bid.offer.venue)


def _draw_up(session: Session, campaign: Campaign) -> None:
    """Write every winner's agreement, in the campaign's language."""
    for winner in campaign.winners:
        bid = business_queries.bid(session, winner.bid)
        businesses.draw_up(session, campaign, bid, windows(campaign, winner.venue), speech(campaign.language))
