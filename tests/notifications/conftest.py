"""A campaign to walk through, for tests that look at the mail it makes."""

from __future__ import annotations

import pytest

from core.clock import FixedClock
from core.db import Database
from tests.notifications.walk import Walk


@pytest.fixture
def walk(database: Database, clock: FixedClock) -> Walk:
    return Walk(database, clock)
