"""Time is a parameter: one module asks what time it is."""

from __future__ import annotations

import re

from tests.architecture.house import FLOORS, ROOT, files, lines

CLOCK = ROOT / "core" / "clock.py"
ASKING = re.compile(r"\bdatetime\.now\(|\butcnow\b|\btime\.time\(|\bdate\.today\(|\bfunc\.now\(|CURRENT_TIMESTAMP")


def test_only_the_clock_asks_what_time_it_is():
    asking = [
        place
        for path in files(*FLOORS, "alembic")
        if path != CLOCK
        for place, line in lines(path)
        if ASKING.search(line)
    ]
    assert asking == []
