"""What supporters say they spent: a report, never a till total (DOMAIN.md, 9 and 11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.errors import Conflict, require
from core.facts import Fact
from pledges import facts
from pledges.values import Pledge, SpendReport


def demand_stands(pledge: Pledge) -> None:
    """Raise Conflict for a pledge that was taken back or replaced."""
    if not pledge.stands:
        raise Conflict("This pledge stands no more, so nothing is reported for it")


def report(held: SpendReport | None, new: SpendReport) -> tuple[SpendReport, list[Fact]]:
    """Another report takes the place of the first, whose receipt stays where it brings none. The same again is one."""
    kept = new if held is None else replace(new, id=held.id, receipt=new.receipt or held.receipt)
    if held is not None and (kept.amount, kept.receipt) == (held.amount, held.receipt):
        return held, []
    return kept, [facts.SpendReported(kept.pledge, kept.amount, kept.receipt is not None)]


def demand_own_receipt(new: SpendReport, others: Iterable[SpendReport]) -> None:
    """Raise Invalid for a receipt that another pledge has reported.

    The same picture is the same receipt, whatever a camera wrote into its file. A picture that looks alike is taken
    for it only with the same amount: receipts of one shop resemble each other. Without its photo such a report counts.
    """
    if new.receipt is None:
        return
    for other in others:
        if other.receipt and other.pledge != new.pledge:
            same = other.receipt.photo == new.receipt.photo
            require(not same, "photo", "this receipt was reported already, with another code")
            alike = new.amount == other.amount and new.receipt.resembles(other.receipt)
            require(not alike, "photo", "it looks like one reported with this amount; leave it out if it is another")
