"""A list that the business filed, item by item: who looked saw each, or did not find it."""

from __future__ import annotations

from dataclasses import dataclass

from businesses.followthrough.values import Obligation
from core.errors import require
from core.wire import Json


@dataclass(frozen=True)
class Item:
    """One entry of the list: by how many who looked it was seen, and by how many it was not found."""

    name: str
    seen: int
    struck: int


def last_list(o: Obligation) -> tuple[str, ...]:
    """The last list that the business filed: what a visitor ticks or strikes."""
    return next((e.items for e in reversed(o.evidence) if e.items), ())


def by_item(o: Obligation) -> tuple[Item, ...]:
    """The last list with what independent people made of each of its items."""
    checks = [c for c in o.checks if c.independent]
    return tuple(
        Item(name, sum(name in c.items for c in checks), sum(name in c.struck for c in checks)) for name in last_list(o)
    )


def looked_at(o: Obligation) -> list[Json]:
    """The step that says how far the list was looked at; none while nobody ticked or struck any of it."""
    items = by_item(o)
    seen, struck = sum(i.seen > 0 for i in items), sum(i.struck > 0 for i in items)
    return [{"code": "list_looked_at", "of": len(items), "seen": seen, "struck": struck}] if seen or struck else []


def demand_struck(o: Obligation, seen: list[str], struck: list[str]) -> None:
    """Raise Invalid where something was struck that stands on no list, or was seen as well."""
    known = {item for e in o.evidence for item in e.items}
    for n, item in enumerate(struck):
        require(item in known, f"struck.{n}", "this stands on no list of the business")
        require(item not in seen, f"struck.{n}", "this cannot be there and not there")
