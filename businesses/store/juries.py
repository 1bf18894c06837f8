"""What juries say to rows and back: jurors with their declared ties, scores with their comments."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from businesses.tables import JurorRow, ScoreRow
from businesses.values import Juror, Jury, Score


def jury(session: Session, campaign_id: str) -> Jury:
    """Jurors in the order in which they came, and their scores: two queries."""
    came = select(JurorRow).where(JurorRow.campaign_id == campaign_id).order_by(JurorRow.at, JurorRow.juror)
    given = select(ScoreRow).where(ScoreRow.campaign_id == campaign_id)
    said = given.order_by(ScoreRow.bid_id, ScoreRow.criterion, ScoreRow.juror)
    return Jury(
        jurors=tuple(Juror(row.juror, n, row.ties) for n, row in enumerate(session.scalars(came), 1)),
        scores=tuple(_score(row) for row in session.scalars(said)),
    )


def _score(row: ScoreRow) -> Score:
    return Score(row.juror, row.bid_id, row.criterion, Decimal(row.score), row.comment)


def put_juror(session: Session, campaign_id: str, juror: str, ties: str | None, at: datetime) -> None:
    """Note a juror, and the ties where they are declared; None changes nothing of what was declared before."""
    row = session.get(JurorRow, (campaign_id, juror))
    if row is None:
        row = JurorRow(campaign_id=campaign_id, juror=juror, ties="", at=at)
        session.add(row)
    if ties is not None:
        row.ties = ties
    session.flush()


def put_score(session: Session, campaign_id: str, given: Score) -> None:
    row = session.get(ScoreRow, (given.bid, given.juror, given.criterion))
    if row is None:
        row = ScoreRow(bid_id=given.bid, juror=given.juror, criterion=given.criterion, campaign_id=campaign_id)
        session.add(row)
    row.score, row.comment = str(given.score), given.comment
    session.flush()
