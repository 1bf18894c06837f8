"""A consistent copy of either database while it is used, and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.engine import URL

SQLITE = "database.sqlite"
POSTGRESQL = "database.dump"


def dump(url: str, folder: Path) -> str:
    """Write the whole database into ``folder``; gives its kind. Raises ValueError naming the tool that is missing."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        _copy_sqlite(_path(target), folder / SQLITE)
        return "sqlite"
    _run("pg_dump", target, "--format=custom", "--no-owner", "--no-privileges", f"--file={folder / POSTGRESQL}")
    return "postgresql"


def _path(target: URL) -> Path:
    return Path(target.database or "")


def files(url: str) -> set[Path]:
    """The files of a SQLite database, which are copied by its own means and no other; none of PostgreSQL's."""
    target = make_url(url)
    if target.get_backend_name() != "sqlite":
        return set()
    return {_path(target).with_name(_path(target).name + end).resolve() for end in ("", "-wal", "-shm", "-journal")}


def is_missing(url: str) -> bool:
    """Whether there is no SQLite file yet: asking it anything would make an empty one."""
    target = make_url(url)
    return target.get_backend_name() == "sqlite" and not _path(target).exists()


def _copy_sqlite(source: Path, copy: Path) -> None:
    """SQLite's online backup: a snapshot; writers go on meanwhile."""
    if not source.exists():
        raise ValueError(f"there is no database at {source}")
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(copy)) as new:
        held.backup(new)


def restore(url: str, kind: str, folder: Path) -> None:
    """Bring the copy in ``folder`` into the empty database at ``url``."""
    target = make_url(url)
    if kind != target.get_backend_name():
        raise ValueError(f"the backup is of {kind}, the settings name {target.get_backend_name()}")
    if kind == "sqlite":
        _check_sqlite(folder / SQLITE)
        _path(target).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / SQLITE, _path(target))
        return
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", target, *options, str(folder / POSTGRESQL))


def _check_sqlite(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    if found != ["ok"]:
        raise ValueError(f"the database in the backup is damaged: {found[0]}")


def demand_empty(url: str) -> None:
    """Raise ValueError unless the database holds no tables yet."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        if not is_missing(url):
            raise ValueError(f"{_path(target)} exists already: a backup is restored into an empty place only")
        return
    engine = create_engine(url)
    try:
        tables = inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if tables:
        raise ValueError("the database holds tables already: a backup is restored into an empty database only")


def _run(tool: str, target: URL, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools; the password goes by the environment, where no list of processes shows it."""
    found = shutil.which(tool)
    if found is None:
        raise ValueError(f"{tool} was not found: install PostgreSQL's client tools (Debian: postgresql-client)")
    address = target.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = os.environ | ({"PGPASSWORD": str(target.password)} if target.password else {})
    command = [found, f"--dbname={address}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - the tool is PostgreSQL's, its arguments come from the settings
    if done.returncode:
        raise ValueError(f"{tool} failed: {done.stderr.strip()}")
