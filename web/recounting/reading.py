"""The lines of a record: positions that rise, numbers without gaps, seals unbroken, kinds and fields that are known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, replace
from datetime import datetime
from types import ModuleType
from typing import Any

from businesses import facts as business_facts
from campaigns import facts as campaign_facts
from core.facts import Fact, seal
from core.wire import Json, encode
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


@dataclass(frozen=True)
class Kind:
    """The fields that a kind of fact has always had, and what those stand at that came later, where they are absent."""

    needed: frozenset[str]
    later: Json


def _kinds(module: ModuleType) -> dict[str, Kind]:
    """The public kinds that a package's facts.py declares."""
    declared = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Fact)]
    return {kind.__name__: _kind(kind) for kind in declared if kind is not Fact and kind.public}


def _kind(kind: type[Fact]) -> Kind:
    """A field with a default was added later: records written before do without it."""
    later: Json = {f.name: encode(f.default) for f in fields(kind) if f.default is not MISSING}
    later |= {f.name: encode(f.default_factory()) for f in fields(kind) if f.default_factory is not MISSING}
    return Kind(frozenset(f.name for f in fields(kind)) - later.keys(), later)


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
        return self._complete(found)

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

    def _complete(self, found: Line) -> Line | None:
        """The fact with all the fields of its kind; None where it lacks one that it must have."""
        known = KINDS.get(found.kind)
        if known is None:
            self._out.add(found.where, "this kind of fact is not understood here")
            return None
        body = known.later | found.body
        if differing := (known.needed | known.later.keys()).symmetric_difference(body):
            self._out.add(found.where, f"these fields are missing or not understood: {', '.join(sorted(differing))}")
        return replace(found, body=body) if known.needed <= body.keys() else None
