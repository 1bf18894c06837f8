"""What happened in the demo before its visitor came: stories that are played through time, each at its own pace.

A story is a generator: it gives the instant at which it goes on, and is woken when that has come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from web.demo.stage import Stage
from web.demo.stories import elsewhere, linde, rhine

Story = Callable[[Stage], Iterator[datetime]]

STORIES: tuple[Story, ...] = (
    linde.cold_room,
    linde.eleven_promises,
    rhine.bella,
    rhine.bakeries,
    rhine.zero_waste,
    rhine.draft,
    elsewhere.leith,
    elsewhere.gothenburg,
    elsewhere.tunis,
    elsewhere.nelson,
    elsewhere.kobe,
    elsewhere.hamilton,
    elsewhere.portland,
)
