"""Whose yes something needs: what no side decides alone counts once all who are asked have agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from core.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class Assent:
    """``asks`` must agree; ``agreed`` have; ``answered_at`` is when the last of them said yes or no."""

    asks: tuple[str, ...]
    agreed: tuple[str, ...] = ()
    refused_by: str = ""
    answered_at: datetime | None = None

    @property
    def is_agreed(self) -> bool:
        return set(self.asks) <= set(self.agreed)

    @property
    def is_open(self) -> bool:
        return not (self.is_agreed or self.refused_by)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The sides that have not answered yet; none once it is agreed or refused."""
        return tuple(side for side in self.asks if side not in self.agreed) if self.is_open else ()

    def has_said(self, side: str, *, agrees: bool) -> bool:
        """Whether a side has given this very answer: saying it again changes nothing."""
        return side in self.agreed if agrees else side == self.refused_by

    def answered(self, side: str, now: datetime, *, agrees: bool) -> Self:
        """With one side's answer. Raises Conflict for a side that is not asked, or no longer."""
        if side not in self.waits_for:
            raise Conflict("Your side has nothing to answer here")
        if not agrees:
            return replace(self, refused_by=side, answered_at=now)
        return replace(self, agreed=(*self.agreed, side), answered_at=now)
