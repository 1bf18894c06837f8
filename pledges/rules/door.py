"""Who comes: check-ins with a code, walk-ins, and what crew note of spending (API.md; DOMAIN.md, 9 and 11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from campaigns.values import Campaign, State
from core.errors import Conflict, NotFound, require
from core.facts import Fact
from pledges import facts
from pledges.rules.codes import spoken
from pledges.rules.promises import local
from pledges.values import Arrival, CheckIn, Pledge, PledgeState

SETTING_UP = timedelta(hours=12)
_OPEN = (State.TIPPED, State.MOBBING, State.COUNTING)


class Elsewhere(NotFound):
    """The code is one of ours, but of another campaign."""


def demand_open(campaign: Campaign, now: datetime) -> None:
    """Raise Conflict outside the time for check-ins: from 12 hours before the first opening to the final tally.

    A go-ahead that is due but not yet decided keeps nobody out: the door does not wait for a worker.
    """
    opens = campaign.first_opening
    due = campaign.state == State.PLEDGING and campaign.go_ahead_at is not None and now >= campaign.go_ahead_at
    if opens is None or not (campaign.state in _OPEN or due):
        allowed = ", ".join(_OPEN)
        raise Conflict(
            "The campaign is {state}; check-in is open while it is {allowed}", state=campaign.state, allowed=allowed
        )
    if now < opening(campaign):
        raise Conflict("Check-in opens 12 hours before the mob: on {at}", at=local(campaign, opening(campaign)))


def demand_admissible(pledge: Pledge, newer: Pledge | None) -> None:
    """Raise Conflict for the code of a withdrawn or replaced pledge; says what crew can do."""
    code = spoken(pledge.code)
    if pledge.state == PledgeState.WITHDRAWN:
        raise Conflict("The pledge with the code {code} was withdrawn: count a walk-in instead", code=code)
    if pledge.state == PledgeState.REPLACED and newer is not None:
        raise Conflict(
            "{code} was replaced by a newer pledge: take the code {newer}", code=code, newer=spoken(newer.code)
        )
    if pledge.state == PledgeState.REPLACED:
        raise Conflict("{code} was replaced by a newer pledge: count a walk-in instead", code=code)


def arrive(
    campaign: Campaign, pledge: Pledge | None, arrival: Arrival, check_in_id: str, now: datetime
) -> tuple[CheckIn, Fact]:
    """A fresh check-in. Without a party typed, the pledged one came; a walk-in is one person.

    What was noted without a network stands at the time it was noted, though never before the door opened. With one
    winner there is one door: which it was need not be said. Raises Invalid naming ``venue`` for no winner's.
    """
    won = {winner.business for winner in campaign.winners}
    require(not arrival.venue or arrival.venue in won, "venue", "this business has not won the campaign")
    at = max(now - arrival.ago, min(opening(campaign), now)) if arrival.ago else now
    confirms = pledge is not None and pledge.state == PledgeState.UNCONFIRMED
    came = CheckIn(
        id=check_in_id,
        campaign=campaign.id,
        pledge=pledge.id if pledge else None,
        party=arrival.party or (pledge.party if pledge else 1),
        spent=arrival.spent,
        anyway=arrival.anyway,
        at=at,
        made_late=pledge.joined_late if pledge and confirms else None,
        venue=arrival.venue or None if len(won) > 1 else None,
    )
    noted_at = at if arrival.ago else None
    noted = (came.spent, came.anyway, noted_at, came.venue)
    told = facts.PersonCheckedIn(came.id, came.pledge, came.party, came.walk_in, *noted)
    return came, told


def opening(campaign: Campaign) -> datetime:
    """From when on people are checked in."""
    assert campaign.first_opening is not None
    return campaign.first_opening - SETTING_UP


def note(check_in: CheckIn, arrival: Arrival) -> tuple[CheckIn, list[Fact]]:
    """Add what a check-in lacks; what was noted first stands."""
    spent = arrival.spent if check_in.spent is None else check_in.spent
    anyway = arrival.anyway if check_in.anyway is None else check_in.anyway
    noted = replace(check_in, spent=spent, anyway=anyway)
    return noted, [facts.SpendNoted(noted.id, spent, anyway)] if noted != check_in else []


def undo(check_in: CheckIn, now: datetime) -> tuple[CheckIn, list[Fact]]:
    """A slip at the door, taken back; repeating it changes nothing."""
    if check_in.undone_at is not None:
        return check_in, []
    return replace(check_in, undone_at=now), [facts.CheckInUndone(check_in.id)]
