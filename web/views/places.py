"""Time zones and currencies to choose from, and a first guess from where the reader's browser says it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

from core.currencies import DECIMALS
from core.zones import countries

Options = list[tuple[str, str]]
_FALLBACK = "Europe/Berlin"


@dataclass(frozen=True)
class Guess:
    """Where a new campaign probably takes place; the organizer sees both and can change them."""

    timezone: str
    currency: str


@cache
def zone_options() -> Options:
    """The zones people live in, by name. Source: zone.tab of the time zone database."""
    return [(name, name.replace("_", " ")) for name in sorted(countries())]


@cache
def currency_options(locale: str) -> Options:
    """Every currency with its name in the reader's language, by code."""
    names = Locale.parse(locale).currencies
    return [(code, f"{code}, {names[code]}" if code in names else code) for code in sorted(DECIMALS)]


def guess(zone: str, accept_language: str) -> Guess:
    """From the zone the browser told, or the account's; else from the country of the browser's language."""
    country = countries().get(zone) or _country(accept_language)
    found = zone if zone in countries() else _main_zone(country)
    return Guess(found, currency_of(found))


def currency_of(zone: str) -> str:
    """The currency of the country a zone lies in; euro where that is not known."""
    known = get_territory_currencies(countries().get(zone, "DE"))
    return known[0] if known and known[0] in DECIMALS else "EUR"


def _country(accept_language: str) -> str:
    """The country of the first language named: "de-CH" is CH, "de" is taken to be Germany."""
    tag = accept_language.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip().replace("-", "_")
    try:
        locale = Locale.parse(tag)
    except (ValueError, TypeError, UnknownLocaleError):
        return ""
    return locale.territory or {"de": "DE", "fr": "FR", "it": "IT", "es": "ES", "nl": "NL"}.get(locale.language, "")


def _main_zone(country: str) -> str:
    return next((zone for zone, code in countries().items() if code == country), _FALLBACK)
