"""Check-ins, spending and tills as they are written."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from web.api.bodies.base import Amount, Body, Short, Text


class CheckInBody(Body):
    code: Short | None = None
    walk_in: bool = False
    spent: Amount | None = None
    party: Annotated[int, Field(ge=1, le=50)] | None = None
    anyway: bool | None = None
    nonce: Short = ""
    ago: Annotated[int, Field(ge=0)] = 0
    venue: Short = ""


class SpentBody(Body):
    spent: Amount


class TillBody(Body):
    window: Short
    takings: Amount
    tax: Amount | None = None
    cost: Amount | None = None
    units: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    transactions: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    customers: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    baseline: Amount | None = None
    visibility: Literal["public", "checker"] = "public"


class CorrectionBody(Body):
    window: Short
    field: Literal["takings", "tax", "cost", "units", "transactions", "customers", "baseline"]
    value: Amount
    reason: Text
    business: Short | None = None
