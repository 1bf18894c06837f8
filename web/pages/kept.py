"""Answers that are costly to compute and may be a little old, kept in the process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic, TypeVar

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
        found = self._held.get(key)
        if found is not None and monotonic() - found[0] < self.seconds:
            return found[1]
        value = compute()
        with self._lock:
            if len(self._held) >= MOST:
                self._held.clear()
            self._held[key] = (monotonic(), value)
        return value
