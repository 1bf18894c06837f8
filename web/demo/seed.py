"""Filling the demo: the stories are played through time in a database of their own, then poured into the real one.

So the demo is there whole or not at all, and can be begun anew while it is being served.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, delete, event, func, insert, select, text
from sqlalchemy.orm import Session

from campaigns import queries as campaign_queries
from campaigns.archive import rows as archive_rows
from campaigns.archive import service as archive
from core import migrate, outbox
from core.clock import DatabaseClock, FixedClock
from core.db import Base, Database
from core.settings import Settings
from web.demo import clock, tour
from web.demo.stage import Stage
from web.demo.stories import STORIES, Story
from web.site import Site, build_site
from web.trips import clockwork
from web.worker import publish

REAL_CAMPAIGNS = Path(__file__).resolve().parents[2] / "data" / "real-campaigns.csv"
KEPT = frozenset({"alembic_version", "heartbeat", "archived_campaign"})
"""Tables that a fresh beginning leaves alone."""
MAILBOX = timedelta(days=40)
"""How far back the mailbox reaches."""
_GO_ON_FROM = text("SELECT setval(pg_get_serial_sequence(:name, 'seq'), :last)")


def prepare(settings: Settings) -> None:
    """Migrate; where the database is empty, fill it; read the real campaigns into the archive. Safe to repeat."""
    settings.home.mkdir(parents=True, exist_ok=True)
    migrate.upgrade(settings.url)
    site = build_site(settings)
    try:
        if _is_empty(site.db):
            rebuild(site)
        _import_archive(site.db)
    finally:
        site.db.dispose()


def rebuild(site: Site) -> None:
    """Play all stories up to the present and put the outcome in place of everything, in one transaction."""
    with draft(site) as drafted:
        play(drafted)
        pour(drafted.db, site.db)


def _is_empty(db: Database) -> bool:
    with db.reading() as session:
        return not campaign_queries.count_by_state(session)


def _import_archive(db: Database) -> None:
    lines = archive_rows.decode(REAL_CAMPAIGNS.read_bytes())
    with db.writing() as session:
        archive.import_file(session, db.clock, lines, REAL_CAMPAIGNS.name)


@contextmanager
def draft(site: Site) -> Iterator[Site]:
    """A passing database with a clock that stands still, and mail that stays in the mailbox."""
    with tempfile.TemporaryDirectory(prefix="carrotmob-demo-") as folder:
        db = Database(f"sqlite:///{folder}/draft.sqlite", DatabaseClock())
        event.listen(db.engine, "connect", _hurry)
        Base.metadata.create_all(db.engine)
        with db.reading() as session:
            db.clock = FixedClock(db.clock.now(session))
        yield Site(site.settings.model_copy(update={"smtp_url": ""}), db, site.keys)
        db.dispose()


def _hurry(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # a draft that breaks is thrown away


def play(site: Site, stories: tuple[Story, ...] = STORIES) -> None:
    """Play stories side by side, in the order of time, up to the present; what falls due on the way is done."""
    assert isinstance(site.db.clock, FixedClock)
    present = site.db.clock.instant
    stage = Stage(site, present)
    waiting = [(next(story), number, story) for number, story in enumerate(s(stage) for s in stories)]
    heapq.heapify(waiting)
    site.db.clock.set(waiting[0][0])
    while waiting:
        at, number, story = heapq.heappop(waiting)
        _reach(site, at, quiet=at < present - MAILBOX)
        if (upcoming := next(story, None)) is not None:
            assert at <= upcoming <= present, f"a story goes from {at} to {upcoming}"
            heapq.heappush(waiting, (upcoming, number, story))
    _reach(site, present, quiet=False)
    tour.begin(site)
    clock.catch_up(site)


def _reach(site: Site, at: datetime, *, quiet: bool) -> None:
    if quiet:
        _pass_quietly(site, at)
    elif at > clock.now(site):
        clock.move(site, at)


def _pass_quietly(site: Site, at: datetime) -> None:
    """Let time pass before the mailbox begins: every deadline is kept, and nobody is written to."""
    assert isinstance(site.db.clock, FixedClock)
    publish(site)
    while (due := _next_deadline(site)) and due <= at:
        site.db.clock.set(max(due, site.db.clock.instant))
        for work in clockwork.DUE:
            work.run(site.db)
        publish(site)
    site.db.clock.set(at)
    with site.db.writing() as session:
        outbox.drop(session, at, "not sent: the mailbox of the demo begins later")


def _next_deadline(site: Site) -> datetime | None:
    with site.db.reading() as session:
        return min((at for work in clockwork.DUE if (at := work.next_at(session))), default=None)


def pour(source: Database, target: Database) -> None:
    """Replace everything in ``target`` by what ``source`` holds, in one transaction. Its time is the real one again."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in KEPT]
    with source.reading() as old, target.writing() as new:
        for table in reversed(tables):
            new.execute(delete(table))
        for table in tables:
            _copy(old, new, table)


def _copy(old: Session, new: Session, table: Table) -> None:
    rows = [dict(row) for row in old.execute(select(table)).mappings()]
    if rows:
        new.execute(insert(table), rows)
    if "seq" in table.c and new.get_bind().dialect.name == "postgresql":
        last = new.scalar(select(func.max(table.c.seq))) or 1
        new.execute(_GO_ON_FROM, {"name": table.name, "last": last})
