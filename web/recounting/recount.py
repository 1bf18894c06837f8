"""Reads a record line by line and says where a figure differs from what the facts before it come to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.wire import Json, encode
from pledges.rules.recount import Recount


@dataclass
class Differences:
    """What was found, a line each; ``found`` counts the differences, so 0 says that all agrees."""

    lines: list[str] = field(default_factory=list)
    found: int = 0

    def add(self, words: str) -> None:
        self.found += 1
        self.lines.append(words)

    def note(self, words: str) -> None:
        """Something the reader should know that is no difference."""
        self.lines.append(words)


def recount(lines: Iterable[str]) -> Differences:
    """Compute the public figures of one campaign again from its record (NDJSON, ``core.facts.Recorded.line``)."""
    out = Differences()
    counted = Recount("EUR")
    last = read = 0
    for line in lines:
        if not line.strip():
            continue
        fact = json.loads(line)
        if fact["position"] <= last:
            out.add(f"position {fact['position']}: positions must rise, {last} came before")
        last, read = fact["position"], read + 1
        if fact["kind"] == "CampaignOpened":
            counted.currency = fact["body"]["terms"]["currency"]
        if fact["kind"] in {"TallyFinalized", "FigureCorrected"}:
            _compare(fact["position"], counted, fact["body"]["tally"], out)
        counted.read([(fact["kind"], fact["body"])])
    out.note(f"{read} facts read, {out.found} differences found")
    return out


def _compare(position: int, counted: Recount, tally: Json, out: Differences) -> None:
    door = counted.door_sums()
    expected: dict[str, Any] = encode(counted.pledge_sums())
    expected |= {"attended": {"people": door.people}, "spent": encode({"amount": door.spent, "reports": door.reports})}
    for name, value in expected.items():
        if tally[name] != value:
            out.add(f"position {position}: {name} is {tally[name]}, the facts come to {value}")
