"""Money: an integer of minor units and a currency. Never a float, never two currencies in one sum."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import total_ordering

from core.currencies import DECIMALS
from core.errors import require

_DIGITS = re.compile(r"-?\d{1,14}(\.\d{1,6})?", re.ASCII)
LARGEST = 10**13
"""Upper bound of an amount in minor units; beyond it a typing error is more likely than a shop."""


def decimals_of(currency: str, field: str = "currency") -> int:
    """Decimals of a currency (ISO 4217). Raises Invalid for an unknown code."""
    require(currency in DECIMALS, field, "{code} is not a currency code like EUR, USD or JPY", code=currency)
    return DECIMALS[currency]


def parse_decimal(text: str, field: str) -> Decimal:
    """A plain decimal number such as "12.5". Raises Invalid for anything else (exponents, blanks, a plus)."""
    require(_DIGITS.fullmatch(text), field, "write it in digits, like 20 or 12.50")
    return Decimal(text)


@total_ordering
@dataclass(frozen=True)
class Money:
    """An exact amount. ``minor`` counts the currency's smallest unit: cents for EUR, yen for JPY, fils for KWD."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        decimals_of(self.currency)

    @classmethod
    def parse(cls, amount: str, currency: str, field: str = "amount") -> Money:
        """Read "2000.84". Raises Invalid where it is no number or has more decimals than the currency."""
        decimals = decimals_of(currency, f"{field}.currency")
        value = parse_decimal(amount, field).scaleb(decimals)
        require(
            value == value.to_integral_value(),
            field,
            "{currency} has {decimals} decimals, not more",
            currency=currency,
            decimals=decimals,
        )
        require(abs(value) <= LARGEST, field, "this is more than any shop takes")
        return cls(int(value), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    @classmethod
    def rounded(cls, amount: Decimal, currency: str) -> Money:
        """The nearest representable amount, half to even: the platform's one rounding rule (DESIGN.md, rule 6)."""
        with localcontext(prec=60):
            minor = amount.scaleb(decimals_of(currency)).to_integral_value(ROUND_HALF_EVEN)
        return cls(int(minor), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with exactly the currency's decimals: 2000.84 EUR, 500 JPY."""
        return Decimal(self.minor).scaleb(-DECIMALS[self.currency])

    def percent(self, share: Decimal) -> Money:
        """``share`` percent of this amount, rounded half to even once."""
        with localcontext(prec=60):
            return Money.rounded(self.amount * share / 100, self.currency)

    def times(self, factor: int) -> Money:
        return Money(self.minor * factor, self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.amount:f}"

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be mixed")
        return other


def total(amounts: list[Money], currency: str) -> Money:
    """The sum of amounts of one currency; zero for none."""
    return sum(amounts, Money.zero(currency))
