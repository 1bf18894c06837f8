"""A circle that ends may have been all that its campaign waited for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from businesses.circles import queries
from businesses.circles import service as circles
from businesses.circles.service import Leader
from businesses.circles.values import Circle
from campaigns import service as campaigns
from core.clock import Clock
from web.trips.clockwork import end_if_over


def end_without(session: Session, clock: Clock, who: Leader, circle_id: str) -> Circle:
    """It was held and came to nothing that all accept; with it the campaign may be done."""
    campaign_id = queries.by_id(session, circle_id).campaign
    campaigns.lock_by_id(session, clock, campaign_id)
    made = circles.end_without(session, clock, who, circle_id)
    end_if_over(session, clock, campaign_id)
    return made
