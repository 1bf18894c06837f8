"""A losing bid becomes the next campaign in one step: a draft like the old one, with that offer waiting in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import service as businesses
from campaigns import service as campaigns
from campaigns.values import Bidding, Campaign, Mode, Pledging
from core.clock import Clock
from core.zones import zone

AHEAD = timedelta(weeks=5)
"""The earliest day of the next mob: two weeks to bid, three to gather a crowd."""
TO_GATHER = timedelta(weeks=3)
KEPT = ("title", "story", "place", "timezone", "currency", "language", "disclosure", "co_hosts", "goal")


def begin_next(session: Session, clock: Clock, person: Person, slug: str, bid_id: str) -> Campaign:
    """The organizers begin the next campaign with an offer that stands; gives the new draft.

    Raises Conflict where the offer was taken up or has ended.
    """
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    held, bid = businesses.demand_standing(session, campaign, bid_id, now)
    days = days_later(campaign, now)
    following = campaigns.create(session, clock, person, terms(campaign, days))
    businesses.carry_over(session, held, bid, following, days, now)
    return following


def days_later(campaign: Campaign, now: datetime) -> int:
    """By how many days the windows move: whole weeks, so that a Saturday stays one."""
    opening = campaign.first_opening or now
    weeks = -((opening - (now + AHEAD)) // timedelta(weeks=1))
    return 7 * max(1, weeks)


def terms(campaign: Campaign, days: int) -> dict[str, Any]:
    """Cause, place, rules and measure of the old campaign, its days moved; in the same local hours."""
    windows = tuple(
        replace(w, id="", opens_at=_moved(w.opens_at, days, campaign), closes_at=_moved(w.closes_at, days, campaign))
        for w in campaign.windows
    )
    copied = {name: getattr(campaign, name) for name in KEPT}
    go_ahead = replace(campaign.go_ahead, at=None)
    opening = min((w.opens_at for w in windows), default=None)
    bidding = campaign.bidding and opening and _bidding(campaign.bidding, opening, campaign)
    return {**copied, "windows": windows, "go_ahead": go_ahead, "pledging": Pledging(), "bidding": bidding or None}


def _moved(at: datetime, days: int, campaign: Campaign) -> datetime:
    local = at.astimezone(zone(campaign.timezone))
    return (local + timedelta(days=days)).astimezone(at.tzinfo)


def _bidding(held: Bidding, opening: datetime, campaign: Campaign) -> Bidding:
    """The same rules, closing three weeks before the day; open, since one of the offers is known already."""
    day = (opening - TO_GATHER).astimezone(zone(campaign.timezone)).date()
    closes = datetime.combine(day, time(18), zone(campaign.timezone)).astimezone(opening.tzinfo)
    return replace(held, closes_at=closes, mode=Mode.OPEN)
