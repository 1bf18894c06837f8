"""The worker's look for promises that fall due: it costs the same whether 1,000 are open or 100,000."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import insert
from sqlalchemy.orm import Session

from businesses import codec
from businesses.queries import due_obligations, next_due
from businesses.tables import ObligationRow
from core import migrate
from core.clock import FixedClock
from core.db import Database
from core.wire import Json
from tests.factories import make_obligation

NOW = datetime(2027, 10, 1, 9, 0, tzinfo=UTC)
OPEN, MANY, DUE, ROUNDS, AIM = 1_000, 100_000, 1_000, 300, 1.2
"""Of all that are open, ``DUE`` have reached their instant; a look takes 50 of them, as the worker does."""


def rows(count: int) -> Iterator[Json]:
    """Open promises, of which the first ones are due."""
    held = make_obligation()
    body = codec.wire(held.commitment)
    for n in range(count):
        due = n < DUE
        at = NOW - timedelta(minutes=n) if due else NOW + timedelta(hours=n + 1)
        one = replace(held, id=f"obligation-{n:06}")
        yield {
            "id": one.id, "campaign_id": f"campaign-{n // 3}", "business_id": f"shop-{n // 3}", "bid_id": f"bid-{n}",
            "commitment_id": "one", "commitment": body, "words": one.words, "timezone": one.timezone,
            "currency": "EUR", "due_on": one.due_on, "first_due_on": one.due_on, "arose_at": one.arose_at,
            "next_at": at, "noted": "", "ended_closed": False, "recheck_months": [6, 12, 48],
        }  # fmt: skip


def filled(url: str, count: int) -> Database:
    """A migrated database with so many open promises."""
    migrate.upgrade(url)
    database = Database(url, FixedClock(NOW))
    with database.writing() as session:
        for start in range(0, count, 10_000):
            session.execute(insert(ObligationRow), list(rows(count))[start : start + 10_000])
    return database


def look(session: Session) -> int:
    """What the worker asks at every beat."""
    found = due_obligations(session, NOW, 50)
    assert next_due(session) is not None
    return len(found)


def cost(database: Database) -> float:
    """The median of one look, in milliseconds."""
    with database.reading() as session:
        assert look(session) == 50
        return median(_timed(session) for _ in range(ROUNDS))


def _timed(session: Session) -> float:
    begun = time.perf_counter()
    look(session)
    return (time.perf_counter() - begun) * 1000


def table() -> Iterator[str]:
    """Both in turns, so that whatever else the machine does falls on both."""
    with tempfile.TemporaryDirectory(prefix="carrotmob-bench-") as folder:
        few, many = (filled(f"sqlite:///{Path(folder) / str(count)}.sqlite", count) for count in (OPEN, MANY))
        pairs = [(cost(few), cost(many)) for _ in range(7)]
        few.dispose()
        many.dispose()
    ratio = median(b / a for a, b in pairs)
    costs = [median(found) for found in zip(*pairs, strict=True)]
    yield f"the worker's look, {DUE:,} due of {OPEN:,} open: {costs[0]:.3f} ms; of {MANY:,} open: {costs[1]:.3f} ms"
    yield f"ratio {ratio:.2f} (aim: at most {AIM})"


if __name__ == "__main__":
    for line in table():
        print(line)
