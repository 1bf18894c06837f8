"""Every wait has a clock and an exit (DESIGN.md): when a campaign must be looked at next, and what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from campaigns import rules
from campaigns.values import Campaign, Rule, State, TieBreak


@dataclass(frozen=True)
class Wait:
    """What a campaign waits for (a gettext id for people, ``kind`` for programs) and until when."""

    kind: str
    at: datetime


def next_wait(campaign: Campaign) -> Wait | None:
    """The next instant at which something happens by itself; None where nothing does."""
    c = campaign
    if c.since is None:
        return None
    match c.state:
        case State.BIDDING:
            return _at("bidding_closes", c.bidding.closes_at if c.bidding else None)
        case State.CHOOSING:
            return _choosing(c)
        case State.AGREED:
            return _at("pledging_opens", c.pledging.opens_at or c.since)
        case State.PLEDGING:
            return _at("go_ahead", c.go_ahead_at)
        case State.MISSED:
            return _at("proceed_ends", rules.proceed_until(c))
        case State.TIPPED:
            return _at("mob_opens", c.first_opening)
        case State.MOBBING:
            return _at("mob_closes", c.last_closing)
        case State.COUNTING:
            return _at("till_term_ends", c.last_closing and c.last_closing + rules.TILL_TERM)
        case State.FINAL:
            return _at("following_begins", c.since)
    return None


def _choosing(c: Campaign) -> Wait | None:
    assert c.since
    if c.award:
        return Wait("agreement_term_ends", c.award.at + rules.AGREEMENT_TERM)
    return Wait(f"waiting_for_{c.waiting}", c.wait_until) if c.wait_until else Wait("choice_due", c.since)


def choice_term(campaign: Campaign) -> datetime | None:
    """Until when a jury, a vote or the organizer chooses; the closing instant itself where the rule alone decides."""
    c = campaign
    if c.bidding is None or c.since is None:
        return None
    if c.bidding.rule == Rule.HIGHEST_SHARE:
        return c.since
    if c.bidding.rule == Rule.ORGANIZER:
        return c.since + rules.ORGANIZER_CHOICE_TERM
    return c.since + rules.CHOICE_TERM


def tie_term(campaign: Campaign) -> datetime | None:
    """Until when a tie is broken: at once by the earlier bid, in 7 days by vote, in 14 by the organizer."""
    c = campaign
    if c.bidding is None or c.since is None:
        return None
    match c.bidding.tie_break:
        case TieBreak.VOTE:
            return c.since + rules.CHOICE_TERM
        case TieBreak.ORGANIZER:
            return c.since + rules.ORGANIZER_CHOICE_TERM
    return c.since


def _at(kind: str, at: datetime | None) -> Wait | None:
    return Wait(kind, at) if at else None
