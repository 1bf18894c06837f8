"""The pages on a database of their own, with a clock that stands still, and campaigns walked to any stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from core.clock import FixedClock
from core.db import Database
from core.settings import Settings
from tests.web.records import Story
from tests.web.visiting import Visitor
from web.app import create_app
from web.pages import kept
from web.site import build_site

SETTINGS: Any = {"base_url": "http://testserver", "secret_key": "a secret for tests", "rate_limit": "off"}


@pytest.fixture
def story(database: Database, clock: FixedClock) -> Story:
    """A campaign to be walked; its keys are those of ``visitor``'s site."""
    return Story(database, clock)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's clock and stories go on beside the application: pages must not be a moment old."""
    for held in (kept.pages, kept.polls, kept.papers):
        monkeypatch.setattr(held, "seconds", 0)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """All the routes, made once: each test puts its own site behind them."""
    home = tmp_path_factory.mktemp("application")
    return create_app(Settings(home=home, **SETTINGS), worker=False)


@pytest.fixture
def visitor(application: FastAPI, database_url: str, clock: FixedClock, tmp_path: Path) -> Iterator[Visitor]:
    """A browser without scripts, on the same database as ``story``."""
    settings = Settings(home=tmp_path, database_url=database_url, **SETTINGS)
    site = build_site(settings, clock)
    application.state.site, application.state.settings = site, settings
    with TestClient(application) as client:
        yield Visitor(client, site)
    site.db.dispose()
