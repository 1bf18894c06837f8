"""Changes of an agreement: what differs, whether supporters get less, and when a change may still be made.

An agreement changes only by a new version that both sides accept; until then the old one stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from businesses import rules, silence
from businesses.commitments import Checker, Commitment
from businesses.measures import Shortfall
from businesses.values import Agreement, Bid, Outcome, Version
from campaigns import rules as campaign_rules
from campaigns.values import Campaign, State
from core.errors import Conflict, require

ANSWER_TERM = timedelta(days=14)
"""How long a proposed version waits for the other side; unanswered it lapses, and another can be proposed."""

CHANGEABLE = (State.AGREED, State.PLEDGING, State.TIPPED, State.MISSED, State.MOBBING, State.COUNTING)
"""From the agreement until the final tally: afterwards there are obligations, and more time can be asked for."""

LOWERABLE = (State.AGREED, State.PLEDGING, State.TIPPED, State.MISSED)
"""While supporters can still say no: who is spending or has spent cannot take it back."""

SIDES = ("business", "organizer")


@dataclass(frozen=True)
class Difference:
    """A promise as it was and as it would be; None where there was none, or would be none.

    ``loss`` is where supporters get less: a field, "kind" where another thing is promised, "dropped"; else empty.
    """

    before: Commitment | None
    after: Commitment | None
    loss: str = ""


def paired(held: tuple[Commitment, ...], new: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
    """The new promises with the ids of those they stand for: by id, else the one at the same place."""
    known, sent = {c.id for c in held}, {c.id for c in new}
    return tuple(
        replace(c, id=held[n].id) if c.id not in known and n < len(held) and held[n].id not in sent else c
        for n, c in enumerate(new)
    )


def differences(held: tuple[Commitment, ...], new: tuple[Commitment, ...]) -> tuple[Difference, ...]:
    """What differs, promise by promise, in the order of the old ones; what is new comes last."""
    by_id = {c.id: c for c in new}
    known = {c.id for c in held}
    pairs = [(c, by_id.get(c.id)) for c in held] + [(None, c) for c in new if c.id not in known]
    return tuple(Difference(old, now, _loss(old, now)) for old, now in pairs if old != now)


def is_worse(held: tuple[Commitment, ...], new: tuple[Commitment, ...]) -> bool:
    """Whether any promise is lowered, later, less surely checked, or gone: then supporters are asked again."""
    return any(found.loss for found in differences(held, new))


def _loss(held: Commitment | None, new: Commitment | None) -> str:
    if held is None:
        return ""
    if new is None:
        return "dropped"
    if field := held.lowered_field(new):
        return field
    if set(held.proof) - set(new.proof):
        return "proof"
    if new.checker == Checker.ORGANIZER and held.checker != Checker.ORGANIZER:
        return "checker"
    return "shortfall" if held.shortfall == Shortfall.TOP_UP != new.shortfall else ""


def demand_changeable(campaign: Campaign, bid: str) -> None:
    """Raise Conflict unless both sides have agreed on this bid and the final tally has not been made."""
    campaign_rules.demand(campaign, *CHANGEABLE)
    if campaign.award is None or bid not in {w.bid for w in campaign.winners} or bid not in campaign.award.agreed:
        raise Conflict("Both sides have to accept the agreement before it can be changed")


def is_changeable(campaign: Campaign, bid: str, versions: Iterable[Version], now: datetime) -> bool:
    """Whether a version can be proposed now."""
    try:
        demand_changeable(campaign, bid)
        demand_none_waits(versions, now)
    except Conflict:
        return False
    return True


def demand_none_waits(versions: Iterable[Version], now: datetime) -> None:
    """Raise Conflict while a proposed version waits for its answer: one at a time."""
    if any(waits(version, now) for version in versions):
        raise Conflict("Another version waits for an answer")


def check_change(campaign: Campaign, bid: Bid, new: tuple[Commitment, ...]) -> None:
    """Raise Invalid where a new version breaks the published rules, Conflict where it comes too late."""
    require(new, "commitments", "make at least one promise")
    require(len(new) <= 20, "commitments", "at most 20 promises in one bid")
    rules.check_promises(campaign, new)
    silence.demand_none(new, bid.promised)
    require(new != bid.promised, "commitments", "nothing differs from the agreement in force")
    if is_worse(bid.promised, new) and campaign.state not in LOWERABLE:
        raise Conflict("The day has begun: a change may not take anything from the supporters any more")


def waits(version: Version, now: datetime) -> bool:
    """Whether a version still waits for the other side's answer."""
    return version.outcome == Outcome.OPEN and now < version.proposed_at + ANSWER_TERM


def demand_answer(version: Version, by: str, now: datetime, *, accept: bool) -> Outcome:
    """What a side's answer makes of a version. Raises Conflict where there is nothing for it to answer."""
    if version.outcome != Outcome.OPEN:
        raise Conflict("This version was answered already")
    if not waits(version, now):
        raise Conflict("The fourteen days for an answer have passed; it can be proposed again")
    if version.proposed_by != by:
        return Outcome.ACCEPTED if accept else Outcome.DECLINED
    if accept:
        raise Conflict("The other side has to accept it")
    return Outcome.WITHDRAWN


def first_version(bid: Bid, held: Agreement) -> Version:
    """What the history of versions begins with: the agreement on the bid as it was made."""
    accepted_at = max(accepted.at for accepted in held.accepted)
    return Version(
        bid=bid.id,
        number=held.number,
        text=held.text,
        sha256=held.sha256,
        commitments=bid.promised,
        accepted=held.accepted,
        proposed_at=accepted_at,
        outcome=Outcome.ACCEPTED,
        answered_at=accepted_at,
    )
