"""A return visit as it was pledged, what waits for a business's proof, and the weeks in which it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.money import Money


@dataclass(frozen=True)
class Return:
    """A supporter comes back and spends about ``amount`` once the business has kept its word.

    ``told``: what they say they spent then; ``noted_at``: when the business took their code down.
    """

    id: str
    campaign: str
    business: str
    pledge: str
    amount: Money
    at: datetime
    withdrawn_at: datetime | None = None
    told: Money | None = None
    noted_at: datetime | None = None

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    @property
    def visited(self) -> bool:
        return self.told is not None or self.noted_at is not None


@dataclass(frozen=True)
class Opening:
    """The promise was verified kept: from ``at`` until ``until`` the visits are asked for."""

    campaign: str
    business: str
    at: datetime
    until: datetime

    def is_open(self, now: datetime) -> bool:
        return now < self.until


@dataclass(frozen=True)
class Waiting:
    """The visits pledged to one business in one campaign, and what came of them. ``told`` sums the reports alone."""

    campaign: str
    business: str
    visits: int
    amount: Money
    came: int = 0
    noted: int = 0
    told: Money | None = None
    opening: Opening | None = None

    def is_open(self, now: datetime) -> bool:
        return self.opening is not None and self.opening.is_open(now)
