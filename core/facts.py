"""What a fact is: something that happened, in the past tense, without personal data (DESIGN.md, rule 3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from core.wire import Json, canonical, encode


@dataclass(frozen=True)
class Fact:
    """Base of all facts. A public one stands in the campaign's record for everybody and for good."""

    public: ClassVar[bool] = True

    @property
    def kind(self) -> str:
        return type(self).__name__

    def body(self) -> Json:
        return {f.name: encode(getattr(self, f.name)) for f in fields(self)}


@dataclass(frozen=True)
class Recorded:
    """A fact as it stands in the record."""

    position: int
    campaign_id: str | None
    kind: str
    at: datetime
    body: dict[str, Any]
    public: bool = True

    def line(self, number: int) -> Json:
        """Its line in the public NDJSON stream; ``number`` counts the campaign's public facts from 1, without gaps."""
        at = encode(self.at)
        told = {"position": self.position, "number": number, "at": at, "kind": self.kind, "body": self.body}
        return {**told, "seal": seal(told)}


def seal(line: Json) -> str:
    """A checksum of a line, against slips and damage in a copy; a forger would make a new one."""
    told = {name: value for name, value in line.items() if name != "seal"}
    return hashlib.sha256(canonical(told).encode()).hexdigest()[:16]
