"""The one translation between domain values and JSON, shared by facts, stored values and the API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from core.money import Money

Json = dict[str, Any]


def encode(value: object) -> Any:
    """JSON-able form: money as amount and currency, instants in UTC with Z, decimals as plain strings."""
    match value:
        case None | bool() | int() | str() if not isinstance(value, Enum):
            return value
        case Enum():
            return value.value
        case Money():
            return {"amount": str(value), "currency": value.currency}
        case Decimal():
            return plain(value)
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): encode(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [encode(item) for item in value]
    if is_dataclass(value):
        return {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"{type(value).__name__} has no wire form")


def plain(number: Decimal) -> str:
    """A decimal without exponent or trailing zeros: "22", "12.5", "201"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC: "2026-06-12T07:00:00Z", with microseconds only where there are some."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def money(value: Json | None) -> Money | None:
    """Money back from its wire form; what was computed may be larger than what anybody may type."""
    return None if value is None else Money.rounded(Decimal(value["amount"]), value["currency"])


def canonical(value: object) -> str:
    """The one text of a value, for hashing: keys sorted, no spaces, non-ASCII kept."""
    return json.dumps(encode(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
