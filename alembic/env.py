"""Migrations of all packages' tables: each run is one transaction, on SQLite (batch mode) as on PostgreSQL."""

from __future__ import annotations

import importlib
from typing import Any, Literal

from alembic import context
from sqlalchemy import Engine, create_engine, event, text

from core.db import Base, UtcDateTime
from core.settings import Settings

for tables in (
    "core.tables",
    "accounts.tables",
    "campaigns.tables",
    "campaigns.archive.tables",
    "campaigns.press.tables",
    "campaigns.tasks.tables",
    "businesses.tables",
    "businesses.circles.tables",
    "businesses.effects.tables",
    "businesses.monitoring.tables",
    "businesses.windows.tables",
    "pledges.tables",
    "pledges.returns.tables",
    "notifications.tables",
):
    importlib.import_module(tables)

ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('migrations', 0))")


def render_item(kind: str, item: Any, _autogen: object) -> str | Literal[False]:
    """Write an instant as the database knows it: a migration must not change when the code's own type does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def engine_of(url: str) -> Engine:
    """SQLite takes its write lock first, and without foreign keys: batch mode drops tables that others point to."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: setattr(raw, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


engine = engine_of(context.config.attributes.get("url") or Settings().url)
with engine.begin() as connection:
    if connection.dialect.name == "postgresql":
        connection.execute(ALONE)  # two processes may start at once
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
