"""Deleting stored files that nothing names any more: what was replaced, refused at its form, or has had its time."""

from __future__ import annotations

from datetime import timedelta

from businesses import queries as businesses
from campaigns.press import queries as press
from core.db import Database
from core.files import Files
from pledges import queries as pledges

GRACE = timedelta(days=1)
"""A file is kept before the row that names it is written: so long nothing is missed."""


def sweep(db: Database, files: Files) -> int:
    """Delete them; gives how many there were."""
    with db.reading() as session:
        named = press.stored_files(session) | businesses.stored_files(session) | pledges.stored_files(session)
        until = db.clock.now(session) - GRACE
    gone = [name for name, kept_at in files.names() if name not in named and kept_at < until]
    for name in gone:
        files.remove(name)
    return len(gone)
