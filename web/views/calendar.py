"""A campaign's dates in their order, as a short ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator


@dataclass(frozen=True)
class Date:
    """One line: the instant for machines, its day for people, and what happens."""

    at: datetime
    when: str
    words: str
    seen: bool = False


def dates(campaign: Campaign, locale: str) -> list[Date]:
    """What was and what will be, from closing the bids to closing the doors."""
    moments = [
        (campaign.bids_close_at, N_("Bidding closes, {time}")),
        (campaign.pledging.opens_at, N_("Pledging opens, {time}")),
        (campaign.go_ahead_at, N_("The go-ahead is decided, {time}")),
        (campaign.first_opening, N_("Doors open, {time}")),
        (campaign.last_closing, N_("Doors close, {time}")),
    ]
    known = sorted((at, words) for at, words in moments if at)
    return [_date(at, words, campaign, locale) for at, words in known]


def _date(at: datetime, words: str, campaign: Campaign, locale: str) -> Date:
    zone = campaign.timezone or "UTC"
    told = translator(locale).gettext(words).format(time=formats.clock_time(at, locale, zone))
    return Date(at, formats.short_day(at, locale, zone), told)
