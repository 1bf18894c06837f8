"""A figure as a source gave it: sure, about, at least, between, contested or not known (DOMAIN.md, Trust 23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

Value = TypeVar("Value", Decimal, date)


class Kind(StrEnum):
    """How far a figure can be trusted. Nothing is ever turned into EXACT by guessing."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"
    BELOW = "below"
    RANGE = "range"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


_BOUNDS = {
    Kind.EXACT: (True, True),
    Kind.APPROXIMATE: (True, True),
    Kind.AT_LEAST: (True, False),
    Kind.BELOW: (False, True),
    Kind.RANGE: (True, True),
    Kind.DISPUTED: (False, False),
    Kind.UNKNOWN: (False, False),
}


@dataclass(frozen=True)
class Figure(Generic[Value]):
    """One figure, its original words and the pages it comes from.

    ``low`` and ``high`` are the bounds the words give: equal for one number, apart for a range or for an approximate
    order of size ("hundreds", "late 2010"), one of them empty for "over" and "nearly", both for unknown and disputed.
    A disputed figure holds what each side says in ``claims``, each with its own words; ``said_by`` names the side as
    the source does. ``unit`` is a currency code, or "percent", "people", "hours", "days", "times" (of an ordinary
    day), "percent more" (than an ordinary day), "competitors", "date", or a weight as written ("t CO2/yr").
    """

    kind: Kind
    unit: str
    low: Value | None = None
    high: Value | None = None
    words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    said_by: str = ""
    claims: tuple[Figure[Value], ...] = ()

    def __post_init__(self) -> None:
        if (self.low is not None, self.high is not None) != _BOUNDS[self.kind]:
            raise ValueError(f"bounds do not fit {self.kind.value}")
        if self.low is not None and self.high is not None:
            self._check_order(self.low, self.high)
        if (self.kind is Kind.DISPUTED) != (len(self.claims) > 1):
            raise ValueError("a figure is disputed when there are several claims, and only then")

    @property
    def is_known(self) -> bool:
        """Whether a source gives anything at all, however vague or contested."""
        return self.kind is not Kind.UNKNOWN

    @property
    def value(self) -> Value | None:
        """The number to print beside the kind: the only bound, or the lower one; none if unknown or disputed."""
        return self.high if self.low is None else self.low

    @property
    def is_span(self) -> bool:
        """Whether two different bounds are to be printed."""
        return self.low is not None and self.high is not None and self.low != self.high

    def _check_order(self, low: Value, high: Value) -> None:
        if low > high or (self.kind is Kind.EXACT and low != high) or (self.kind is Kind.RANGE and low == high):
            raise ValueError(f"{low} to {high} is not {self.kind.value}")


Quantity: TypeAlias = Figure[Decimal]
Day: TypeAlias = Figure[date]
