"""Reads about businesses, bids and promises for the rooms above."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from businesses import changes
from businesses import consent as consenting
from businesses import followthrough as rules
from businesses.followthrough import Obligation, Standing
from businesses.standing import Standing as Offered
from businesses.store import agreements as agreement_store
from businesses.store import asks as ask_store
from businesses.store import bids as bid_store
from businesses.store import consents as consent_store
from businesses.store import documents as document_store
from businesses.store import identities as identity_store
from businesses.store import obligations as obligation_store
from businesses.store import pages as page_store
from businesses.store import papers as paper_store
from businesses.store import prepared as prepared_store
from businesses.store import prospects as prospect_store
from businesses.store import standing as standing_store
from businesses.store import templates as template_store
from businesses.values import Agreement, Bid, Business, Invitation, Version
from businesses.word import Word, word
from campaigns import queries as campaign_queries
from campaigns.values import Campaign, Mode, State
from core.errors import NotFound
from core.money import Money

obligation = obligation_store.by_id
obligations = obligation_store.of_campaigns
seats_of = obligation_store.seats_of
due_obligations = obligation_store.due
next_due = obligation_store.next_due
looks = page_store.newest
look = page_store.by_id
next_page_due = page_store.next_due
hidden_checks = obligation_store.hidden_checks
bid = bid_store.bid_by_id
bids_of_campaigns = bid_store.bids
history = bid_store.history
count_bids = bid_store.count_bids
businesses = bid_store.businesses
listed = bid_store.listed
ballots = bid_store.ballots
templates = template_store.templates
askers = ask_store.askers
wishes = ask_store.wishes
due_asks = ask_store.due
next_ask_due = ask_store.next_due
prospects = prospect_store.prospects
paper = paper_store.by_id
papers = paper_store.of_campaign
prepared = prepared_store.by_id
prepared_in = prepared_store.of_campaign
prepared_for = prepared_store.of_shop
standing_in = standing_store.of_campaign
standing_of = standing_store.of_business
consent = consent_store.by_id
consents = consent_store.of_campaigns
identities = identity_store.confirmed
identities_in = identity_store.of_campaign


def stored_files(session: Session) -> set[str]:
    """The names of all stored files that a row here holds."""
    return paper_store.photos(session) | document_store.contents(session)


def promise_of_document(session: Session, document_id: str) -> str:
    """The id of the promise on which a document was filed. Raises NotFound."""
    return document_store.by_id(session, document_id)[0]


def business(session: Session, slug: str) -> Business:
    """A profile by its public name. Raises NotFound."""
    found = bid_store.business_by(session, slug=slug)
    if found is None:
        raise NotFound("There is no such business")
    return found


def profile(session: Session, slug: str) -> Business:
    """A business's public page. Raises NotFound until a bid of it was seen: who was asked and declined never is."""
    found = business(session, slug)
    if found.id not in known(session, [found.id]):
        raise NotFound("There is no such business")
    return found


def known(session: Session, business_ids: list[str]) -> set[str]:
    """Those of these businesses of which everybody may know: a bid was seen, or they owe something."""
    bids = bid_store.bids_of(session, *business_ids)
    held = campaign_queries.by_ids(session, [b.campaign for b in bids])
    seen = {b.business for b in bids if _is_open(b, held[b.campaign])}
    return seen | {o.business for o in obligation_store.of_businesses(session, set(business_ids) - seen)}


def offers_of(session: Session, business_id: str, today: date) -> list[tuple[Offered, Bid, Campaign]]:
    """The bids of a business that were not chosen and go on standing, each with the campaign that it was made in."""
    held, bids = standing_store.of_business(session, business_id, today), bids_of(session, business_id)
    found = campaign_queries.by_ids(session, [s.campaign for s in held])
    made = [
        (s, bids[s.campaign], found[s.campaign]) for s in held if s.campaign in found and found[s.campaign].is_public
    ]
    return [(s, bid, c) for s, bid, c in made if bid.stands and s.bid not in {w.bid for w in c.winners}]


def business_by_id(session: Session, business_id: str) -> Business:
    found = bid_store.business_by(session, id=business_id)
    if found is None:
        raise NotFound("There is no such business")
    return found


def invitations(session: Session, campaign_id: str) -> list[Invitation]:
    """For the organizers only: who declined or never answered is never public."""
    return bid_store.invitations(session, campaign_id)


def campaigns_of(session: Session, business_id: str) -> list[str]:
    return bid_store.campaigns_of(session, business_id)


def bids_of(session: Session, business_id: str) -> dict[str, Bid]:
    """A business's own bids by campaign, withdrawn ones too; one query."""
    return {held.campaign: held for held in bid_store.bids_of(session, business_id)}


def agreements(session: Session, campaign_ids: Iterable[str]) -> dict[str, Agreement]:
    """The agreements of these campaigns by bid; one query."""
    return {held.bid: held for held in agreement_store.agreements(session, list(campaign_ids))}


def agreement(session: Session, bid_id: str) -> Agreement | None:
    return agreement_store.agreement(session, bid_id)


def versions(session: Session, bid_id: str) -> list[Version]:
    """Every version of an agreement, first to last; none where nobody ever asked for a change."""
    return agreement_store.versions(session, [bid_id])


def waiting_versions(session: Session, campaign_ids: Iterable[str], now: datetime) -> list[Version]:
    """The versions of these campaigns' agreements that wait for the other side's answer; one query."""
    return [v for v in agreement_store.open_versions(session, list(campaign_ids)) if changes.waits(v, now)]


def are_sealed(campaign: Campaign) -> bool:
    """Whether nothing of the bids may be shown: sealed, and bidding was not closed, or cancelled before it could be."""
    bidding = campaign.bidding
    if bidding is None or bidding.mode != Mode.SEALED:
        return False
    closes_at = campaign.bids_close_at
    too_soon = campaign.since is None or closes_at is None or campaign.since < closes_at
    return campaign.state in {State.BIDDING, State.DRAFT} or (campaign.state == State.CANCELLED and too_soon)


def visible_bids(session: Session, campaign: Campaign, own: Business | None = None) -> list[Bid]:
    """The bids that the asker may see: all that were ever opened, and a shop's own. Of sealed ones no other is read."""
    if are_sealed(campaign):
        return [b for b in bid_store.bids_of(session, own.id) if b.campaign == campaign.id] if own else []
    bids = bid_store.bids(session, [campaign.id])
    return [b for b in bids if (own and b.business == own.id) or _is_open(b, campaign)]


def _is_open(bid: Bid, campaign: Campaign) -> bool:
    return not (are_sealed(campaign) or _never_opened(bid, campaign))


def _never_opened(bid: Bid, campaign: Campaign) -> bool:
    """Whether a sealed bid was taken back before it could be opened."""
    if not bid.sealed or bid.withdrawn_at is None:
        return False
    closed = campaign.bids_close_at
    return closed is None or bid.withdrawn_at < closed


def consents_of(session: Session, bids: Iterable[Bid]) -> consent_store.ByBid:
    """The consents of these bids, by bid and promise: one query, none where no promise affects anybody named."""
    asked = [bid.id for bid in bids if consenting.needed(bid.offer.commitments)]
    return consent_store.of_bids(session, asked) if asked else {}


def consent_standings(session: Session, bids: Iterable[Bid]) -> dict[str, consenting.Standing]:
    """Whether each of these bids has every yes that it needs: of people affected, and its own under a bid on paper."""
    held = list(bids)
    known = consents_of(session, held)
    return {bid.id: assent(bid, known.get(bid.id, {})) for bid in held}


def assent(bid: Bid, known: Mapping[str, consenting.Consent]) -> consenting.Standing:
    """What the consents of a bid come to; one on paper that is not countersigned waits as one without consent does."""
    found = consenting.standing(bid.offer.commitments, known)
    complete = found == consenting.Standing.COMPLETE
    return consenting.Standing.MISSING if complete and bid.lacks_signature else found


@dataclass(frozen=True)
class Asked:
    """People, and what they would spend together."""

    people: int
    amount: Money


@dataclass(frozen=True)
class Asks(Asked):
    """How many with a confirmed address would come, and apart from them those who gave none."""

    without_address: Asked


def asks(session: Session, campaigns: Iterable[Campaign]) -> dict[str, Asks]:
    """By campaign id; one query. From the award on one pledges: nobody asks any more."""
    held = list(campaigns)
    found = ask_store.sums(session, [c.id for c in held if c.award is None])
    return {c.id: _asks(found.get(c.id, ask_store.Sums()), c.currency or "EUR") for c in held}


def _asks(sums: ask_store.Sums, currency: str) -> Asks:
    apart = Asked(sums.apart_people, Money(sums.apart_minor, currency))
    return Asks(sums.people, Money(sums.minor, currency), apart)


def word_of(session: Session, business_id: str, now: datetime) -> Word:
    return word(promises_of(session, business_id), now)


def word_of_all(session: Session, now: datetime) -> Word:
    """What became of every promise on the platform. Reads them all: the caller keeps the answer a while."""
    return word(obligation_store.every(session), now)


def promises_of(session: Session, business_id: str) -> list[Obligation]:
    return obligation_store.of_businesses(session, [business_id])


def promises_of_each(session: Session, business_ids: Iterable[str]) -> dict[str, list[Obligation]]:
    """The promises of several businesses, by business: for lists."""
    ids = list(business_ids)
    held: dict[str, list[Obligation]] = {id_: [] for id_ in ids}
    for o in obligation_store.of_businesses(session, ids):
        held[o.business].append(o)
    return held


@dataclass(frozen=True)
class Late:
    """A promise that is late now, who gave it, and in which campaign."""

    promise: Obligation
    business: Business
    campaign: Campaign


MOST_LATE = 500
"""More than these are not listed at once."""


def late_now(session: Session, now: datetime, place: str = "", country: str = "") -> list[Late]:
    """What is late at this instant, in a place (words of it) and country (ISO 3166); the longest late first."""
    held = [o for o in obligation_store.late(session, MOST_LATE) if rules.standing(o, now) == Standing.LATE]
    campaigns = campaign_queries.by_ids(session, sorted({o.campaign for o in held}))
    shops = bid_store.businesses(session, sorted({o.business for o in held}))
    found = [Late(o, shops[o.business], campaigns[o.campaign]) for o in held]
    return [late for late in found if campaign_queries.lies_in(late.campaign, place, country)]


def words_of_each(session: Session, business_ids: Iterable[str], now: datetime) -> dict[str, Word]:
    """The records of several businesses, of those that have one: for what stands beside a bid."""
    return {id_: word(held, now) for id_, held in promises_of_each(session, business_ids).items() if held}
