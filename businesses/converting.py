"""Open conversion: what bids on unlike bases are expected to come to, by a stated estimate (DOMAIN.md, Money, 2).

T is the estimate's takings: one winner's till in all windows together. A share of the gross is a share of T; of net, of
T x (1 - tax share); of profit, of T x margin; of extra, of T less the ordinary day, at least 0. A sum per unit is taken
times the estimate's units, else times the ordinary day's units scaled by T. Matches count; sums of one bid add up; what
is not money stays outside. Exact to the end, then rounded half to even once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from businesses.commitments import Basis, Commitment, Fixed, PerUnit, Share
from businesses.values import Baseline
from campaigns.values import Estimate
from core.money import Money, decimals_of
from core.wire import plain

Figure = TypeVar("Figure", Money, int)
Piece = str | Decimal | Money | int
"""A part of a formula as it is shown: words, a percentage, an amount, a count."""


@dataclass(frozen=True)
class Usual:
    """An ordinary day of one business, all windows together; None: not known, or not to everybody."""

    takings: Money | None = None
    tax_share: Decimal | None = None
    margin: Decimal | None = None
    units: int | None = None

    @classmethod
    def of(cls, baseline: Baseline | None, windows: int) -> Usual:
        """The sums over so many windows of a baseline, whoever may see it."""
        if baseline is None:
            return cls()
        takings, units = _each(baseline.takings, windows), _each(baseline.units, windows)
        day = sum(takings[1:], takings[0]) if takings else None
        return cls(day, baseline.tax_share, baseline.margin, sum(units) if units else None)


def _each(figures: tuple[Figure, ...], windows: int) -> tuple[Figure, ...]:
    """A figure for each window; none where they do not fit: windows may have been added since."""
    if len(figures) == 1:
        return figures * windows
    return figures if len(figures) == windows else ()


@dataclass(frozen=True)
class Expected:
    """What a bid is expected to come to, and how; ``amount`` None where it ``lacks`` figures, by their names."""

    pieces: tuple[Piece, ...] = ()
    amount: Money | None = None
    lacks: tuple[str, ...] = ()

    @property
    def formula(self) -> str:
        """As in the record: "22% x (5000.00 - 2000.00)"."""
        return written(self.pieces, lambda share: f"{plain(share)}%", str, str)


def written(
    pieces: Sequence[Piece],
    percent: Callable[[Decimal], str],
    money: Callable[[Money], str],
    count: Callable[[int], str],
) -> str:
    """A formula in one line, its figures as the reader writes them."""
    told = []
    for piece in pieces:
        match piece:
            case str():
                told.append(piece)
            case Decimal():
                told.append(percent(piece))
            case Money():
                told.append(money(piece))
            case _:
                told.append(count(piece))
    return "".join(told)


@dataclass(frozen=True)
class _Term:
    """One promise of money: its formula and its exact value in whole money, or the figure that it lacks."""

    pieces: tuple[Piece, ...] = ()
    value: Fraction = Fraction(0)
    lacks: str = ""


def expected(commitments: Sequence[Commitment], usual: Usual, estimate: Estimate) -> Expected | None:
    """What these promises are expected to come to together; None where none of them is about money."""
    terms = [term for held in commitments if (term := _term(held, usual, estimate))]
    if not terms:
        return None
    lacks = tuple(dict.fromkeys(term.lacks for term in terms if term.lacks))
    if lacks:
        return Expected(lacks=lacks)
    pieces: list[Piece] = []
    for term in terms:
        pieces += [" + "] * bool(pieces) + list(term.pieces)
    total = sum((term.value for term in terms), Fraction(0))
    return Expected(tuple(pieces), _rounded(total, estimate.takings.currency))


def _rounded(value: Fraction, currency: str) -> Money:
    """Half to even, from the exact value: no step before has rounded."""
    return Money(round(value * 10 ** decimals_of(currency)), currency)


def _term(held: Commitment, usual: Usual, estimate: Estimate) -> _Term | None:
    match held:
        case Fixed():
            return _Term((held.amount,), Fraction(held.amount.amount))
        case PerUnit():
            return _per_unit(held, usual, estimate)
        case Share():
            return _share(held, usual, estimate)
    return None


def _share(held: Share, usual: Usual, estimate: Estimate) -> _Term:
    base = _base(held.basis, usual, estimate.takings)
    if base.lacks:
        return base
    match = (" x ", held.match + 100) if held.match else ()
    value = base.value * Fraction(held.share) / 100 * (100 + Fraction(held.match)) / 100
    return _Term((held.share, " x ", *base.pieces, *match), value)


def _base(basis: Basis, usual: Usual, takings: Money) -> _Term:
    """The figure of which a share is a share."""
    whole = Fraction(takings.amount)
    match basis:
        case Basis.GROSS:
            return _Term((takings,), whole)
        case Basis.NET if usual.tax_share is not None:
            pieces = (takings, " x (", Decimal(100), " - ", usual.tax_share, ")")
            return _Term(pieces, whole * (100 - Fraction(usual.tax_share)) / 100)
        case Basis.PROFIT if usual.margin is not None:
            return _Term((takings, " x ", usual.margin), whole * Fraction(usual.margin) / 100)
        case Basis.EXTRA if usual.takings is not None:
            return _extra(takings, usual.takings)
    return _Term(lacks={Basis.NET: "tax_share", Basis.PROFIT: "margin"}.get(basis, "baseline"))


def _extra(takings: Money, ordinary: Money) -> _Term:
    if ordinary > takings:
        return _Term(("max(0, ", takings, " - ", ordinary, ")"))
    return _Term(("(", takings, " - ", ordinary, ")"), Fraction((takings - ordinary).amount))


def _per_unit(held: PerUnit, usual: Usual, estimate: Estimate) -> _Term:
    """By the stated units; where none are, the ordinary day's, which grow as the takings are expected to."""
    amount = Fraction(held.amount.amount)
    if estimate.units is not None:
        return _Term((held.amount, " x ", estimate.units), amount * estimate.units)
    if usual.units is None or not usual.takings:
        return _Term(lacks="units")
    pieces = (held.amount, " x ", usual.units, " x ", estimate.takings, " / ", usual.takings)
    return _Term(pieces, amount * usual.units * Fraction(estimate.takings.amount) / Fraction(usual.takings.amount))
