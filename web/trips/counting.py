"""The tally and its end: pledges' sums, the campaign's tally and the business's obligations in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import queries as business_queries
from businesses import service as businesses
from campaigns import facts, rules
from campaigns import service as campaigns
from campaigns import tally as tallies
from campaigns.tally import PledgeSums, Tally, TillState
from campaigns.values import Campaign, State
from core import text
from core.clock import Clock
from core.errors import Conflict
from core.wire import Json, encode
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.facts import TillFiguresGiven
from web.speech import speech
from web.trips.figures import WinnersDay, owed, result, usuals, winners_day


def tally(session: Session, campaign: Campaign) -> Json:
    """The public tally, exact at the moment it is read; after finalizing the locked one."""
    if campaign.tally is not None:
        return campaign.tally
    return _count(session, campaign, tallies.tally_state(campaign)).public()


def live(session: Session, campaign: Campaign) -> Json:
    """The public tally for screens and phones: the door and the tills exact, the pledges as of a moment ago.

    It costs the same however many have pledged.
    """
    if campaign.tally is not None:
        return campaign.tally
    pledged = pledge_queries.live_sums(session, campaign.id, campaign.currency)
    return _counted(session, campaign, tallies.tally_state(campaign), pledged).public()


def _count(session: Session, campaign: Campaign, state: str, corrections: tuple[Json, ...] = ()) -> Tally:
    pledged = pledge_queries.sums(session, campaign.id, campaign.currency)
    return _counted(session, campaign, state, pledged, corrections)


def _counted(
    session: Session, campaign: Campaign, state: str, pledged: PledgeSums, corrections: tuple[Json, ...] = ()
) -> Tally:
    winners = _winners(session, campaign)
    return Tally(
        state=state,
        pledges=pledged,
        door=pledge_queries.door(session, campaign.id, campaign.currency),
        tills=tuple(till for winner in winners for till in winner.tills),
        goal=campaign.goal,
        owed=tuple(line for winner in winners for line in owed(winner)),
        corrections=corrections,
        expected=len(campaign.windows) * len(winners),
        usual=usuals(campaign, winners),
    )


def _winners(session: Session, campaign: Campaign) -> list[WinnersDay]:
    held = pledge_queries.tills(session, campaign.id)
    bids = [business_queries.bid(session, winner.bid) for winner in campaign.winners]
    return [winners_day(campaign, bid, held) for bid in bids]


def finalize(session: Session, clock: Clock, person: Person, slug: str, reason: str = "") -> Campaign:
    """Lock the tally. Raises Conflict while a till total is unconfirmed, or missing within its term."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    rules.demand(campaign, State.COUNTING)
    tills = pledge_queries.tills(session, campaign.id)
    if any(till.state == TillState.DECLARED for till in tills):
        raise Conflict("A till total is not confirmed yet: confirm or dispute it first")
    if len(tills) < len(campaign.windows) * len(campaign.winners):
        _demand_term(campaign, reason, now)
    return lock_tally(session, campaign, text.clean(reason, "reason", 1000), now)


def _demand_term(campaign: Campaign, reason: str, now: datetime) -> None:
    term = campaign.last_closing and campaign.last_closing + rules.TILL_TERM
    if term and now < term:
        raise Conflict("A till total is missing; the business has until {at}", at=encode(term))
    if not reason.strip():
        raise Conflict("A till total is missing: finalize with a public reason")


def lock_tally(session: Session, campaign: Campaign, reason: str, now: datetime) -> Campaign:
    """The final tally and the obligations that follow from it."""
    counted = _count(session, campaign, "final")
    final = campaigns.finalize(session, campaign, counted.public(), reason, now)
    for winner in _winners(session, campaign):
        came_to = result(winner, counted.door.people)
        businesses.arise(session, final, winner.bid, came_to, speech(campaign.language), now)
    return final


def correct(session: Session, clock: Clock, person: Person, slug: str, body: dict[str, Any]) -> Campaign:
    """Correct one figure of the final tally, with a reason; the first stays visible, what is owed is computed again."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    rules.demand(campaign, State.FINAL, State.FOLLOWING, State.DONE)
    reason = text.clean(body["reason"], "reason", 1000, 1)
    window, field = body["window"], body["field"]
    made = pledges.apply_correction(
        session, clock, campaign, window, field, body["value"], reason, business=body.get("business") or ""
    )
    was, value = (None, None) if made.till.hidden else (made.before, made.after)
    told = {
        "window": window,
        "business": made.till.business,
        "field": field,
        "was": was,
        "value": value,
        "reason": reason,
    }
    line = {**told, "at": encode(now)}
    before = tuple((campaign.tally or {}).get("corrections", []))
    counted = _count(session, campaign, "final", (*before, line))
    fact = facts.FigureCorrected(**told, tally=counted.public())
    corrected = campaigns.correct(session, campaign, counted.public(), fact, now)
    if made.till.hidden:
        campaigns.note(session, corrected, [TillFiguresGiven(made.till.id, made.till.figures)], now)
    results = {w.bid.business: result(w, counted.door.people) for w in _winners(session, campaign)}
    businesses.revise(session, corrected, results, speech(campaign.language), now)
    return corrected
