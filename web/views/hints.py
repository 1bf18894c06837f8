"""What the linter is told about a campaign, and what the archive of real campaigns holds that is comparable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from zoneinfo import ZoneInfo

from businesses.commitments import Basis
from businesses.linter import Comparable, Surroundings
from campaigns.archive.figures import Day, Kind
from campaigns.archive.rules import ArchivedCampaign
from campaigns.rules import TILL_TERM
from campaigns.tally import DayFigures
from campaigns.values import Campaign, GoalKind
from core.money import Money

_COUNTED = re.compile(r"(?:^|\+ )(\d{1,9}) ([^\W\d][\w ]{2,80})")
_GROSS = re.compile(r"\b(?:revenue|sales|takings|turnover)\b")


def surroundings(campaign: Campaign, archive: Iterable[ArchivedCampaign], *, ordinary: bool) -> Surroundings:
    """What stands around every promise of a bid. ``ordinary``: the bid says what an ordinary day brings."""
    last = campaign.last_closing
    confirmed = (last + TILL_TERM).astimezone(ZoneInfo(campaign.timezone or "UTC")).date() if last else None
    return Surroundings(
        money_on=confirmed, expected=_expected(campaign), ordinary=ordinary, comparables=comparables(archive)
    )


def _expected(campaign: Campaign) -> DayFigures | None:
    """The day as the campaign itself states it: its crowd estimate, else its goal in takings."""
    estimate, goal = campaign.bidding.estimate if campaign.bidding else None, campaign.goal
    if estimate:
        return DayFigures(takings=estimate.takings, units=estimate.units, customers=estimate.people)
    if goal.kind != GoalKind.TAKINGS or goal.target is None:
        return None
    return DayFigures(takings=Money.rounded(goal.target, campaign.currency))


def comparables(archive: Iterable[ArchivedCampaign]) -> tuple[Comparable, ...]:
    """What real campaigns were promised: shares whose basis is clear, and things that can be counted."""
    return tuple(found for held in archive for found in _promised(held))


def _promised(held: ArchivedCampaign) -> Iterator[Comparable]:
    name, page = " ".join([held.city, *_year(held.when)]), f"/archive/{held.id}"
    basis, share = _basis(held), held.share
    if basis and share.kind is Kind.EXACT and share.low is not None:
        yield Comparable(name, page, share.low, basis)
    for number, metric in _COUNTED.findall(held.bid):
        yield Comparable(name, page, Decimal(number), metric=metric.strip())


def _year(when: Day) -> list[str]:
    bound = when.low or when.high
    return [str(bound.year)] if bound else []


def _basis(held: ArchivedCampaign) -> Basis | None:
    """Ours, where the archive's words leave no doubt: a disputed basis and extra profit are like none of ours."""
    words = held.basis_words.casefold()
    if len(held.basis) != 1 or "extra" in words or "threshold" in words:
        return None
    if "profit" in words:
        return Basis.PROFIT
    if re.search(r"\bnet\b", words):
        return Basis.NET
    return Basis.GROSS if _GROSS.search(words) else None
