"""Live totals: rolled up from the rows, never counted up per pledge (OPERATIONS.md, Databases)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core.db import lock
from pledges.store import sums as store


def roll_up(session: Session, campaign_id: str, now: datetime, *, door_only: bool = False) -> None:
    """Sum a campaign's pledges and check-ins into its row for lists and boards.

    With ``door_only`` the check-ins alone: on the day hundreds come while the thousands of pledges stay as they are.
    One at a time per campaign: of two workers, the one that counted earlier must not write last.
    """
    lock(session, f"rollup:{campaign_id}")
    figures = store.door_figures(session, campaign_id)
    if not door_only or store.rolled_at(session, campaign_id) is None:
        figures |= store.pledge_figures(session, [campaign_id])[campaign_id]
    store.put_rollup(session, campaign_id, figures, now)
