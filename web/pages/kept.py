"""Answers that may be a little old, kept in the process: costly figures, and public pages that many ask for at once."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic, TypeVar

from fastapi import Request
from fastapi.responses import Response

from core.db import Database
from web.rendering import locale_of

Value = TypeVar("Value")
MOST = 1000
"""Answers kept at a time; beyond it all are forgotten, so that nobody fills the memory by asking."""


@dataclass
class Kept(Generic[Value]):
    """Values by key, each for ``seconds``. Two who ask at once may both compute it: nobody waits for anybody."""

    seconds: float
    _held: dict[object, tuple[float, Value]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: object, compute: Callable[[], Value]) -> Value:
        """The kept value, or a fresh one."""
        found = self.look(key)
        return self.keep(key, compute()) if found is None else found

    def look(self, key: object) -> Value | None:
        """The value, if it is young enough."""
        found = self._held.get(key)
        return found[1] if found is not None and monotonic() - found[0] < self.seconds else None

    def keep(self, key: object, value: Value) -> Value:
        with self._lock:
            if len(self._held) >= MOST:
                self._held.clear()
            self._held[key] = (monotonic(), value)
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

    def answer(self, request: Request) -> Response:
        """The page; 304 where the asker has it already."""
        headers = {**dict(self.headers), "ETag": self.etag}
        if request.headers.get("if-none-match") == self.etag:
            return Response(status_code=304, headers=headers)
        return Response(self.body, headers=headers)


pages: Kept[Copy] = Kept(0.25)
"""Public pages, a quarter of a second old at most, and never older than this process's own last write."""


def public(request: Request, db: Database, make: Callable[[], Response]) -> Response:
    """A page that is the same for everybody of one language, made once for all who ask for it in the same moment.

    A page that says ``no-store`` of itself is nobody else's and is not kept.
    """
    key = (db.url, db.writes, locale_of(request), str(request.url))
    found = pages.look(key)
    if found is None:
        made = make()
        if made.headers.get("cache-control") == "no-store":
            return made
        found = pages.keep(key, Copy.of(made))
    return found.answer(request)
