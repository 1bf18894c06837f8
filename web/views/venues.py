"""Several winners, each with a door and a till of its own: counted apart, and adding up to the same sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core import formats
from core.i18n import N_, translator
from core.money import Money, total
from core.wire import Json, money


@dataclass(frozen=True)
class Venue:
    """One winner's part: how many were counted at its door, and what its till says, each "" where that is not known."""

    name: str
    people: str
    till: str = ""


def venues(tally: Json | None, shops: Mapping[str, str], locale: str) -> tuple[Venue, ...]:
    """Each winner, in the order of the award, and whoever was counted without saying where; none for a single winner.

    ``shops``: the winners' names by id.
    """
    if tally is None or len(shops) < 2:
        return ()
    came = {told["business"]: int(told["people"]) for told in tally["attended"].get("venues", [])}
    tills = _tills(tally)
    if not came and not tills:
        return ()
    return (*_each(came, tills, shops, locale), *_rest(came, tally["attended"]["people"], locale))


def _each(
    came: Mapping[str, int], tills: Mapping[str, Money], shops: Mapping[str, str], locale: str
) -> Iterator[Venue]:
    for shop, name in shops.items():
        people = formats.people(came.get(shop, 0), locale) if came else ""
        yield Venue(name, people, formats.money(tills[shop], locale) if shop in tills else "")


def _rest(came: Mapping[str, int], people: int, locale: str) -> Iterator[Venue]:
    rest = people - sum(came.values())
    if came and rest > 0:
        yield Venue(translator(locale).gettext(N_("Nobody noted where")), formats.people(rest, locale))


def _tills(tally: Json) -> dict[str, Money]:
    """The takings of each winner in all windows, where all that are known are public."""
    told: dict[str, list[Money | None]] = {}
    for window in (tally["till"] or {}).get("windows", []):
        told.setdefault(window["business"], []).append(money(window["takings"]))
    known = {shop: [amount for amount in amounts if amount is not None] for shop, amounts in told.items()}
    return {shop: total(found, found[0].currency) for shop, found in known.items() if found == told[shop]}


def lines(tally: Json, shops: Mapping[str, str], locale: str) -> list[str]:
    """The same as sentences, of people alone: tills stand below them, window by window."""
    text = translator(locale).gettext(N_("{venue}: {people} counted at the door."))
    return [
        text.format(venue=venue.name, people=venue.people) for venue in venues(tally, shops, locale) if venue.people
    ]
