"""Bring a file of real campaigns into the archive: all of it or nothing, and twice is the same as once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaigns.archive import store
from campaigns.archive.rows import COLUMNS, Row, read_rows
from core.clock import Clock
from core.db import lock


@dataclass(frozen=True)
class Change:
    """A campaign that the file tells differently from the archive, and the columns that differ."""

    id: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class ImportReport:
    """What an import did, by ids in the order of the file. What the archive holds beyond the file stays."""

    new: tuple[str, ...]
    unchanged: tuple[str, ...]
    changed: tuple[Change, ...]


def import_file(session: Session, clock: Clock, text: str, source_name: str) -> ImportReport:
    """Import a CSV file's text. Raises Invalid with every fault by line and column; then nothing was imported."""
    return import_campaigns(session, clock, read_rows(text), source_name)


def import_campaigns(session: Session, clock: Clock, rows: Sequence[Row], source_name: str) -> ImportReport:
    """File checked rows under their ids. A row that says the same as the archive is left alone, whatever its file."""
    lock(session, "archive")
    at = clock.now(session)
    held = store.load_rows(session)
    new = [row for row in rows if row.id not in held]
    changed = [row for row in rows if row.id in held and row != held[row.id]]
    store.add(session, new, source_name, at)
    store.replace(session, changed, source_name, at)
    return ImportReport(
        new=tuple(row.id for row in new),
        unchanged=tuple(row.id for row in rows if held.get(row.id) == row),
        changed=tuple(Change(row.id, _differing(held[row.id], row)) for row in changed),
    )


def _differing(held: Row, row: Row) -> tuple[str, ...]:
    return tuple(column for column in COLUMNS if getattr(held, column) != getattr(row, column))
