"""One writer at a time, first in first out: SQLite's own busy-waiting is neither fair nor fast (OPERATIONS.md)."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import Busy


class Turns:
    """A fair lock. Who waited ``patience`` seconds is sent away with Busy, having changed nothing."""

    def __init__(self, patience: float = 5.0) -> None:
        self._patience = patience
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        self._take()
        try:
            yield
        finally:
            self._pass_on()

    def _take(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        if not mine.wait(self._patience):
            self._give_up(mine)

    def _give_up(self, mine: threading.Event) -> None:
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                raise Busy("Too many people at once. Nothing was lost: please try again in a moment.")

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
