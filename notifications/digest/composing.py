"""From a stretch of the record to one reader's digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.facts import Recorded
from notifications.digest.sources import Source
from notifications.digest.telling import STEP, VERDICT, Told, tell

MOST_ITEMS = 12
"""More than these are counted only: a digest stays below the size at which mail programs cut it."""


@dataclass(frozen=True)
class Item:
    """A piece of news at its place in the record of its campaign."""

    position: int
    at: datetime
    source: Source
    told: Told


@dataclass(frozen=True)
class Digest:
    """What one reader is told: ``lead`` stands in the subject, ``also`` follows, the newest first."""

    lead: Item
    also: tuple[Item, ...]
    left_out: int = 0

    @property
    def items(self) -> tuple[Item, ...]:
        return (self.lead, *self.also)


def compose(sources: Mapping[str, Source], seen: Mapping[str, int], facts: Iterable[Recorded]) -> Digest | None:
    """The digest of what lies beyond each campaign's ``seen`` position; None where nothing notable does."""
    latest: dict[tuple[str, str], Item] = {}
    for fact in sorted(facts, key=lambda f: f.position):
        source = sources.get(fact.campaign_id or "")
        if source and fact.position > seen.get(source.campaign, fact.position):
            told = tell(fact, source)
            if told and not _hides_a_verdict(told, latest.get((source.campaign, told.topic))):
                latest[source.campaign, told.topic] = Item(fact.position, fact.at, source, told)
    if not latest:
        return None
    lead = max(latest.values(), key=lambda item: (item.told.weight, item.position))
    rest = sorted((i for i in latest.values() if i is not lead), key=lambda i: i.position, reverse=True)
    return Digest(lead, tuple(rest[: MOST_ITEMS - 1]), max(len(rest) - MOST_ITEMS + 1, 0))


def _hides_a_verdict(told: Told, held: Item | None) -> bool:
    return held is not None and held.told.weight == VERDICT and told.weight == STEP
