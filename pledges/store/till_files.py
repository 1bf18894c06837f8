"""Files from tills, and the columns that a business chose, to rows and back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.upsert import insert_into
from core.wire import encode
from pledges.tables import TillColumnsRow, TillFileRow
from pledges.till_files import Columns, Mark, Order
from pledges.values import TillFile


def add(session: Session, new: TillFile) -> TillFile:
    """Keep a file; the one that is there already where the same content was sent before."""
    row = {"id": new.id, "campaign_id": new.campaign, "business_id": new.business, "content": new.content, "at": new.at}
    session.execute(insert_into(session, TillFileRow).values(**row).on_conflict_do_nothing())
    query = select(TillFileRow).where(
        TillFileRow.campaign_id == new.campaign,
        TillFileRow.business_id == new.business,
        TillFileRow.content == new.content,
    )
    return _file(session.scalars(query).one())


def by_id(session: Session, file_id: str, campaign_id: str, business_id: str) -> TillFile:
    """A business's own. Raises NotFound."""
    row = session.get(TillFileRow, file_id)
    if row is None or (row.campaign_id, row.business_id) != (campaign_id, business_id):
        raise NotFound("There is no such file")
    return _file(row)


def remember(session: Session, business_id: str, columns: Columns, now: datetime) -> None:
    new = {"columns": encode(columns), "at": now}
    statement = (
        insert_into(session, TillColumnsRow)
        .values(business_id=business_id, **new)
        .on_conflict_do_update(index_elements=["business_id"], set_=new)
    )
    session.execute(statement)


def remembered(session: Session, business_id: str) -> Columns | None:
    """The columns that were chosen last; None where none were."""
    row = session.get(TillColumnsRow, business_id)
    if row is None:
        return None
    held = row.columns
    return Columns(**{**held, "order": Order(held["order"]), "mark": Mark(held["mark"])})


def _file(row: TillFileRow) -> TillFile:
    return TillFile(row.id, row.campaign_id, row.business_id, row.content, row.at)
