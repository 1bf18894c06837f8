"""Return visits: pledged after the day, asked for once the word is kept, counted from both sides and told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from campaigns.values import Campaign, State
from core.errors import Conflict, require
from core.facts import Fact
from core.money import Money, total
from pledges import facts
from pledges.returns.values import Opening, Return, Waiting
from pledges.values import Pledge, PledgeState, check_promise

OPEN_FOR = timedelta(days=60)
"""How long the visits are asked for: two months of ordinary shopping."""
Change = tuple[Return, list[Fact]]
"""A visit as a rule leaves it, and what happened to it."""
PLEDGED_IN = frozenset({State.FINAL, State.FOLLOWING})


def demand_pledger(pledge: Pledge) -> None:
    """Raise Conflict unless the pledge of the day counts: who stood for the mob may stand for the return."""
    if pledge.state != PledgeState.CONFIRMED:
        raise Conflict("Only a confirmed pledge of the day can be followed by a return visit")


def promise(held: Return | None, new: Return, campaign: Campaign, opening: Opening | None) -> Change:
    """Pledge a visit, or another amount for the same one. The same again is one.

    Raises Conflict before the final tally, after the campaign's end and once the visits are asked for; Invalid
    naming ``business`` for one that promised nothing here.
    """
    demand_waiting(campaign, opening)
    require(new.business in {w.business for w in campaign.winners}, "business", "name one that promised something here")
    check_promise(new.amount, 1)
    kept = new if held is None else replace(new, id=held.id)
    if held is not None and held.stands and held.amount == new.amount:
        return held, []
    return kept, [facts.ReturnPledged(kept.id, kept.business, kept.amount)]


def demand_waiting(campaign: Campaign, opening: Opening | None) -> None:
    """Raise Conflict unless the promise is still to be kept."""
    if opening is not None:
        raise Conflict("The promise was kept: the visits are asked for now, and new ones need no pledge")
    if campaign.state not in PLEDGED_IN:
        raise Conflict("A return visit is pledged between the final tally and the last verdict")


def withdraw(held: Return, campaign: Campaign, opening: Opening | None, now: datetime) -> Change:
    """Take a visit back; repeating it changes nothing. Raises Conflict once it is asked for."""
    if not held.stands:
        return held, []
    demand_waiting(campaign, opening)
    return replace(held, withdrawn_at=now), [facts.ReturnWithdrawn(held.id)]


def open_visits(waiting: Waiting, now: datetime) -> tuple[Opening, list[Fact]]:
    """The word was kept: ask for the visits from now on."""
    opening = Opening(waiting.campaign, waiting.business, now, now + OPEN_FOR)
    return opening, [facts.ReturnsOpened(waiting.business, waiting.visits, waiting.amount, opening.until)]


def demand_open(held: Return, opening: Opening | None, now: datetime) -> None:
    """Raise Conflict unless this visit is asked for at ``now``."""
    if opening is None or not held.stands:
        raise Conflict("This return visit is not asked for")
    if not opening.is_open(now):
        raise Conflict("The weeks for return visits are over")


def tell(held: Return, opening: Opening | None, spent: Money, now: datetime) -> Change:
    """The supporter came back and says what they spent; another sum takes the place of the first."""
    demand_open(held, opening, now)
    require(spent.minor >= 0, "spent", "must be 0 or more")
    if held.told == spent:
        return held, []
    return replace(held, told=spent), [facts.ReturnTold(held.id, spent)]


def note(held: Return, opening: Opening | None, now: datetime) -> Change:
    """The business took the code down; once is enough."""
    demand_open(held, opening, now)
    if held.noted_at:
        return held, []
    return replace(held, noted_at=now), [facts.ReturnNoted(held.id)]


def waiting(campaign: str, business: str, currency: str, visits: Iterable[Return], opening: Opening | None) -> Waiting:
    """What the visits to one business add up to; those taken back count no more."""
    standing = [visit for visit in visits if visit.stands]
    told = [visit.told for visit in standing if visit.told is not None]
    return Waiting(
        campaign=campaign,
        business=business,
        visits=len(standing),
        amount=total([visit.amount for visit in standing], currency),
        came=sum(visit.visited for visit in standing),
        noted=sum(visit.noted_at is not None for visit in standing),
        told=total(told, currency) if told else None,
        opening=opening,
    )
