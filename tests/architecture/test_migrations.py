"""The migrations make exactly the tables that the code maps, on both databases."""

from __future__ import annotations

import importlib

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from core.db import Base, Database
from tests.architecture.house import FLOORS, ROOT, files


def test_migrations_lead_to_the_mapped_tables(database: Database):
    for path in files(*FLOORS):
        if path.stem == "tables":
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
