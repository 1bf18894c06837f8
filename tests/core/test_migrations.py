"""Migrations: the same tables, indexes and constraints that the code maps, however many processes start at once."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from core import migrate
from core.db import Base, Database
from tests.harness.clusters import Cluster

UPGRADE = "import sys; from core import migrate; migrate.upgrade(sys.argv[1])"
ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'",
    "postgresql": """
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    """,
}


@pytest.fixture
def empty_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a single table, beside the migrated one."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"empty_{uuid.uuid4().hex}"
    cluster.execute(f"CREATE DATABASE {name}")
    yield cluster.url(name)
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def definitions(url: str) -> dict[str, str]:
    """Every constraint and index by name, as the database itself writes it."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text(DEFINITIONS[engine.dialect.name])).all()
    engine.dispose()
    return {name: _sorted(sql) for name, sql in rows if not name.startswith("alembic_version")}


def _sorted(sql: str) -> str:
    """The order of columns and constraints within a table is of no matter: SQLite adds a column after them."""
    alone = re.sub(r", (?=\w+ [A-Z])|\)$", lambda cut: "\n" + cut[0].strip(", "), re.sub(r'["\t]', "", sql))
    return "\n".join(sorted(filter(None, (line.strip(" ,") for line in alone.split("\n")))))


def import_mapped_tables() -> None:
    for path in [*ROOT.glob("*/tables.py"), *ROOT.glob("*/*/tables.py")]:
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def test_migrations_make_the_constraints_and_partial_indexes_that_the_code_maps(database: Database, empty_url: str):
    import_mapped_tables()
    engine = create_engine(empty_url)
    Base.metadata.create_all(engine)
    engine.dispose()
    assert definitions(database.url) == definitions(empty_url)


def test_two_processes_that_start_at_once_migrate_once(empty_url: str):
    started = [subprocess.Popen([sys.executable, "-c", UPGRADE, empty_url], cwd=ROOT) for _ in range(2)]
    assert [process.wait(60) for process in started] == [0, 0]
    assert migrate.is_current(empty_url)


def test_migrating_again_changes_nothing(database: Database):
    before = definitions(database.url)
    migrate.upgrade(database.url)
    assert definitions(database.url) == before


def test_a_database_that_was_never_migrated_is_not_current(empty_url: str):
    assert not migrate.is_current(empty_url)
