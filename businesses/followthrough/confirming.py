"""Who confirms what became of a promise, and what they may say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from businesses.commitments import Checker
from businesses.followthrough.lateness import _disputed_since, standing
from businesses.followthrough.proposing import propose
from businesses.followthrough.values import Given, Obligation, Standing, Verdict
from core.errors import require
from core.wire import plain


def seen_by(o: Obligation, by: str) -> str:
    """``independent`` where somebody outside the business and the organizing team looked, else ``parties``."""
    return "independent" if by in {"monitor", "affected"} or any(c.independent for c in o.checks) else "parties"


def confirm(o: Obligation, verdict: Verdict, by: str, reason: str, now: datetime) -> Given:
    """A person's verdict. Raises Invalid where the filed numbers say otherwise, or nothing is filed at all."""
    require(reason.strip(), "reason", "say why")
    proposal = propose(o)
    if verdict in {Verdict.KEPT, Verdict.KEPT_LATE, Verdict.PARTLY_KEPT, Verdict.SUBSTITUTED}:
        require(o.evidence or o.checks, "verdict", "nothing has been filed, so it cannot be called kept")
    agreed = verdict != Verdict.SUBSTITUTED or o.replaced_by
    require(agreed, "verdict", "nothing in its place was agreed by both sides: propose it first")
    if proposal and verdict in {Verdict.KEPT, Verdict.KEPT_LATE}:
        enough = proposal.verdict in {Verdict.KEPT, Verdict.KEPT_LATE}
        figures = {"value": plain(proposal.value or Decimal(0)), "of": plain(proposal.of or Decimal(0))}
        require(enough, "verdict", "{value} of {of} were found: that is not kept", **figures)
        require(verdict == proposal.verdict, "verdict", "by its dates this is {verdict}", verdict=proposal.verdict)
    value, of = (proposal.value, proposal.of) if proposal else (None, None)
    return Given(verdict, now, by, seen_by(o, by), reason, value, of)


def verified_kept(promises: Sequence[Obligation]) -> bool:
    """Whether all of them were found kept, in time or late, and somebody outside both parties looked at each.

    What ended with the shop is not kept; nothing promised is nothing kept.
    """
    return bool(promises) and all(_verified(o) for o in promises)


def _verified(o: Obligation) -> bool:
    given = o.verdict
    return (
        given is not None
        and not o.ended_closed
        and given.verdict in {Verdict.KEPT, Verdict.KEPT_LATE}
        and given.seen_by == "independent"
    )


def is_neglected(o: Obligation, now: datetime) -> bool:
    """Whether its organizers owe a verdict and let the term pass: then somebody else may take the campaign up."""
    theirs = o.commitment.checker == Checker.ORGANIZER or _is_shared(o)
    return theirs and standing(o, now) == Standing.UNKNOWN and (o.verdict is None or _disputed_since(o))


def may_confirm(o: Obligation, roles: frozenset[str]) -> str | None:
    """As whom one with these roles may confirm: organizer, monitor or affected, as the agreement names; None: not."""
    checker = o.commitment.checker
    if checker == Checker.AFFECTED and is_seated(o):
        return "affected" if "affected" in roles else None
    if "monitor" in roles and (checker == Checker.MONITOR or _is_shared(o)):
        return "monitor"
    organizer = bool(roles & {"owner", "co_organizer"})
    return "organizer" if organizer and (checker == Checker.ORGANIZER or _is_shared(o)) else None


def is_seated(o: Obligation) -> bool:
    """Whether the people affected have taken their seat among the checkers."""
    return o.consent is not None and o.consent.seated


def _is_shared(o: Obligation) -> bool:
    """Whether monitor or organizers confirm for others: for supporters, and for people affected who took no seat."""
    checker = o.commitment.checker
    return checker == Checker.SUPPORTERS or (checker == Checker.AFFECTED and not is_seated(o))
