"""Several people doing something in the same moment, in threads of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from core.errors import DomainError

Result = TypeVar("Result")


def at_once(number: int, act: Callable[[int], Result]) -> list[Result]:
    """The results of ``act(0)`` and so on, begun at the same moment in as many threads."""
    ready = threading.Barrier(number)

    def begin(index: int) -> Result:
        ready.wait(10)
        return act(index)

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(begin, range(number)))


def outcomes(number: int, act: Callable[[int], Result]) -> tuple[list[Result], list[DomainError]]:
    """The same, where some are refused: what was done, and what was refused."""

    def attempt(index: int) -> Result | DomainError:
        try:
            return act(index)
        except DomainError as refused:
            return refused

    tried = at_once(number, attempt)
    done = [found for found in tried if not isinstance(found, DomainError)]
    return done, [found for found in tried if isinstance(found, DomainError)]
