"""The languages people read: catalogues straight from their .po files, and who gets which."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = ("en", "de")
"""What the interface speaks; the first one is the language of the message ids and needs no catalogue."""

CATALOGUES = Path(__file__).parent / "locales"


def N_(text: str) -> str:
    """Mark a text for the catalogues that is translated later, where its reader is known."""
    return text


@cache
def translator(locale: str) -> NullTranslations:
    """The translations of one of LOCALES. Read from text once per process, so that no build step is needed."""
    if locale == LOCALES[0]:
        return NullTranslations()
    compiled = BytesIO()
    with (CATALOGUES / f"{locale}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale))
    compiled.seek(0)
    return GNUTranslations(compiled)


def negotiate(accept_language: str, chosen: str | None = None) -> str:
    """The locale of a reader: the one they chose, else the best of their browser's list, else the first of LOCALES."""
    if chosen in LOCALES:
        return str(chosen)
    return negotiate_locale(_by_preference(accept_language), LOCALES, sep="-") or LOCALES[0]


def _by_preference(accept_language: str) -> list[str]:
    weighed = [_weighed(part) for part in accept_language[:1000].split(",") if part.strip()]
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _weighed(part: str) -> tuple[float, str]:
    tag, _, weight = part.partition(";q=")
    try:
        return (float(weight) if weight else 1.0), tag.strip().lower()
    except ValueError:
        return 0.0, tag.strip()
