"""Rate limits, counted in the database so that every process counts the same (OPERATIONS.md, Security)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.errors import TooMany
from core.tables import RateRow
from core.upsert import insert_into


def count(session: Session, key: str, most: int, seconds: int, now: datetime) -> None:
    """Count one request of ``key``. Raises TooMany beyond ``most`` within a window of ``seconds``."""
    second = int(now.timestamp())
    window = second - second % seconds
    statement = (
        insert_into(session, RateRow)
        .values(key=f"{seconds}:{key}"[:120], window=window, count=1)
        .on_conflict_do_update(index_elements=["key", "window"], set_={"count": RateRow.count + 1})
        .returning(RateRow.count)
    )
    if (session.scalar(statement) or 0) > most:
        wait = window + seconds - second
        raise TooMany("That was often. Please try again in {seconds} seconds.", wait, seconds=wait)


def forget_old(session: Session, now: datetime) -> None:
    """Drop counts of windows that have passed (the longest window is a day)."""
    session.execute(delete(RateRow).where(RateRow.window < int(now.timestamp()) - 86_400))
