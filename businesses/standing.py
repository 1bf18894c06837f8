"""A bid that was not chosen may go on standing: until a day, for whoever begins the next campaign with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from businesses.commitments import Commitment
from businesses.values import Bid, Offer
from campaigns.values import Campaign
from core.errors import Conflict, require

LONGEST = timedelta(days=365)
"""A price of last year is no offer any more."""


@dataclass(frozen=True)
class Standing:
    """A losing bid that its business lets stand through the day ``until``; ``taken``: the campaign begun with it."""

    bid: str
    campaign: str
    business: str
    until: date
    at: datetime
    taken: str = ""

    def holds(self, today: date) -> bool:
        return not self.taken and today <= self.until


def let_stand(campaign: Campaign, bid: Bid, until: date, today: date, now: datetime) -> Standing:
    """Raises Conflict for a bid that may still win or has won, Invalid for a day that is past or too far."""
    demand_lost(campaign, bid)
    require(until > today, "until", "the day must lie ahead")
    require(until <= today + LONGEST, "until", "a year ahead at most")
    return Standing(bid.id, campaign.id, bid.business, until, now)


def demand_lost(campaign: Campaign, bid: Bid) -> None:
    """Raise Conflict unless the choice was made and this bid, which stands, did not win."""
    if campaign.award is None:
        raise Conflict("The choice has not been made yet")
    if not bid.stands or bid.id in {w.bid for w in campaign.winners}:
        raise Conflict("Only a bid that was not chosen, and was not withdrawn, can be let stand")


def moved(offer: Offer, days: int) -> Offer:
    """The offer for a day that lies so many days later: dates written out move as far; weeks follow by themselves."""
    return replace(offer, entered="", commitments=tuple(_later(held, days) for held in offer.commitments))


def _later(held: Commitment, days: int) -> Commitment:
    return held if held.counts_from_the_day else replace(held, due_on=held.due_on + timedelta(days=days))
