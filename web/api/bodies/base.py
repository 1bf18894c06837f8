"""What every body is, and the parts that many have."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(max_length=20_000)]


Short = Annotated[str, StringConstraints(max_length=600)]


Number = Annotated[str, StringConstraints(max_length=30)] | int


"""A decimal string ("22", "12.5"); a bare integer is taken too."""


Count = Annotated[int, Field(ge=0, le=10_000_000)]


Lines = Annotated[list[Short], Field(max_length=500)]


"""Named outside the bodies that call a field ``list``: inside them the word would mean the field."""


Instant = Annotated[datetime, PlainSerializer(lambda at: at.isoformat(), when_used="json")]


class Body(BaseModel):
    """Base of all: no character in it that no database or page can carry."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def no_nul(cls, value: Any) -> Any:
        if isinstance(value, dict):
            for name, item in value.items():
                if isinstance(item, str) and "\x00" in item:
                    raise ValueError(f"{name} holds a character that cannot be shown")
        return value


class MoneyBody(Body):
    amount: Annotated[str, StringConstraints(max_length=30)]
    currency: Annotated[str, StringConstraints(max_length=3)]


Amount = MoneyBody | Number


"""Money as an object; a bare decimal string is taken in the campaign's currency."""


class WindowBody(Body):
    id: Short | None = None
    opens_at: Instant
    closes_at: Instant
    venue: Short = ""


class DisclosureBody(Body):
    income: Short
    ties: Short


Declared = DisclosureBody | Short


"""Ties in one's own words, or as income and ties."""


def told(declared: Declared) -> str:
    """A declaration as the one text that is shown."""
    if isinstance(declared, DisclosureBody):
        return f"{declared.income}; {declared.ties}" if declared.ties != declared.income else declared.income
    return declared


class CoHostBody(Body):
    name: Short
    url: Short = ""


class ReasonBody(Body):
    reason: Text = ""


class TokenBody(Body):
    token: Short
