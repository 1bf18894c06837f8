"""The lines of a record: positions that rise, numbers without gaps, seals unbroken, kinds and fields that are known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from types import ModuleType
from typing import Any

from businesses import facts as business_facts
from campaigns import facts as campaign_facts
from core.facts import Fact, seal
from core.wire import Json
from pledges import facts as pledge_facts
from web.recounting.differences import Differences


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of the record."""

    position: int
    at: datetime
    kind: str
    body: Json

    @property
    def where(self) -> str:
        return f"position {self.position}, {self.kind}"


def _kinds(module: ModuleType) -> dict[str, frozenset[str]]:
    """The public kinds that a package's facts.py declares, each with the names of its fields."""
    declared = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Fact)]
    declared.remove(Fact)
    return {kind.__name__: frozenset(f.name for f in fields(kind)) for kind in declared if kind.public}


KINDS = _kinds(campaign_facts) | _kinds(business_facts) | _kinds(pledge_facts)


def _fact(told: Any) -> Line:
    """Raises ValueError, KeyError or TypeError where this is no fact."""
    position, at, kind, body = told["position"], datetime.fromisoformat(told["at"]), told["kind"], told["body"]
    if type(position) is not int or at.tzinfo is None or not isinstance(kind, str) or not isinstance(body, dict):
        raise ValueError
    return Line(position, at, kind, body)


class Reader:
    """Reads lines one at a time and remembers only what the next one is compared with."""

    def __init__(self, out: Differences) -> None:
        self._out = out
        self._last = 0
        self._number: int | None = 0
        self.read = 0

    def lines(self, lines: Iterable[str]) -> Iterator[Line]:
        """The facts that can be understood; what is wrong with a line goes into the differences."""
        for n, text in enumerate(lines, start=1):
            if text.strip():
                found = self._line(n, text)
                if found is not None:
                    self.read += 1
                    yield found

    def _line(self, n: int, text: str) -> Line | None:
        try:
            told = json.loads(text)
            found = _fact(told)
        except (ValueError, KeyError, TypeError):
            self._out.add(f"line {n}", "cannot be read as a fact")
            return None
        self._check_order(found, told)
        return found if self._check_kind(found) else None

    def _check_order(self, found: Line, told: Json) -> None:
        if found.position <= self._last:
            self._out.add(found.where, f"positions must rise, and {self._last} came before")
        self._last = found.position
        if "seal" in told and told["seal"] != seal(told):
            self._out.add(found.where, "the line is not as it was sealed")
        self._check_number(found, told.get("number"))

    def _check_number(self, found: Line, number: Any) -> None:
        """Lines are numbered from 1, or none of them is."""
        first = self._number == 0
        if number is None and (first or self._number is None):
            self._number = None
            return
        expected = 1 if self._number is None else self._number + 1
        if number != expected:
            missing = "the record begins in its middle" if first else f"number {expected} is missing"
            self._out.add(found.where, f"{missing}: this is number {number}")
        self._number = number if type(number) is int else expected

    def _check_kind(self, found: Line) -> bool:
        known = KINDS.get(found.kind)
        if known is None:
            self._out.add(found.where, "this kind of fact is not understood here")
            return False
        if differing := known.symmetric_difference(found.body):
            self._out.add(found.where, f"these fields are missing or not understood: {', '.join(sorted(differing))}")
        return known <= found.body.keys()
