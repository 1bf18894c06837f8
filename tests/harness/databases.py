"""A fresh migrated database for each test that asks for one, on SQLite and on PostgreSQL.

`database` runs its test twice. For one database only: `parametrize("database_url", ["sqlite"], indirect=True)`.
Copies are made from templates, which are migrated once per run.
"""

from __future__ import annotations

import shutil
import subprocess
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache

from core import db, migrate
from core.clock import FixedClock
from core.db import Database
from tests.harness import clusters
from tests.harness.not_run import cannot_run

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
BOTH = [pytest.param("sqlite", marks=pytest.mark.sqlite), pytest.param("postgresql", marks=pytest.mark.postgresql)]

STATEMENTS = 4000
"""More than there are in the whole suite."""


@pytest.fixture
def clock() -> FixedClock:
    """A Monday morning in March, until the test says otherwise."""
    return FixedClock(NOW)


@pytest.fixture
def database(database_url: str, clock: FixedClock) -> Iterator[Database]:
    """The database as the application sees it."""
    database = Database(database_url, clock)
    if database.is_sqlite:
        event.listen(database.engine, "connect", _skip_the_disk)
    yield database
    database.dispose()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of the same, for a test that starts processes or connects by itself."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    copy = shutil.copyfile(sqlite_template, tmp_path / "carrotmob.sqlite")
    return f"sqlite:///{copy}"


@pytest.fixture
def postgresql_url(cluster: clusters.Cluster, postgresql_copy: str) -> Iterator[str]:
    yield cluster.url(postgresql_copy)
    cluster.empty(postgresql_copy)


@pytest.fixture(scope="session")
def postgresql_copy(cluster: clusters.Cluster, postgresql_template: str) -> str:
    """This worker's own database: emptying it takes a tenth of the time of making another one."""
    name = f"test_{uuid.uuid4().hex}"
    cluster.execute(f"CREATE DATABASE {name} TEMPLATE {postgresql_template} STRATEGY FILE_COPY")
    return name


@pytest.fixture(scope="session")
def cluster(shared_folder: Path) -> clusters.Cluster:
    """The PostgreSQL server of this run: started by the first worker that needs it, stopped at the run's end."""
    with FileLock(shared_folder / "postgresql.lock"):
        try:
            return clusters.start(shared_folder / "postgresql")
        except (OSError, subprocess.SubprocessError) as error:
            cannot_run(f"PostgreSQL did not start here: {error}")


@pytest.fixture(scope="session")
def sqlite_template(shared_folder: Path) -> Path:
    template = shared_folder / "template.sqlite"
    with FileLock(shared_folder / "sqlite.lock"):
        if not template.exists():
            draft = shared_folder / "draft.sqlite"
            migrate.upgrade(f"sqlite:///{draft}")
            draft.rename(template)
    return template


@pytest.fixture(scope="session")
def postgresql_template(cluster: clusters.Cluster, shared_folder: Path) -> str:
    made = shared_folder / "postgresql.made"
    with FileLock(shared_folder / "postgresql.lock"):
        if not made.exists():
            cluster.execute("CREATE DATABASE template_carrotmob")
            migrate.upgrade(cluster.url("template_carrotmob"))
            made.touch()
    return "template_carrotmob"


@pytest.fixture(scope="session", autouse=True)
def warm_engines() -> Iterator[None]:
    """Each test has engines of its own; what statements come to in SQL is worked out once in a worker."""
    first: dict[str, Engine] = {}
    make = db._engine

    def make_warm(url: str) -> Engine:
        engine = make(url)
        warm = first.get(engine.name)
        # A dialect learns of its server by its own engine's first connection: one that never connected knows nothing.
        if warm is None or warm.dialect.server_version_info is None:
            engine._compiled_cache = LRUCache(STATEMENTS)
            warm = first[engine.name] = engine
        engine.dialect, engine._compiled_cache = warm.dialect, warm._compiled_cache
        return engine

    db._engine = make_warm
    yield
    db._engine = make


def _skip_the_disk(connection: object, _record: object) -> None:
    # A test's file need not outlive a power cut.
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]  # the driver's own connection
