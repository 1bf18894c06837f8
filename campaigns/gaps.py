"""The publish checklist: what a draft still lacks, by field, so that each gap can link to where it is filled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from campaigns.values import Campaign
from core.errors import FieldError, Invalid, Message

N_ = str
"""Marks a text for the catalogue; the edge translates it."""


@dataclass(frozen=True)
class Check:
    """One line of the checklist: the field and step it is about, and what is missing (None: done)."""

    field: str
    step: str
    label: str
    missing: str | None


def checklist(campaign: Campaign, now: datetime) -> list[Check]:
    """Every line, done or not, in the order of the draft's steps."""
    c = campaign
    return [
        Check("title", "story", N_("Title"), None if c.title else N_("give the campaign a title")),
        Check("story", "story", N_("Story"), None if c.story else N_("say in a few sentences what it is about")),
        Check("place", "place", N_("Place"), None if c.place else N_("name the town or quarter")),
        Check("timezone", "place", N_("Time zone"), None if c.timezone else N_("choose the time zone")),
        Check("currency", "place", N_("Currency"), None if c.currency else N_("choose the currency")),
        Check("windows", "day", N_("The day"), _windows(c, now)),
        Check("go_ahead", "day", N_("Go-ahead"), _go_ahead(c, now)),
        Check("pledging", "day", N_("Pledging"), _pledging(c)),
        Check("bidding", "bidding", N_("Bidding or a named business"), _bidding(c, now)),
        Check("disclosure", "disclosure", N_("Income and ties"), _disclosure(c)),
    ]


def demand_none(campaign: Campaign, now: datetime, fields: Collection[str] | None = None) -> None:
    """Raise Invalid naming every gap, or every gap in these fields."""
    lines = checklist(campaign, now)
    gaps = [line for line in lines if line.missing and (fields is None or line.field in fields)]
    if gaps:
        raise Invalid([FieldError(line.field, Message(line.missing or "")) for line in gaps])


def _windows(c: Campaign, now: datetime) -> str | None:
    if not c.windows:
        return N_("say when and where the crowd comes")
    if c.first_opening and c.first_opening <= now:
        return N_("the day must lie ahead")
    return None


def _go_ahead(c: Campaign, now: datetime) -> str | None:
    at, opening = c.go_ahead.at, c.first_opening
    if at and opening and at > opening:
        return N_("the go-ahead is decided at the first opening or before")
    return N_("the go-ahead must lie ahead") if at and at <= now else None


def _pledging(c: Campaign) -> str | None:
    opens, closes, last = c.pledging.opens_at, c.pledging_closes_at, c.last_closing
    if opens and closes and opens >= closes:
        return N_("pledging must end after it begins")
    if opens and c.go_ahead_at and opens >= c.go_ahead_at:
        return N_("pledging must begin before the go-ahead is decided")
    return N_("pledging ends with the last window or before") if closes and last and closes > last else None


def _bidding(c: Campaign, now: datetime) -> str | None:
    if c.business and c.bidding:
        return N_("either bidding, or one named business")
    if c.business:
        return None if c.business.name else N_("name the business")
    if c.bidding is None:
        return N_("say how businesses bid, or name the one business")
    if c.bidding.estimate and c.bidding.estimate.takings.currency != c.currency:
        return N_("state the crowd estimate in the campaign's currency")
    closes = c.bidding.closes_at
    if closes is None:
        return N_("say when bidding closes")
    if closes <= now:
        return N_("bidding must close in the future")
    if c.first_opening and closes >= c.first_opening:
        return N_("bidding must close before the day")
    return None


def _disclosure(c: Campaign) -> str | None:
    if c.disclosure and c.disclosure.income and c.disclosure.ties:
        return None
    return N_("declare income and ties; write none where there are none")
