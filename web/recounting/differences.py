"""What a recount finds, in words that name the line, the place in it, and both figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from core.wire import Json


@dataclass
class Differences:
    """What was found, a line each; ``found`` counts the differences, so 0 says that all agrees."""

    lines: list[str] = field(default_factory=list)
    found: int = 0

    def add(self, where: str, words: str) -> None:
        self.found += 1
        self.lines.append(f"{where}: {words}")

    def note(self, words: str) -> None:
        """Something the reader should know that is no difference."""
        self.lines.append(words)


class _Hidden:
    """Stands in an expected value for what only the checker has seen (DOMAIN.md, Trust 22)."""


HIDDEN: Final = _Hidden()
_ABSENT: Final = object()
_SAYS_NOTHING: Final[tuple[Any, ...]] = (None, "", 0, [], {})
"""What a field that came later stands at, in a record that was written before it."""


@dataclass(frozen=True)
class Differs:
    """A place where a record tells something else than its facts come to; hidden: nobody can tell from the record."""

    path: str
    words: str
    hidden: bool = False


def compare(expected: Any, told: Any, path: str = "") -> Iterator[Differs]:
    """Every place in which two wire values differ, such as "owed.0.amount.amount"."""
    if expected is HIDDEN:
        if told is not None:
            yield Differs(path, "", hidden=True)
    elif isinstance(expected, dict) and isinstance(told, dict):
        for name in {**expected, **told}:
            if name in told or expected[name] not in _SAYS_NOTHING:
                yield from compare(expected.get(name, _ABSENT), told.get(name, _ABSENT), _below(path, name))
    elif isinstance(expected, list) and isinstance(told, list) and len(expected) == len(told):
        for n, (one, other) in enumerate(zip(expected, told, strict=True)):
            yield from compare(one, other, _below(path, str(n)))
    elif type(expected) is not type(told) or expected != told:
        yield Differs(path, f"{_shown(told)} is told, the facts come to {_shown(expected)}")


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _shown(value: Any) -> str:
    if value is _ABSENT:
        return "nothing"
    if value is None:
        return "unknown"
    return f'"{value}"' if isinstance(value, str) else str(value)


def without(body: Json, *names: str) -> Json:
    """A fact's body without fields that nobody can compute: fresh ids, words for people."""
    return {name: value for name, value in body.items() if name not in names}
