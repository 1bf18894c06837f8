"""Live totals: rolled up after every batch of facts about pledges and arrivals, never counted up one by one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.db import Database
from core.facts import Recorded
from core.subscriptions import deliver
from pledges import facts
from pledges.service import roll_up

_PROMISED = frozenset(
    kind.__name__
    for kind in (
        facts.PledgeMade,
        facts.PledgeConfirmed,
        facts.PledgeRenewed,
        facts.PledgeReplaced,
        facts.PledgeChanged,
        facts.PledgeWithdrawn,
        facts.PledgeUnconfirmed,
    )
)
_COUNTED = frozenset(kind.__name__ for kind in (facts.PersonCheckedIn, facts.SpendNoted, facts.CheckInUndone))


def roll_up_changed(db: Database) -> int:
    """Sum anew every campaign that has new facts. Gives how many facts were read."""
    summed: set[tuple[str, bool]] = set()

    def note(session: Session, fact: Recorded) -> None:
        # The sums are read from the rows, so once for a batch is enough: it sees all that was committed.
        campaign, counted = fact.campaign_id, fact.kind in _COUNTED
        if campaign and fact.kind in _PROMISED | _COUNTED and (campaign, counted) not in summed:
            summed.add((campaign, counted))
            roll_up(session, campaign, db.clock.now(session), door_only=counted)

    return deliver(db, "rollup", note, batch=1000)
