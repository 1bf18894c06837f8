"""What many watch at once on open connections: looked at once for all of them, and never with a connection held."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic, TypeVar

from fastapi.concurrency import run_in_threadpool

Value = TypeVar("Value")
Look = Callable[[], Value]


@dataclass
class Pace:
    """In seconds: between looks (four a second at most), between signs of life, and until who watches comes anew."""

    look: float = 0.25
    beat: float = 5
    lifetime: float = 600


@dataclass
class _Watched(Generic[Value]):
    """One thing that is watched: ``seen`` when it last changed, the ``latest`` look and its time, and who waits."""

    look: Look[Value]
    watchers: int = 0
    seen: Value | None = None
    latest: Value | None = None
    at: float = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    looking: asyncio.Task[None] | None = None

    def tell(self) -> None:
        """Wake everybody who waits; whoever comes later waits for the news after this."""
        told, self.news = self.news, asyncio.Event()
        told.set()


class Sparing(Generic[Value]):
    """A look that is taken in full only where a ``mark``, which costs next to nothing, has changed since the last."""

    def __init__(self, mark: Callable[[], object], look: Look[Value]) -> None:
        self._mark, self._look = mark, look
        self._last: tuple[object, Value] | None = None

    def __call__(self) -> Value:
        # The mark first: what happens between the two is then looked at twice, and never missed.
        mark = self._mark()
        if self._last is None or self._last[0] != mark:
            self._last = mark, self._look()
        return self._last[1]


class Watching(Generic[Value]):
    """Watched things by key. A look runs in a thread, opens what it needs and closes it again."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._watched: dict[object, _Watched[Value]] = {}

    def watchers(self) -> int:
        """How many watch something now."""
        return sum(each.watchers for each in self._watched.values())

    async def watch(self, key: object, look: Look[Value]) -> AsyncGenerator[tuple[Value, bool], None]:
        """The thing as it is, and again whenever it has changed: True beside it; False with a mere sign of life.

        Ends where a look fails, and after a lifetime: who watches sees that the line is cut, and comes anew.
        """
        held = self._watched.setdefault(key, _Watched(look))
        held.watchers += 1
        held.looking = held.looking or asyncio.create_task(self._keep_looking(held))
        try:
            async for told in self._news(held, held.looking):
                yield told
        finally:
            held.watchers -= 1
            if not held.watchers:
                held.looking.cancel()
                self._watched.pop(key, None)

    async def _news(
        self, held: _Watched[Value], looking: asyncio.Task[None]
    ) -> AsyncGenerator[tuple[Value, bool], None]:
        known, until = None, monotonic() + self.pace.lifetime
        while not looking.done():
            news, seen = held.news, held.seen  # in this order, so that no news is slept through
            if seen is not None and seen is not known:
                known = seen
                yield seen, True
            elif held.latest is not None and monotonic() - held.at < self.pace.beat:
                yield held.latest, False
            if known is not None and monotonic() >= until:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), self.pace.beat)

    async def _keep_looking(self, held: _Watched[Value]) -> None:
        """Look again and again. What raises is told in the log, and ends the watch."""
        try:
            while True:
                held.latest = await run_in_threadpool(held.look)
                held.at = monotonic()
                if held.latest != held.seen:
                    held.seen = held.latest
                    held.tell()
                await asyncio.sleep(self.pace.look)
        finally:
            held.tell()
