"""Reads of customers' counts for the rooms above."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from businesses.windows import store
from businesses.windows.values import RECENT, Counted, counted

MOST = 500
"""So many counts tell the middle; a thousand more would not."""


def lately(session: Session, obligation_id: str, now: datetime) -> Counted | None:
    """What customers counted in the last thirty days."""
    return counted(store.since(session, obligation_id, now - RECENT, MOST))
