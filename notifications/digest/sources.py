"""What a record says about names: facts point by id, and these facts say to whom and to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from core.errors import Message
from core.facts import Recorded
from core.wire import Json, money
from notifications.rules import third_person

CONTEXT = ("BusinessIntroduced", "BidPlaced", "BidRevealed", "ObligationArose", "ObligationRevised", "ExtensionGranted")
"""Facts that tell the names and words which later facts only point to."""


@dataclass(frozen=True)
class Promise:
    """An obligation as a digest speaks of it. ``matter`` is what was promised, ``doing`` who does it."""

    id: str
    business: str
    words: str
    matter: Message
    doing: Message
    due_on: date


@dataclass(frozen=True)
class Source:
    """A campaign, and what its record says about names: businesses by id, by bid, and promises by obligation."""

    campaign: str
    slug: str
    title: str
    place: str
    timezone: str
    language: str
    businesses: Mapping[str, str] = field(default_factory=dict)
    bids: Mapping[str, str] = field(default_factory=dict)
    promises: Mapping[str, Promise] = field(default_factory=dict)


def learn(source: Source, facts: Iterable[Recorded]) -> Source:
    """The source with the names and promises that the CONTEXT facts of its campaign tell."""
    businesses, bids, promises = dict(source.businesses), dict(source.bids), dict(source.promises)
    for fact in facts:
        body = fact.body
        match fact.kind:
            case "BusinessIntroduced":
                businesses[body["business"]] = body["name"]
            case "BidPlaced" | "BidRevealed":
                bids[body["bid"]] = body["business"]
            case "ObligationArose":
                promises[body["obligation"]] = _promise(body, businesses, source.language)
            case "ExtensionGranted" if body["obligation"] in promises:
                due_on = date.fromisoformat(body["due_on"])
                promises[body["obligation"]] = replace(promises[body["obligation"]], due_on=due_on)
    return replace(source, businesses=businesses, bids=bids, promises=promises)


def _promise(body: Json, businesses: Mapping[str, str], language: str) -> Promise:
    name = businesses.get(body["business"], "")
    if body.get("remedies"):
        matter = doing = Message("{words}", {"words": body["words"]})
        return Promise(body["obligation"], name, body["words"], matter, doing, date.fromisoformat(body["due_on"]))
    matter, doing = _action(body, name, language) if body["commitment"]["kind"] == "action" else _money(body, name)
    return Promise(body["obligation"], name, body["words"], matter, doing, date.fromisoformat(body["due_on"]))


def _action(body: Json, business: str, language: str) -> tuple[Message, Message]:
    """ "15 more local producers", "Bella Cafe stocks 15 more local producers"."""
    commitment = body["commitment"]
    baseline, target = Decimal(commitment["baseline"]), Decimal(body["target"] or commitment["target"])
    values = {"number": abs(target - baseline), "metric": commitment["metric"]}
    matter = Message("{number} {metric}", values)
    if baseline and target > baseline:
        matter = Message("{number} more {metric}", values)
    elif baseline:
        matter = Message("{number} fewer {metric}", values)
    if language != "en":
        return matter, Message("{business}: {matter}", {"business": business, "matter": matter})
    does = third_person(commitment["verb"])
    return matter, Message("{business} {does} {matter}", {"business": business, "does": does, "matter": matter})


def _money(body: Json, business: str) -> tuple[Message, Message]:
    owed, purpose = money(body["owed"]), body["commitment"]["purpose"]
    values: dict[str, object] = {"owed": owed, "purpose": purpose}
    if owed is None:
        matter = Message("what it owes for {purpose}", values) if purpose else Message("what it owes")
    else:
        matter = Message("{owed} for {purpose}", values) if purpose else Message("{owed}", values)
    return matter, Message("{business} paid {matter}", {"business": business, "matter": matter})
