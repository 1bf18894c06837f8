"""How the campaign's own language says things: for agreements and promises, which keep the campaign's language."""

from __future__ import annotations

from functools import cache

from businesses.words import Speech
from campaigns.values import Campaign
from core import formats
from core.i18n import LOCALES, translator


@cache
def speech(locale: str) -> Speech:
    """The voice of a language; English where we have no catalogue for it."""
    known = locale if locale in LOCALES else "en"
    return Speech(
        say=translator(known).gettext,
        day=lambda day: formats.calendar_date(day, known),
        money=lambda amount: formats.money(amount, known),
        number=lambda number: formats.number(number, known),
    )


def windows(campaign: Campaign, venue: str = "") -> list[str]:
    """The windows as lines of text in the campaign's language and zone; ``venue``: the address of one winner."""
    locale = campaign.language if campaign.language in LOCALES else "en"
    lines = []
    for window in campaign.windows:
        when = formats.span(window.opens_at, window.closes_at, locale, campaign.timezone)
        lines.append(f"{when} ({campaign.timezone}), {venue or window.venue}".rstrip(", "))
    return lines
