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
    kind, at = _wait(campaign)
    return Wait(kind, at) if at else None


def _wait(c: Campaign) -> tuple[str, datetime | None]:
    """One row of the table of waits per state."""
    table: dict[State, tuple[str, datetime | None]] = {
        State.BIDDING: ("bidding_closes", c.bids_close_at),
        State.CHOOSING: _choosing(c),
        State.AGREED: ("pledging_opens", c.pledging.opens_at or c.since),
        State.PLEDGING: ("go_ahead", c.go_ahead_at),
        State.MISSED: ("proceed_ends", rules.proceed_until(c)),
        State.TIPPED: ("mob_opens", c.first_opening),
        State.MOBBING: ("mob_closes", c.last_closing),
        State.COUNTING: ("till_term_ends", rules.till_until(c)),
        State.FINAL: ("following_begins", c.since),
    }
    return table.get(c.state, ("", None))


def _choosing(c: Campaign) -> tuple[str, datetime | None]:
    if c.award:
        return ("agreement_term_ends", rules.agreement_until(c))
    return (f"waiting_for_{c.waiting}", c.wait_until) if c.wait_until else ("choice_due", c.since)


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


def organizers_choose(campaign: Campaign) -> bool:
    """Whether the published rule, or its tie-break, leaves the choice that is due to the organizers."""
    bidding = campaign.bidding
    if bidding is None or campaign.state != State.CHOOSING or campaign.award or campaign.waiting in {"bid", "consent"}:
        return False
    tie = campaign.waiting == "tie" and bidding.tie_break == TieBreak.ORGANIZER
    return bidding.rule == Rule.ORGANIZER or tie
