"""Obligations arise with the final tally, change with its corrections, and become late by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from businesses import codec, facts, words
from businesses import followthrough as rules
from businesses.commitments import Action, Commitment, Fixed
from businesses.followthrough import Obligation, Stage
from businesses.measures import Allocation
from businesses.store import obligations as store
from businesses.store import pages as page_store
from businesses.values import Bid
from businesses.words import Speech
from campaigns.tally import DayFigures
from campaigns.values import Campaign
from core import record
from core.clock import Clock
from core.db import new_id
from core.facts import Fact
from core.money import Money


@dataclass(frozen=True)
class DayResult:
    """What one business's day came to, as the tally hands it over; ``figures`` None: no till total was given."""

    figures: DayFigures | None
    heads: int


def arise(
    session: Session, campaign: Campaign, bid: Bid, result: DayResult, speech: Speech, now: datetime
) -> list[Obligation]:
    """Turn a winning bid's commitments into obligations, in the final tally's transaction."""
    made = [_obligation(campaign, bid, held, result, speech, now) for held in bid.promised]
    for o in made:
        store.add(session, o, campaign.currency, now)
        if o.commitment.watch:
            page_store.schedule(session, o.id, now)
    record.append(session, campaign.id, [_arose(o) for o in made], now)
    return made


def _obligation(
    campaign: Campaign, bid: Bid, held: Commitment, result: DayResult, speech: Speech, now: datetime
) -> Obligation:
    target, owed = resolve(held, result)
    return Obligation(
        id=new_id(),
        campaign=campaign.id,
        business=bid.business,
        bid=bid.id,
        commitment=held,
        words=words.resolved(held, target, speech),
        timezone=campaign.timezone,
        due_on=held.due_on,
        first_due_on=held.due_on,
        arose_at=now,
        target=target,
        owed=owed,
        allocation=allocated(held, owed),
        recheck_months=campaign.rechecks,
    )


def resolve(held: Commitment, result: DayResult) -> tuple[Decimal | None, Money | None]:
    """The target with its ladder step, and the amount owed; None where the day's figures do not tell."""
    figures = result.figures
    if isinstance(held, Action):
        takings = figures.takings.amount if figures else None
        return held.resolved_target(takings, figures.units if figures else None, result.heads), None
    if isinstance(held, Fixed):
        return None, held.amount
    owed = held.owed(figures) if figures else None
    return None, owed.amount if owed else None


def allocated(held: Commitment, owed: Money | None) -> Allocation | None:
    """What the sum buys of the promise's works; None where it has none, or what is owed is not computable."""
    return held.plan.allocate(owed) if held.measures and owed is not None else None


def _arose(o: Obligation) -> facts.ObligationArose:
    promised = (o.id, o.bid, o.business, codec.wire(o.commitment), o.words)
    bought = codec.allocation_wire(o.allocation)
    told = (bought, list(o.recheck_months), o.remedies or None)
    return facts.ObligationArose(*promised, o.target, o.owed, o.due_on, *told)


def mend(session: Session, campaign: Campaign, o: Obligation, promise: Action, now: datetime) -> Obligation:
    """A remedy arises as a promise of its own, which names the one that it mends and is followed like any other."""
    made = Obligation(
        id=new_id(),
        campaign=o.campaign,
        business=o.business,
        bid=o.bid,
        commitment=promise,
        words=promise.metric,
        timezone=o.timezone,
        due_on=promise.due_on,
        first_due_on=promise.due_on,
        arose_at=now,
        target=promise.target,
        recheck_months=campaign.rechecks,
        remedies=o.id,
        consent_of=o.asked_as,
    )
    store.add(session, made, campaign.currency, now)
    record.append(session, campaign.id, _arose(made), now)
    return made


def revise(session: Session, campaign: Campaign, results: dict[str, DayResult], speech: Speech, now: datetime) -> None:
    """After a correction, compute targets and amounts again; the first ones stay in the record."""
    for o in store.of_campaigns(session, [campaign.id]):
        target, owed = resolve(o.commitment, results.get(o.business, DayResult(None, 0)))
        if (target, owed) != (o.target, o.owed):
            said, bought = words.resolved(o.commitment, target, speech), allocated(o.commitment, owed)
            store.save(session, replace(o, target=target, owed=owed, words=said, allocation=bought), now)
            told = facts.ObligationRevised(o.id, target, owed, codec.allocation_wire(bought))
            record.append(session, campaign.id, told, now)


def note_lateness(session: Session, clock: Clock, obligation_id: str) -> str | None:
    """The clock has passed one of its instants: put what it means into the record. Gives a line of what happened."""
    o = store.locked(session, obligation_id)
    now = clock.now(session)
    o = _lapse_question(session, o, now)
    reached, fact = _reached(o, now)
    before = store.noted(session, o.id)
    store.save(session, o, now, noted=reached)
    if reached == before or fact is None:
        return None
    record.append(session, o.campaign, fact, now)
    return f"{reached}: {o.words}"


def _reached(o: Obligation, now: datetime) -> tuple[str, Fact | None]:
    """Where its clock stands, and what of that is to be said in the record."""
    stage = rules.stage(o, now)
    asked = rules.latest_unanswered(o, now) if stage == Stage.SETTLED else None
    if asked and asked.is_open(now):
        return f"recheck_{asked.months}", facts.RecheckOpened(o.id, asked.months, asked.until)
    if asked:
        return f"unknown_{asked.months}", facts.RecheckUnknown(o.id, asked.months)
    return stage.value, _NOTED[stage](o) if stage in _NOTED else None


def _lapse_question(session: Session, o: Obligation, now: datetime) -> Obligation:
    """A question for more time that nobody answered in its term is none any more, and it is said."""
    until = rules.extension_until(o)
    if until is None or now < until:
        return o
    record.append(session, o.campaign, facts.ExtensionLapsed(o.id, o.due_on), now)
    return replace(o, extension_asked=None)


_NOTED: dict[Stage, Callable[[Obligation], Fact]] = {
    Stage.LATE: lambda o: facts.PromiseLate(o.id, o.due_on),
    Stage.VERY_LATE: lambda o: facts.PromiseVeryLate(o.id, o.due_on),
    Stage.UNKNOWN: lambda o: facts.PromiseUnknown(o.id),
}
"""The stages that stand in the record as soon as the clock reaches them."""
