"""Everything a campaign's public page tells, read in one go: a fixed number of queries, whatever the crowd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Member
from businesses import queries as business_queries
from businesses.commitments import Commitment
from businesses.consent import Consent
from businesses.followthrough import Obligation
from businesses.queries import Asks
from businesses.values import Agreement, Bid, Business
from campaigns.slots import Slot
from campaigns.tally import PledgeSums
from campaigns.values import Campaign, State
from core import record
from core.clock import Clock
from core.facts import Recorded
from core.wire import Json
from pledges import queries as pledge_queries
from web.trips import counting
from web.views.facts_in_words import CONTEXT, NOTABLE

AFTER = frozenset({State.FINAL, State.FOLLOWING, State.DONE})
"""When there is a result, if there was a day at all."""
ON_THE_DAY = frozenset({State.MOBBING, State.COUNTING})
_LATEST = 5


@dataclass(frozen=True)
class Winning:
    """A chosen business with its bid, and the agreement on it."""

    business: Business
    bid: Bid
    agreement: Agreement | None


@dataclass(frozen=True)
class Known:
    """A campaign and what stands around it at ``now``."""

    campaign: Campaign
    now: datetime
    winners: tuple[Winning, ...]
    members: tuple[Member, ...]
    sums: PledgeSums
    asks: Asks
    bids: int
    tally: Json | None
    obligations: tuple[Obligation, ...]
    latest: tuple[Recorded, ...]
    context: tuple[Recorded, ...]
    facts: int
    consents: Mapping[str, Mapping[str, Consent]] = field(default_factory=dict)
    arrivals: Mapping[Slot, int] = field(default_factory=dict)
    moved: str = ""
    not_renewed: int = 0

    @property
    def names(self) -> list[str]:
        return [won.business.name for won in self.winners]

    @property
    def commitments(self) -> list[Commitment]:
        """What all winners promise together."""
        return [held for won in self.winners for held in won.bid.promised]

    @property
    def result(self) -> Json | None:
        """The final tally; None before it, and where there was no day."""
        return self.campaign.tally


def gather(session: Session, clock: Clock, campaign: Campaign) -> Known:
    """Read what the page shows."""
    # A draft may lack what every sum and date needs.
    c = replace(campaign, currency=campaign.currency or "EUR", timezone=campaign.timezone or "UTC")
    live, chosen, now = c.state in ON_THE_DAY, winners(session, c), clock.now(session)
    summed = pledge_queries.live_sums if live else pledge_queries.sums
    return Known(
        campaign=c,
        now=now,
        winners=chosen,
        members=tuple(accounts.members(session, c.team)),
        sums=summed(session, c.id, c.currency),
        asks=business_queries.asks(session, [c])[c.id],
        bids=business_queries.count_bids(session, c.id),
        tally=counting.live(session, c) if live else c.tally,
        obligations=tuple(business_queries.obligations(session, [c.id])) if c.state in AFTER else (),
        latest=tuple(record.newest(session, c.id, _LATEST, NOTABLE)),
        context=tuple(record.of_campaigns(session, [c.id], CONTEXT)),
        facts=record.count(session, c.id),
        consents=business_queries.consents_of(session, [won.bid for won in chosen]),
        moved=postponed(session, c),
        not_renewed=pledge_queries.asked_again(session, c.id, c.terms_version) if c.terms_version > 1 else 0,
        arrivals=pledge_queries.chosen_slots(session, c.id, now) if c.slots else {},
    )


def postponed(session: Session, campaign: Campaign) -> str:
    """The public reason for which the day was moved, while it is still to come; empty where it was not."""
    # Moving the day makes other terms: nothing has to be read where they are the first ones.
    if campaign.terms_version == 1 or campaign.state not in {State.PLEDGING, State.TIPPED}:
        return ""
    moved = record.newest(session, campaign.id, 1, ["MobPostponed"])
    return str(moved[0].body["reason"]) if moved else ""


def winners(session: Session, campaign: Campaign) -> tuple[Winning, ...]:
    """The chosen businesses in the order of the award, with their bids and agreements."""
    if not campaign.winners:
        return ()
    held = business_queries.businesses(session, [w.business for w in campaign.winners])
    bids: Mapping[str, Bid] = {bid.id: bid for bid in business_queries.bids_of_campaigns(session, [campaign.id])}
    return tuple(
        Winning(held[w.business], bids[w.bid], business_queries.agreement(session, w.bid))
        for w in campaign.winners
        if w.business in held and w.bid in bids
    )
