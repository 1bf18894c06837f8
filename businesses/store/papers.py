"""Signed sheets to rows and back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from businesses.tables import PaperRow
from businesses.values import Paper
from core.errors import NotFound


def by_id(session: Session, campaign_id: str, paper_id: str) -> Paper:
    """One of a campaign's. Raises NotFound."""
    row = session.get(PaperRow, paper_id)
    if row is None or row.campaign_id != campaign_id:
        raise NotFound("There is no such sheet")
    return _paper(row)


def of_business(session: Session, campaign_id: str, business_id: str) -> Paper | None:
    query = select(PaperRow).where(PaperRow.campaign_id == campaign_id, PaperRow.business_id == business_id)
    row = session.scalar(query.with_for_update())
    return _paper(row) if row else None


def of_campaign(session: Session, campaign_id: str) -> dict[str, Paper]:
    """The sheets of a campaign by business: one query."""
    query = select(PaperRow).where(PaperRow.campaign_id == campaign_id)
    return {row.business_id: _paper(row) for row in session.scalars(query)}


def put(session: Session, held: Paper) -> None:
    session.merge(
        PaperRow(
            id=held.id, campaign_id=held.campaign, business_id=held.business, photo=held.photo,
            entered_by=held.entered_by, at=held.at,
        )
    )  # fmt: skip
    session.flush()


def photos(session: Session) -> set[str]:
    """The stored files of all sheets."""
    return set(session.scalars(select(PaperRow.photo).where(PaperRow.photo != "")))


def forget_photos(session: Session, campaign_ids: Sequence[str]) -> None:
    """That there was a sheet stays known; what it looked like, with its signature, does not."""
    session.execute(update(PaperRow).where(PaperRow.campaign_id.in_(campaign_ids)).values(photo=""))


def _paper(row: PaperRow) -> Paper:
    return Paper(row.id, row.campaign_id, row.business_id, row.photo, row.entered_by, row.at)
