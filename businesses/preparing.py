"""A bid that somebody else has written down for a business: it becomes a bid only when the business approves it.

Sources: DOMAIN.md, Campaign and mob ("an owner gives one number and approves the rest").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from businesses.commitments import Basis, Share
from businesses.values import Offer
from core.errors import Conflict, require


class Stage(StrEnum):
    """Whose turn it is: *asked* and *returned* the organizers', *ready* the business's; then it is over."""

    ASKED = "asked"
    READY = "ready"
    RETURNED = "returned"
    APPROVED = "approved"
    DECLINED = "declined"


OPEN = (Stage.ASKED, Stage.READY, Stage.RETURNED)


class Reply(StrEnum):
    """What a business can say to what was prepared for it."""

    APPROVE = "approve"
    RETURN = "return"
    DECLINE = "decline"


@dataclass(frozen=True)
class Prepared:
    """What is prepared for one business in one campaign, ``at`` the instant of the last change.

    ``share``: the owner's one number, in percent of gross takings. ``words``: what the business said last. ``version``
    rises with every change of the offer: only the one that was looked at can be approved.
    """

    id: str
    campaign: str
    business: str
    stage: Stage
    at: datetime
    share: Decimal | None = None
    purpose: str = ""
    words: str = ""
    offer: Offer | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def waits_for_organizers(self) -> bool:
        return self.stage in {Stage.ASKED, Stage.RETURNED}


def ask(held: Prepared | None, fresh: Prepared) -> Prepared:
    """The business gives one number. Given again it is the new one, and what was filled in is checked against it."""
    require(fresh.share is None or fresh.share > 0, "share", "must be above 0")
    if held is None:
        return fresh
    return replace(fresh, id=held.id, offer=held.offer if held.is_open else None, version=held.version + 1)


def fill(held: Prepared, offer: Offer, now: datetime) -> Prepared:
    """The organizers have filled in the rest. Raises Conflict once it is over, Invalid where the number is another."""
    _demand_open(held)
    if held.share is not None:
        given = [(n, c) for n, c in enumerate(offer.commitments) if isinstance(c, Share) and c.basis == Basis.GROSS]
        field = f"commitments.{given[0][0]}.share" if given else "commitments"
        kept = any(c.share == held.share for _, c in given)
        require(kept, field, "the business gave {share} percent of the gross takings", share=held.share)
    return replace(held, stage=Stage.READY, offer=offer, version=held.version + 1, at=now)


def reply(held: Prepared, said: Reply, version: int, words: str, now: datetime) -> Prepared:
    """What the business says. Raises Conflict where it is not its turn, or it looked at an earlier version."""
    _demand_open(held)
    if said == Reply.DECLINE:
        return replace(held, stage=Stage.DECLINED, words=words, at=now)
    if held.stage != Stage.READY:
        raise Conflict("The organizers are still filling it in")
    if version != held.version:
        raise Conflict("It was changed meanwhile. Look at it again before you decide.")
    if said == Reply.RETURN:
        require(words, "words", "say in a few words what should be different")
        return replace(held, stage=Stage.RETURNED, words=words, at=now)
    return replace(held, stage=Stage.APPROVED, words="", at=now)


def _demand_open(held: Prepared) -> None:
    if not held.is_open:
        raise Conflict("Nothing waits here any more: it is {stage}", stage=held.stage)
