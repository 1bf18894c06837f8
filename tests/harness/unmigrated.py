"""Makes the tables that exist so far, until the first migration is written."""

from __future__ import annotations

import importlib
from pathlib import Path

from sqlalchemy import create_engine

from core import migrate
from core.db import Base

ROOT = Path(__file__).resolve().parents[2]


def upgrade(url: str) -> None:
    if any((ROOT / "alembic" / "versions").glob("*.py")):
        migrate.upgrade(url)
        return
    for path in [*ROOT.glob("*/tables.py"), *ROOT.glob("*/*/tables.py")]:
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
