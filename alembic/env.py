"""Migrations of all packages' tables, on SQLite (batch mode) and PostgreSQL."""

from __future__ import annotations

import importlib

from alembic import context
from sqlalchemy import create_engine

from core.db import Base
from core.settings import Settings

for tables in (
    "core.tables",
    "accounts.tables",
    "campaigns.tables",
    "campaigns.archive.tables",
    "businesses.tables",
    "pledges.tables",
    "notifications.tables",
):
    importlib.import_module(tables)

url = context.config.attributes.get("url") or Settings().url
engine = create_engine(url)
with engine.begin() as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
