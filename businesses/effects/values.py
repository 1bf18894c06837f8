"""One statement of an effect, and what several add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What changes. Each has one unit, so that what is added up is of one kind (``UNITS``)."""

    CO2 = "co2"
    ENERGY = "energy"
    MONEY = "money"
    WASTE = "waste"
    PRODUCERS = "producers"
    HOURS = "hours"


class Phase(StrEnum):
    PROJECTED = "projected"
    MEASURED = "measured"


class Per(StrEnum):
    YEAR = "year"
    ONCE = "once"


UNITS = {Kind.CO2: "kg", Kind.ENERGY: "kWh", Kind.MONEY: "", Kind.WASTE: "kg", Kind.PRODUCERS: "", Kind.HOURS: "h"}
"""CO2 is CO2 equivalent; money is in the campaign's currency; producers stocked and hours trained are counted."""


@dataclass(frozen=True)
class Effect:
    """``value`` is what is saved (CO2, energy, money, waste) or gained (producers, hours); below 0 it became worse.

    ``by``: business, organizer, monitor or affected. ``method`` says how it was worked out, ``source`` where from.
    """

    id: str
    obligation: str
    kind: Kind
    phase: Phase
    per: Per
    value: Decimal
    method: str
    source: str
    by: str
    at: datetime
    currency: str = ""


@dataclass(frozen=True)
class Sum:
    """What the effects of one kind come to. ``projected`` and ``measured`` are of so many promises each; None: of none.

    They are not the same promises where not all was measured yet: that is why both numbers of promises stand there.
    """

    kind: Kind
    per: Per
    currency: str
    projected: Decimal | None
    of_projected: int
    measured: Decimal | None
    of_measured: int
