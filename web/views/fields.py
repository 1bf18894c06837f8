"""A form being read: every refusal is kept, so that the page names all of them at once and not one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from core import formats, text, zones
from core.errors import FieldError, Invalid, refuse, require
from core.money import Money, parse_decimal

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """The typed values of one form in the reader's locale. Readers give None for what is empty or refused."""

    def __init__(self, values: Mapping[str, str], locale: str) -> None:
        self._values = values
        self._locale = locale
        self._errors: list[FieldError] = []

    def raw(self, name: str) -> str:
        return self._values.get(name, "")

    def has(self, *names: str) -> bool:
        """Whether anything was typed into one of these."""
        return any(self.raw(name).strip() for name in names)

    def indices(self, prefix: str) -> list[int]:
        return rows(self._values, prefix)

    def text(self, name: str, most: int, least: int = 0) -> str:
        return self.keep(lambda: text.clean(self.raw(name), name, most, least)) or ""

    def number(self, name: str) -> Decimal | None:
        """A decimal as people of the reader's locale type it."""
        typed = self._number(name)
        return self.keep(lambda: parse_decimal(typed, name)) if typed else None

    def whole(self, name: str) -> int | None:
        """A count: digits only."""
        typed = self._number(name)
        return self.keep(lambda: _whole(typed, name)) if typed else None

    def money(self, name: str, currency: str) -> Money | None:
        typed = self._number(name)
        return self.keep(lambda: Money.parse(typed, currency, name)) if typed else None

    def amount(self, name: str, typed: str, currency: str) -> Money | None:
        """One of several amounts in one field."""
        number = formats.typed_number(typed, self._locale)
        return self.keep(lambda: Money.parse(number, currency, name))

    def plain(self, name: str) -> str:
        """A number as digits with a point, for those who read it themselves."""
        return self._number(name)

    def instant(self, name: str, zone: str) -> datetime | None:
        """A local date and time in the campaign's zone, as an instant."""
        typed = self.raw(name).strip()
        return self.keep(lambda: zones.local_instant(typed, zone, name)) if typed else None

    def day(self, name: str) -> date | None:
        typed = self.raw(name).strip()
        return self.keep(lambda: _day(typed, name)) if typed else None

    def choice(self, name: str, kind: type[Choice], otherwise: Choice) -> Choice:
        """One of a few words; ``otherwise`` where none or an unknown one came."""
        return kind(self.raw(name)) if self.raw(name) in {member.value for member in kind} else otherwise

    def require(self, condition: object, name: str, message: str, **params: object) -> None:
        self.keep(lambda: require(condition, name, message, **params))

    def keep(self, work: Callable[[], Value], prefix: str = "") -> Value | None:
        """Run ``work``; what it refuses is kept, below ``prefix`` where one is given."""
        try:
            return work()
        except Invalid as wrong:
            self._errors += (wrong.under(prefix) if prefix else wrong).errors
            return None

    def check(self) -> None:
        """Raise Invalid with everything that was refused, if anything was."""
        if self._errors:
            raise Invalid(self._errors)

    def _number(self, name: str) -> str:
        return formats.typed_number(self.raw(name), self._locale)


def rows(names: Iterable[str], prefix: str) -> list[int]:
    """The numbers n of fields named ``prefix.n...``, in order: the rows of a list in a form."""
    starts = {name[len(prefix) + 1 :].partition(".")[0] for name in names if name.startswith(f"{prefix}.")}
    return sorted(int(start) for start in starts if start.isdecimal() and len(start) <= 3)


def _whole(typed: str, name: str) -> int:
    number = parse_decimal(typed, name)
    require(number == number.to_integral_value() and number >= 0, name, "a whole number, 0 or more")
    return int(number)


def _day(typed: str, name: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        refuse(name, "write the date, like 2026-09-30")
