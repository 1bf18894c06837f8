"""Answers that may be a little old, kept in the process: costly figures, and public pages that many ask for at once."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic, TypeVar

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from core.db import Database
from web.rendering import locale_of

Value = TypeVar("Value")
MOST = 1000
"""Answers kept at a time; beyond it all are forgotten, so that nobody fills the memory by asking."""


@dataclass
class Kept(Generic[Value]):
    """Values by key, each for ``seconds``. Of many who ask at once one computes it, and the others wait for that."""

    seconds: float
    _held: dict[object, tuple[float, Value]] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _turns: tuple[threading.Lock, ...] = field(default_factory=lambda: tuple(threading.Lock() for _ in range(64)))

    def get(
        self, key: object, compute: Callable[[], Value], may_keep: Callable[[Value], bool] = lambda _: True
    ) -> Value:
        """The kept value, or a fresh one. What ``compute`` raises is for its own asker: the next one tries again."""
        found = self.young(key)
        if found is None:
            with self._turns[hash(key) % len(self._turns)]:
                found = self.young(key) or self._fresh(key, compute, may_keep)
        return found

    def young(self, key: object) -> Value | None:
        """The kept value, where it is young enough. Waits for nobody."""
        found = self._held.get(key)
        return found[1] if found is not None and monotonic() - found[0] < self.seconds else None

    def _fresh(self, key: object, compute: Callable[[], Value], may_keep: Callable[[Value], bool]) -> Value:
        since = monotonic()  # its age counts from before it was read
        value = compute()
        if may_keep(value):
            with self._guard:
                if len(self._held) >= MOST:
                    self._held.clear()
                self._held[key] = (since, value)
        return value


@dataclass(frozen=True)
class Copy:
    """A page as it was sent: from it every asker gets an answer of their own."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str

    @classmethod
    def of(cls, page: Response) -> Copy:
        body = bytes(page.body)
        headers = tuple((name, value) for name, value in page.headers.items() if name != "content-length")
        return cls(body, headers, f'"{hashlib.sha256(body).hexdigest()[:32]}"')

    def may_be_kept(self) -> bool:
        return ("cache-control", "no-store") not in self.headers

    def answer(self, request: Request) -> Response:
        """The page; 304 where the asker has it already."""
        headers = {**dict(self.headers), "ETag": self.etag}
        if request.headers.get("if-none-match") == self.etag:
            return Response(status_code=304, headers=headers)
        return Response(self.body, headers=headers)


pages: Kept[Copy] = Kept(0.25)
"""Public pages, a quarter of a second old at most, and never older than this process's own last write."""

polls: Kept[Copy] = Kept(1)
"""What thousands of phones ask for again every 15 s while others write: a second old at most, whoever wrote."""


papers: Kept[Copy] = Kept(60)
"""What is printed or drawn: costly, and shared by all who ask."""


async def printed(request: Request, db: Database, make: Callable[[], Response]) -> Response:
    """A paper or picture, drawn once for all who ask for it within a minute."""
    return await _kept(papers, (db.url,), request, make)


async def polled(request: Request, db: Database, make: Callable[[], Response]) -> Response:
    """What phones renew by themselves: like ``public``, and not made anew for each of fifty check-ins a second."""
    return await _kept(polls, (db.url,), request, make)


async def public(request: Request, db: Database, make: Callable[[], Response]) -> Response:
    """A page that is the same for everybody of one language, made once for all who ask for it in the same moment.

    A page that says ``no-store`` of itself is nobody else's and is not kept. Only making it needs a thread: what is
    kept is answered at once.
    """
    return await _kept(pages, (db.url, db.writes), request, make)


async def _kept(held: Kept[Copy], of: tuple[object, ...], request: Request, make: Callable[[], Response]) -> Response:
    key = (*of, locale_of(request), request.scope["path"], request.scope["query_string"])
    found = held.young(key)
    if found is None:
        found = await run_in_threadpool(held.get, key, lambda: Copy.of(make()), Copy.may_be_kept)
    return found.answer(request)
