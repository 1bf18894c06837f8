"""The archive's SQL: cells in, cells out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from campaigns.archive.rows import COLUMNS, Row
from campaigns.archive.rules import ArchivedCampaign, read_campaign
from campaigns.archive.tables import ArchivedCampaignRow


def load_rows(session: Session) -> dict[str, Row]:
    """Every row held, by id."""
    return {held.id: _row(held) for held in session.scalars(select(ArchivedCampaignRow))}


def load_campaigns(session: Session, *conditions: ColumnElement[bool]) -> list[ArchivedCampaign]:
    """The campaigns that meet all conditions, in no order."""
    found = session.scalars(select(ArchivedCampaignRow).where(*conditions))
    return [read_campaign(_row(held), held.file, held.filed_at) for held in found]


def add(session: Session, rows: Sequence[Row], file: str, at: datetime) -> None:
    if rows:
        session.execute(insert(ArchivedCampaignRow), [_values(row, file, at) for row in rows])


def replace(session: Session, rows: Sequence[Row], file: str, at: datetime) -> None:
    if rows:
        session.execute(update(ArchivedCampaignRow), [_values(row, file, at) for row in rows])


def _row(held: ArchivedCampaignRow) -> Row:
    return Row(**{column: getattr(held, column) for column in COLUMNS})


def _values(row: Row, file: str, at: datetime) -> dict[str, object]:
    cells = asdict(row)
    return cells | {"search": "\n".join(cells.values()).casefold(), "file": file, "filed_at": at}
