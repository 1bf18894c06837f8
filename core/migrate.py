"""Bring a database to the newest migration."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

_FOLDER = Path(__file__).resolve().parent.parent / "alembic"


def upgrade(url: str) -> None:
    """Run every migration that is missing. Safe to repeat."""
    command.upgrade(_config(url), "head")


def is_current(url: str) -> bool:
    """Whether the database stands at the newest migration."""
    return revision(url) == _scripts(url).get_current_head()


def revision(url: str) -> str | None:
    """The migration that the database stands at; None before the first."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def knows(wanted: str) -> bool:
    """Whether a migration is one of this release, or of one before it."""
    return any(script.revision == wanted for script in _scripts("").walk_revisions())


def _scripts(url: str) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(url))


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config
