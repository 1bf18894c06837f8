"""Another day: the campaign's terms change, and the dates that promises count from the day move with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import service as businesses
from campaigns import service as campaigns
from campaigns.values import Campaign, Window
from core.clock import Clock


def edit(
    session: Session, clock: Clock, person: Person, slug: str, changes: dict[str, Any]
) -> tuple[Campaign, list[str]]:
    """Change terms; gives the campaign and the names of material changes. Raises Conflict for what is frozen."""
    campaign, material = campaigns.edit(session, clock, person, slug, changes)
    if "windows" in material:
        businesses.move_dates(session, campaign)
    return campaign, material


def postpone(
    session: Session, clock: Clock, person: Person, slug: str, windows: tuple[Window, ...], reason: str
) -> Campaign:
    """Move the windows, even the same day, with a public reason."""
    campaign = campaigns.postpone(session, clock, person, slug, windows, reason)
    businesses.move_dates(session, campaign)
    return campaign
