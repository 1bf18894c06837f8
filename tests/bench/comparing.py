"""Bare and platform in turns, and what came of it: medians over rounds, in which both met the same machine."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.load import Load, arguments

ROUNDS = 7
SECONDS = 0.7
HEAD = f"{'':34}{'clients':>8}{'bare /s':>10}{'ours /s':>10}{'ratio':>8}{'bare p99':>11}{'ours p99':>11}"


@dataclass(frozen=True)
class Measured:
    """The medians of several rounds: answers per second, their ratio within a round, the slowest hundredth in ms."""

    what: str
    clients: int
    bare: float
    platform: float
    ratio: float
    bare_ms: float
    platform_ms: float

    def line(self) -> str:
        figures = f"{self.bare:>10.0f}{self.platform:>10.0f}{self.ratio:>8.2f}"
        return f"{self.what:34}{self.clients:>8}{figures}{self.bare_ms:>8.1f} ms{self.platform_ms:>8.1f} ms"


def compare(what: str, bare: Load, ours: Load, rounds: int = ROUNDS) -> Measured:
    """Put both loads on, in turns, from another process."""
    done = subprocess.run(arguments((bare, ours), rounds), check=True, capture_output=True, text=True, timeout=120)
    rates, slowest = zip(*(zip(*both, strict=True) for both in json.loads(done.stdout)), strict=True)
    return Measured(
        what, ours.clients, _median(rates, 0), _median(rates, 1), median(ours / bare for bare, ours in rates),
        _median(slowest, 0), _median(slowest, 1),
    )  # fmt: skip


def _median(rounds: Sequence[tuple[float, float]], side: int) -> float:
    return median(both[side] for both in rounds)
