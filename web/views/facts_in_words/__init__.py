"""Every public fact as a sentence for people. A test fails where a kind of public fact has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from core import formats
from core.errors import Message
from core.facts import Recorded
from core.wire import Json
from web.views.facts_in_words import (
    of_agreements,
    of_businesses,
    of_campaigns,
    of_effects,
    of_monitoring,
    of_pages,
    of_pledges,
    of_promises,
    of_settling,
)
from web.views.facts_in_words.names import CONTEXT, Names, learn

__all__ = ["CONTEXT", "NOTABLE", "SENTENCES", "Line", "Names", "learn", "lines", "sentence"]

SENTENCES: dict[str, Callable[[Json, Names], Message]] = {
    **of_agreements.SENTENCES,
    **of_campaigns.SENTENCES,
    **of_businesses.SENTENCES,
    **of_effects.SENTENCES,
    **of_monitoring.SENTENCES,
    **of_pages.SENTENCES,
    **of_pledges.SENTENCES,
    **of_promises.SENTENCES,
    **of_settling.SENTENCES,
}
"""A sentence for each kind of public fact."""

_SMALL = {*of_pledges.SENTENCES, "BallotCounted", "BidScored", "JurorDeclared"} - {
    "TillDeclared",
    "TillProofGiven",
    "TillCountersigned",
    "TillConfirmed",
    "TillDisputed",
    "TillResolved",
}
NOTABLE = tuple(kind for kind in SENTENCES if kind not in _SMALL)
"""What a campaign's page tells of: not each of a thousand pledges."""


@dataclass(frozen=True)
class Line:
    """A line of the ledger; ``seen``: by independent eyes."""

    position: int
    at: datetime
    when: str
    words: str
    seen: bool


def lines(facts: Iterable[Recorded], names: Names) -> list[Line]:
    """The facts as a ledger, in the order given."""
    return [
        Line(
            fact.position,
            fact.at,
            formats.ledger_date(fact.at, names.locale, names.timezone),
            sentence(fact, names),
            _seen(fact),
        )
        for fact in facts
    ]


def sentence(fact: Recorded, names: Names) -> str:
    """What happened, in the reader's language."""
    return names.written(SENTENCES[fact.kind](fact.body, names))


def _seen(fact: Recorded) -> bool:
    return bool(fact.body.get("independent")) or fact.body.get("seen_by") == "independent"
