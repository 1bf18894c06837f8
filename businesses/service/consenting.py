"""Asking the people whom a promise affects: by a link to their representative, or by what a meeting answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import consent as rules
from businesses import facts, queries
from businesses.commitments import Commitment
from businesses.consent import Answer, Consent, Meeting, Representative, Said, Wish
from businesses.store import bids as bid_store
from businesses.store import consents as store
from businesses.values import Bid
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.values import Campaign, State
from core import outbox, record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, NotFound, require
from core.facts import Fact
from core.tokens import Keys
from core.zones import zone

OPEN = (State.BIDDING, State.CHOOSING, State.AGREED, State.PLEDGING, State.TIPPED)
"""While a winner can still be named or follow, people can be asked."""


@dataclass(frozen=True)
class Recorded:
    """An answer that the organizers bring from a meeting."""

    wish: Wish
    meeting: Meeting
    seat: bool = False


@dataclass(frozen=True)
class Asking:
    """Whom the organizers ask about which promise of a bid; or what a meeting has answered."""

    bid: str
    commitment: str
    representative: Representative
    recorded: Recorded | None = None


def ask_consent(
    session: Session, clock: Clock, person: Person, slug: str, asking: Asking
) -> tuple[Consent, Campaign, datetime]:
    """Name who speaks for the people affected, who gets a link by mail; or record what they said.

    Raises Conflict while bids are sealed and once they have answered, Invalid for a promise that affects nobody named.
    """
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    campaign_rules.demand(campaign, *OPEN)
    if queries.are_sealed(campaign):
        raise Conflict("Bids are sealed until closing; the people affected are asked then")
    bid, promise = _promise(session, campaign, asking)
    fresh = Consent(
        new_id(), campaign.id, bid.id, promise.id, promise.affected_group or "", Answer.ASKED, now,
        representative=_representative(asking),
    )  # fmt: skip
    made = rules.ask(store.of_bids(session, [bid.id]).get(bid.id, {}).get(promise.id), fresh)
    if asking.recorded:
        made = _recorded(made, asking.recorded, campaign, now)
    _save(session, campaign, made, now)
    return made, campaign, now


def _promise(session: Session, campaign: Campaign, asking: Asking) -> tuple[Bid, Commitment]:
    bid = bid_store.bid_by_id(session, asking.bid)
    if bid.campaign != campaign.id or not bid.stands:
        raise NotFound("There is no such bid")
    affecting = {held.id: held for held in rules.needed(bid.offer.commitments)}
    require(asking.commitment in affecting, "commitment", "this promise names nobody whom it affects")
    return bid, affecting[asking.commitment]


def _representative(asking: Asking) -> Representative:
    named = asking.representative
    name = text.clean(named.name, "name", 120)
    if asking.recorded and not named.email:
        return Representative("", name, named.show_name)
    return Representative(text.email(named.email), name, named.show_name)


def _recorded(held: Consent, told: Recorded, campaign: Campaign, now: datetime) -> Consent:
    today = now.astimezone(zone(campaign.timezone)).date()
    require(told.meeting.on <= today, "recorded.on", "the day cannot lie ahead")
    note = text.clean(told.meeting.note, "recorded.note", 600, 1)
    return rules.record(held, told.wish, Meeting(told.meeting.on, note), now, seat=told.seat)


def answer_consent(
    session: Session, clock: Clock, keys: Keys, consent_id: str, token: str, said: Said
) -> tuple[Consent, Campaign, datetime]:
    """The representative answers by the token of the link. The same answer again changes nothing.

    Raises NotFound for a link that is not known, or that a raise of the promise has made an old one.
    """
    campaign, now = campaigns.lock_by_id(session, clock, by_link(session, keys, consent_id, token).campaign)
    held = store.locked(session, consent_id)
    _demand_fits(keys, held, token)
    if held.state == _SAID[said.wish]:
        return held, campaign, now
    _demand_time(session, campaign, held, said.wish, now)
    made = rules.answer(held, said.wish, text.clean(said.comment, "comment", 1000), now, seat=said.seat)
    made = replace(made, representative=replace(held.representative, show_name=said.show_name))
    _save(session, campaign, made, now)
    return made, campaign, now


_SAID = {Wish.AGREE: Answer.GIVEN, Wish.REFUSE: Answer.REFUSED, Wish.WITHDRAW: Answer.WITHDRAWN}


def by_link(session: Session, keys: Keys, consent_id: str, token: str) -> Consent:
    """What a link is about. Raises NotFound where the token does not fit it."""
    held = store.by_id(session, consent_id)
    _demand_fits(keys, held, token)
    return held


def _demand_fits(keys: Keys, held: Consent, token: str) -> None:
    if not keys.fits("consent", held.subject, token):
        raise NotFound("This link is not known here. Open the newest mail, or ask the organizers.")


def _demand_time(session: Session, campaign: Campaign, held: Consent, wish: Wish, now: datetime) -> None:
    if wish == Wish.WITHDRAW:
        campaign_rules.demand(campaign, *(s for s in State if s not in {State.DRAFT, State.CANCELLED, State.DONE}))
        return
    campaign_rules.demand(campaign, *OPEN)
    if campaign.waiting == "consent" and campaign.award is None and campaign.wait_until and now >= campaign.wait_until:
        raise Conflict("The term for consent has passed; the next bid follows")
    if not bid_store.bid_by_id(session, held.bid).stands:
        raise Conflict("The bid was withdrawn: there is nothing to agree to")


def follow_offer(session: Session, campaign: Campaign, before: Bid | None, bid: Bid, now: datetime) -> None:
    """A bid was raised, or placed anew: whoever spoke about a promise that is another one now is asked again."""
    old = {held.id: held for held in before.offer.commitments} if before else {}
    held = store.of_bids(session, [bid.id]).get(bid.id, {}) if old else {}
    for promise in rules.needed(bid.offer.commitments):
        if promise.id in held and old.get(promise.id) != promise:
            _save(session, campaign, rules.ask_again(held[promise.id], promise, now), now)


def lapse_consents(session: Session, campaign: Campaign, bids: list[Bid], now: datetime) -> None:
    """What was awaited has not come, a consent or the signature under a bid on paper: they fall out, on record."""
    for bid in bids:
        if bid.lacks_signature:
            bid_store.put_bid(session, replace(bid, withdrawn_at=now), now)
            record.append(session, campaign.id, facts.SignatureLapsed(bid.id), now)
    known = store.of_bids(session, [bid.id for bid in bids])
    for bid in bids:
        held = known.get(bid.id, {})
        for promise in rules.missing(bid.offer.commitments, held):
            group = promise.affected_group or ""
            unasked = Consent(new_id(), campaign.id, bid.id, promise.id, group, Answer.ASKED, now)
            _save(session, campaign, rules.lapse(held.get(promise.id, unasked), now), now)


def _save(session: Session, campaign: Campaign, made: Consent, now: datetime) -> None:
    store.put(session, made)
    record.append(session, campaign.id, fact_of(made), now)
    recorded = made.state == Answer.GIVEN and made.meeting is not None
    if made.representative.email and (made.state == Answer.ASKED or recorded):
        outbox.enqueue(
            session, "consent_asked", made.representative.email, now, key=f"consent_asked:{made.subject}",
            locale=campaign.language, campaign=campaign.id, consent=made.id, version=made.version, bid=made.bid,
        )  # fmt: skip


def fact_of(made: Consent) -> Fact:
    """What the record says of a consent's last change: the group, and never a person."""
    about = (made.id, made.bid, made.commitment, made.group)
    on, note = (made.meeting.on, made.meeting.note) if made.meeting else (None, "")
    match made.state:
        case Answer.ASKED:
            return facts.ConsentAsked(*about)
        case Answer.GIVEN:
            return facts.ConsentGiven(*about, made.seat, made.comment, on, note)
        case Answer.REFUSED:
            return facts.ConsentRefused(*about, made.comment, on, note)
        case Answer.WITHDRAWN:
            return facts.ConsentWithdrawn(*about, made.comment)
    return facts.ConsentLapsed(*about)
