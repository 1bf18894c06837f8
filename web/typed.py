"""What a person typed into a form, and what was wrong with it: a page shown again loses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.errors import Invalid, Message


@dataclass(frozen=True)
class Typed:
    """The values and errors of one form by field name. ``prefix`` keeps ids apart where a page has several forms."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: Mapping[str, Message] = field(default_factory=dict)
    prefix: str = ""

    @classmethod
    def start(cls, prefix: str = "", **values: object) -> Typed:
        """A form with its first values; None leaves a field empty."""
        return cls({name: _texts(value) for name, value in values.items()}, prefix=prefix)

    def refused(self, invalid: Invalid) -> Typed:
        """The same values with what was wrong, the first error of each field."""
        errors: dict[str, Message] = {}
        for error in invalid.errors:
            errors.setdefault(error.field, error.message)
        return Typed(self.values, errors, self.prefix)

    def with_value(self, name: str, value: object) -> Typed:
        """The same form with one value more, or another."""
        return replace(self, values={**self.values, name: _texts(value)})

    def value(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "")

    def chosen(self, name: str, option: object) -> bool:
        """Whether ``option`` is (one of) the value(s) of a choice."""
        return str(option) in self.values.get(name, ())

    def error(self, name: str) -> Message | None:
        return self.errors.get(name)

    def id(self, name: str) -> str:
        return f"{self.prefix}{name}"


def _texts(value: object) -> Sequence[str]:
    if value is None:
        return ()
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)]
