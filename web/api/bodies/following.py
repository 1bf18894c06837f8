"""What is filed on promises, as it is written."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from web.api.bodies.base import Body, Lines, Number, Short, Text


class EvidenceBody(Body):
    """``file``: what one file, or each of several, was answered with by ``POST evidence-files``."""

    note: Text
    value: Number | None = None
    invoiced_on: date | None = None
    file: Short | Lines = ""
    visibility: Literal["public", "checker"] = "public"
    list: Lines = Field(default_factory=list)
    url: Short = ""


class SpotCheckBody(Body):
    value: Number | None = None
    note: Text = ""
    struck: Lines = Field(default_factory=list)
    list: Lines = Field(default_factory=list)


class ExtensionBody(Body):
    due_on: date | None = None
    reason: Text = ""
    accept: bool | None = None


class VerdictBody(Body):
    verdict: Literal["kept", "kept_late", "partly_kept", "substituted", "broken", "disputed", "unknown"]
    reason: Text


class RecheckBody(Body):
    outcome: Literal["still_kept", "lapsed", "unknown"]
    reason: Text


class SubstituteBody(Body):
    """Words and a reason propose another thing in the promise's place; ``substitute`` and ``agrees`` answer it."""

    words: Text = ""
    reason: Text = ""
    substitute: Short = ""
    agrees: bool | None = None


class ReplyBody(Body):
    text: Text
    dispute: bool = False
