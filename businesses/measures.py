"""The measures list: priced works in order, down which owed money is allocated (DOMAIN.md, Money and bids 6).

Owed money pays the works in their order. Where it runs out, the other named sources go on. What both do not reach is
decided by the rule that was fixed with the bid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import require
from core.money import Money, total


class Shortfall(StrEnum):
    """What happens where the money does not suffice for a work; fixed with the bid.

    ``DROP``: the work is dropped, and the money goes on down the list to the next one that it can pay in full.
    ``SUBSTITUTE``: the money waits for something smaller in the work's place. ``TOP_UP``: the business pays what is
    missing. ``FALLBACK``: the money goes to the fund named beforehand.
    """

    DROP = "drop"
    SUBSTITUTE = "substitute"
    TOP_UP = "top_up"
    FALLBACK = "fallback"


class State(StrEnum):
    """What became of a work of the list."""

    FUNDED = "funded"
    TOPPED_UP = "topped_up"
    DROPPED = "dropped"
    SUBSTITUTE = "substitute"
    NOT_REACHED = "not_reached"


class RestGoes(StrEnum):
    """Where owed money goes that pays no work of the list: it stays for the same purpose unless the rule says where."""

    PURPOSE = "purpose"
    SUBSTITUTE = "substitute"
    FALLBACK = "fallback"


@dataclass(frozen=True)
class Measure:
    """One of the works that owed money pays for, with its price."""

    name: str
    price: Money

    def __post_init__(self) -> None:
        require(self.name.strip(), "name", "name the measure")
        require(self.price.minor > 0, "price", "must be above 0")


@dataclass(frozen=True)
class Audit:
    """Who priced the works, who pays them for it, and when they looked (DOMAIN.md, Trust 22)."""

    by: str
    paid_by: str
    on: date | None = None

    def __post_init__(self) -> None:
        require(self.by.strip(), "by", "name who priced the works")
        require(self.paid_by.strip(), "paid_by", "say who pays them; nobody is an answer, too")


@dataclass(frozen=True)
class Funding:
    """A further source that pays for the works: a grant, a contractor, a match."""

    source: str
    amount: Money

    def __post_init__(self) -> None:
        require(self.source.strip(), "source", "name the source")
        require(self.amount.minor > 0, "amount", "must be above 0")


@dataclass(frozen=True)
class Part:
    """A work and who pays it: ``allocated`` is owed money, ``others`` the other sources', ``top_up`` the business's."""

    name: str
    price: Money
    allocated: Money
    others: Money
    top_up: Money
    state: State


@dataclass(frozen=True)
class Allocation:
    """What owed money buys. The allocated parts and the rest are what is owed, to the last minor unit."""

    parts: tuple[Part, ...]
    rest: Money
    rest_goes: RestGoes = RestGoes.PURPOSE

    @property
    def top_up(self) -> Money:
        """What the business pays on top of what is owed."""
        return total([part.top_up for part in self.parts], self.rest.currency)

    @property
    def waits_for(self) -> Part | None:
        """The work in whose place something smaller is looked for."""
        return next((part for part in self.parts if part.state == State.SUBSTITUTE), None)


@dataclass(frozen=True)
class Plan:
    """A list with all that was fixed beforehand. ``fallback`` is the named fund of that rule."""

    measures: tuple[Measure, ...] = ()
    shortfall: Shortfall = Shortfall.DROP
    fallback: str = ""
    audit: Audit | None = None
    funding: tuple[Funding, ...] = ()

    def lowered_field(self, new: Plan) -> str | None:
        """The field in which ``new`` promises less than this list, or None.

        Further works come at its end, a price may fall, and the business may come to pay what is missing.
        """
        if len(new.measures) < len(self.measures):
            return "measures"
        for n, (held, offered) in enumerate(zip(self.measures, new.measures, strict=False)):
            if held.name.casefold() != offered.name.casefold():
                return f"measures.{n}.name"
            if offered.price > held.price:
                return f"measures.{n}.price"
        if self.measures and new.shortfall not in {self.shortfall, Shortfall.TOP_UP}:
            return "shortfall"
        if new.shortfall == Shortfall.FALLBACK and self.fallback.casefold() not in {"", new.fallback.casefold()}:
            return "fallback"
        return "funding" if _sum(new.funding) < _sum(self.funding) else None

    def allocate(self, owed: Money) -> Allocation:
        """Send owed money down the list; what it does not reach goes by the rule."""
        purse = _Purse(owed, Money(_sum(self.funding), owed.currency))
        parts: list[Part] = []
        for measure in self.measures:
            parts.append(self._part(measure, purse, parts))
        return Allocation(tuple(parts), purse.owed, self._rest_goes(parts))

    def _rest_goes(self, parts: Sequence[Part]) -> RestGoes:
        if self.shortfall == Shortfall.FALLBACK:
            return RestGoes.FALLBACK
        waits = any(part.state == State.SUBSTITUTE for part in parts)
        return RestGoes.SUBSTITUTE if waits else RestGoes.PURPOSE

    def _part(self, measure: Measure, purse: _Purse, before: Sequence[Part]) -> Part:
        """The next work: paid as long as the money suffices; the rule decides on the first that it does not pay."""
        ran_out = any(part.state != State.FUNDED for part in before)
        if purse.suffices(measure.price) and (self.shortfall == Shortfall.DROP or not ran_out):
            return purse.pay(measure, State.FUNDED)
        if self.shortfall == Shortfall.DROP:
            return purse.leave(measure, State.DROPPED)
        if ran_out or purse.empty:
            return purse.leave(measure, State.NOT_REACHED)
        if self.shortfall == Shortfall.TOP_UP:
            return purse.pay(measure, State.TOPPED_UP)
        substitute = self.shortfall == Shortfall.SUBSTITUTE
        return purse.leave(measure, State.SUBSTITUTE if substitute else State.NOT_REACHED)


def _sum(funding: Sequence[Funding]) -> int:
    """In minor units: a list without sources has no currency of its own."""
    return sum(held.amount.minor for held in funding)


@dataclass
class _Purse:
    """What is left on the way down the list: owed money first, then the other sources'."""

    owed: Money
    others: Money

    @property
    def empty(self) -> bool:
        return not self.owed + self.others

    def suffices(self, price: Money) -> bool:
        return self.owed + self.others >= price

    def pay(self, measure: Measure, state: State) -> Part:
        allocated = min(self.owed, measure.price)
        others = min(self.others, measure.price - allocated)
        self.owed, self.others = self.owed - allocated, self.others - others
        return Part(measure.name, measure.price, allocated, others, measure.price - allocated - others, state)

    def leave(self, measure: Measure, state: State) -> Part:
        nothing = Money.zero(measure.price.currency)
        return Part(measure.name, measure.price, nothing, nothing, nothing, state)
