"""Due work is data (DESIGN.md, rule 4): what a worker asks for, and in which order a moved clock does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.db import Database


@dataclass(frozen=True)
class DueWork:
    """One kind of due work.

    ``next_at`` gives the instant at which the earliest piece falls due, or None; ``run`` does what is due now, each
    piece in its own transaction, and returns a line per piece done.
    """

    name: str
    next_at: Callable[[Session], datetime | None]
    run: Callable[[Database], list[str]]
