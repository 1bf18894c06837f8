"""How many come in which arrival time, summed from the rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from campaigns.slots import Slot
from core.db import lock
from pledges.rules.slots import HOLD
from pledges.tables import PledgeRow
from pledges.values import STANDING, PledgeState


def chosen(session: Session, campaign_id: str, now: datetime, window: str = "") -> dict[Slot, int]:
    """The people who hold a place, by what they chose: confirmed, or pledged within the last day."""
    standing = or_(
        PledgeRow.state == PledgeState.CONFIRMED.value,
        (PledgeRow.state == PledgeState.UNCONFIRMED.value) & (PledgeRow.created_at > now - HOLD),
    )
    query = select(PledgeRow.slot_window, PledgeRow.slot_after, func.sum(PledgeRow.party)).where(
        PledgeRow.campaign_id == campaign_id,
        PledgeRow.slot_window == window if window else PledgeRow.slot_window.is_not(None),
        standing,
    )
    rows = session.execute(query.group_by(PledgeRow.slot_window, PledgeRow.slot_after))
    return {slot: int(people) for held, after, people in rows if (slot := _slot(held, after))}


def promised(session: Session, campaign_id: str) -> dict[Slot | None, tuple[int, int]]:
    """People and minor units of whoever may be expected, by the time they chose: confirmed, or with a code only."""
    by_code = PledgeRow.with_address.is_(False) & PledgeRow.state.in_(STANDING)
    query = select(
        PledgeRow.slot_window, PledgeRow.slot_after, func.sum(PledgeRow.party), func.sum(PledgeRow.amount_minor)
    ).where(PledgeRow.campaign_id == campaign_id, or_(PledgeRow.state == PledgeState.CONFIRMED.value, by_code))
    rows = session.execute(query.group_by(PledgeRow.slot_window, PledgeRow.slot_after))
    return {_slot(window, after): (int(people), int(minor)) for window, after, people, minor in rows}


def _slot(window: str | None, after: int | None) -> Slot | None:
    return None if window is None or after is None else Slot(window, after)


def take_turns(session: Session, campaign_id: str, slot: Slot) -> None:
    """Of several who choose one time at once, each sees what the one before has taken."""
    lock(session, f"slot:{campaign_id}:{slot}")
