"""Reads of return visits for the rooms above."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pledges.returns import store
from pledges.returns.values import Waiting

of_pledge = store.of_pledge
of_people = store.of_people
sums = store.sums
openings = store.openings


def waits_for(session: Session, campaign_id: str, business_id: str) -> Waiting | None:
    """What waits for this business in this campaign; None where nobody comes back."""
    return next((held for held in store.sums(session, [campaign_id]) if held.business == business_id), None)
