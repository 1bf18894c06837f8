"""Which stored files what was counted names: receipts, proofs of till totals, and the tills' own files."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pledges.tables import SpendReportRow, TillFileRow, TillProofRow


def stored(session: Session) -> set[str]:
    receipts = select(SpendReportRow.photo).where(SpendReportRow.photo.is_not(None))
    queries = (receipts, select(TillProofRow.content), select(TillFileRow.content))
    return {name for query in queries for name in session.scalars(query) if name}


def forget_receipts(session: Session, campaign_ids: Sequence[str]) -> None:
    """What was reported stays; the photos of receipts do not."""
    held = update(SpendReportRow).where(SpendReportRow.campaign_id.in_(campaign_ids))
    session.execute(held.values(photo=None, looks=None))
