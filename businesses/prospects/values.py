"""One shop on the list, and what may be written down about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core import text
from core.errors import Invalid, require
from core.wire import Json

MOST = 1000
"""Shops on one list."""
TEXTS = {"name": (120, 1), "place": (160, 0), "contact": (254, 0), "note": (1000, 0), "why": (600, 0)}
"""The most and the least characters of each text."""


class Stage(StrEnum):
    """How far the talk with a shop has come. CLAIMED is never written down: it follows from the invitation."""

    LISTED = "listed"
    ASKED = "asked"
    VISITED = "visited"
    INTERESTED = "interested"
    DECLINED = "declined"
    CLAIMED = "claimed"


@dataclass(frozen=True)
class Entry:
    """What organizers write down about a shop: where it is, whom one asks there, and why it declined."""

    name: str
    place: str = ""
    contact: str = ""
    note: str = ""
    stage: Stage = Stage.LISTED
    why: str = ""

    def __post_init__(self) -> None:
        if self._is_address:
            text.email(self.contact, "contact")
        require(self.stage != Stage.CLAIMED, "state", "this follows from the invitation; it is not written by hand")
        require(self.stage != Stage.DECLINED or self.why, "why", "say why it declined; only your team reads it")

    @property
    def email(self) -> str:
        """The address to which an invitation can go; empty where the contact is none."""
        return self.contact.lower() if self._is_address else ""

    @property
    def _is_address(self) -> bool:
        """A contact may as well be a telephone number, a name to ask for, or an @account."""
        return "@" in self.contact[1:] and " " not in self.contact

    @property
    def match(self) -> str:
        """The same for one shop however it was typed: its name and place."""
        return "|".join(" ".join(part.casefold().split()) for part in (self.name, self.place))


@dataclass(frozen=True)
class Prospect:
    """A shop on a campaign's list; ``changed_by`` is the id of who wrote it last."""

    id: str
    campaign: str
    entry: Entry
    changed_by: str
    changed_at: datetime
    invitation: str | None = None
    claimed_at: datetime | None = None

    @property
    def stage(self) -> Stage:
        """As it is shown: a shop that took its invitation up has said more than any note."""
        return Stage.CLAIMED if self.claimed_at else self.entry.stage


def entry(body: Json) -> Entry:
    """Read an entry from its wire form. Raises Invalid with every refusal at once."""
    errors = []
    held: dict[str, str] = {}
    for name, (most, least) in TEXTS.items():
        try:
            held[name] = text.clean(str(body.get(name) or ""), name, most, least)
        except Invalid as wrong:
            errors += wrong.errors
    if errors:
        raise Invalid(errors)
    stage = body.get("state") or Stage.LISTED.value
    known = [each.value for each in Stage]
    require(stage in known, "state", "one of {words}", words=", ".join(known))
    return Entry(**held, stage=Stage(stage))
