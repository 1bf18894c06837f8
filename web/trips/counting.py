"""The tally and its end: pledges' sums, the campaign's tally and the business's obligations in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.commitments import Owed
from businesses.service.following import DayResult
from businesses.values import Bid
from campaigns import facts, rules
from campaigns import service as campaigns
from campaigns import tally as tallies
from campaigns.tally import Tally, Till, TillState
from campaigns.values import Campaign, State
from core import text
from core.clock import Clock
from core.errors import Conflict
from core.money import Money
from core.wire import Json, encode
from pledges import queries as pledge_queries
from pledges import service as pledges
from web.speech import speech


def tally(session: Session, campaign: Campaign) -> Json:
    """The public tally, exact at the moment it is read; after finalizing the locked one."""
    if campaign.tally is not None:
        return campaign.tally
    return _count(session, campaign, tallies.tally_state(campaign)).public()


@dataclass(frozen=True)
class _Winner:
    """A winning bid with its business's tills."""

    bid: Bid
    tills: tuple[Till, ...]


def _count(session: Session, campaign: Campaign, state: str, corrections: tuple[Json, ...] = ()) -> Tally:
    winners = _winners(session, campaign)
    return Tally(
        state=state,
        pledges=pledge_queries.sums(session, campaign.id, campaign.currency),
        door=pledge_queries.door(session, campaign.id, campaign.currency),
        tills=tuple(till for winner in winners for till in winner.tills),
        goal=campaign.goal,
        owed=tuple(line for winner in winners for line in _owed(winner)),
        corrections=corrections,
    )


def _winners(session: Session, campaign: Campaign) -> list[_Winner]:
    held = pledge_queries.tills(session, campaign.id)
    found = []
    for winner in campaign.winners:
        bid = business_queries.bid(session, winner.bid)
        own = [till for till in held if till.business == winner.business]
        found.append(_Winner(bid, tuple(tallies.with_baselines(own, _recorded(campaign, bid)))))
    return found


def _recorded(campaign: Campaign, bid: Bid) -> dict[str, Money]:
    """The baseline recorded before bidding, by window: one figure serves for each window alike."""
    if bid.offer.baseline is None:
        return {}
    figures = bid.offer.baseline.takings
    return {w.id: figures[n if len(figures) > 1 else 0] for n, w in enumerate(campaign.windows)}


def _owed(winner: _Winner) -> list[Json]:
    """A line for each money commitment. A disputed till gives a range; one for the checker hides the formula."""
    tills = list(winner.tills)
    declared = tallies.day_figures(tills)
    if declared is None:
        return []
    hidden = any(t.visibility == "checker" for t in tills)
    disputed = any(t.state == TillState.DISPUTED for t in tills)
    corrected = tallies.day_figures(tills, corrected=disputed) or declared
    lines = []
    for commitment in winner.bid.offer.commitments:
        first, second = commitment.owed(declared), commitment.owed(corrected)
        if first is None or second is None:
            continue
        range_ = _range(first, second) if disputed else None
        amount = None if range_ else second.amount
        formula = None if hidden else first.formula
        line = {"commitment": commitment.id, "bid": winner.bid.id, "formula": formula, "amount": encode(amount)}
        lines.append({**line, "range": range_})
    return lines


def _range(first: Owed, second: Owed) -> Json | None:
    if first.amount is None or second.amount is None or first.amount == second.amount:
        return None
    return {"low": encode(min(first.amount, second.amount)), "high": encode(max(first.amount, second.amount))}


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
        result = _result(winner, counted)
        businesses.arise(session, final, winner.bid, result, speech(campaign.language), now)
    return final


def _result(winner: _Winner, counted: Tally) -> DayResult:
    disputed = any(t.state == TillState.DISPUTED for t in winner.tills)
    figures = None if disputed else tallies.day_figures(list(winner.tills))
    return DayResult(figures, counted.door.people)


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
    line = {
        "window": window,
        "field": field,
        "was": made.before,
        "value": made.after,
        "reason": reason,
        "at": encode(now),
    }
    before = tuple((campaign.tally or {}).get("corrections", []))
    counted = _count(session, campaign, "final", (*before, line))
    fact = facts.FigureCorrected(window, field, made.before, made.after, reason, counted.public())
    corrected = campaigns.correct(session, campaign, counted.public(), fact, now)
    results = {w.bid.business: _result(w, counted) for w in _winners(session, campaign)}
    businesses.revise(session, corrected, results, speech(campaign.language), now)
    return corrected
