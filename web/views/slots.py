"""Arrival times as people choose and read them: with the day where there are several, and how many places are left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from campaigns import slots
from campaigns.slots import Place, Slot
from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator
from pledges.rules.slots import people_in

Option = tuple[str, str, bool]
"""What is sent, what is read, and whether it is full and cannot be chosen."""


def options(
    campaign: Campaign, chosen: Mapping[Slot, int], now: datetime, locale: str, own: Slot | None = None
) -> tuple[Option, ...]:
    """What a form offers, "any time" first; nothing where the organizers offer no times, or all are over.

    ``own``: the reader's, which is never full to them.
    """
    ahead = [place for place in slots.places(campaign) if now < place.closes_at]
    if not ahead:
        return ()
    anytime = translator(locale).gettext(N_("Any time"))
    return ("", anytime, False), *(_option(place, campaign, chosen, locale, own) for place in ahead)


def _option(
    place: Place, campaign: Campaign, chosen: Mapping[Slot, int], locale: str, own: Slot | None
) -> tuple[str, str, bool]:
    room, words = place.room(people_in(place, chosen)), hours(place, campaign, locale)
    mine = own is not None and place.holds(own)
    if room is not None and not mine:
        words = f"{words}: {left(room, locale)}"
    return str(place.slot), words, room == 0 and not mine


def left(room: int, locale: str) -> str:
    """ "12 places left", "full"."""
    if not room:
        return translator(locale).gettext(N_("full"))
    text = translator(locale).ngettext("{count} place left", "{count} places left", room)
    return text.format(count=formats.number(room, locale))


def hours(place: Place, campaign: Campaign, locale: str) -> str:
    """ "14:00 to 14:30"; with the day where the campaign has several, and the venue where it has several."""
    zone = campaign.timezone
    clock = [formats.clock_time(at, locale, zone) for at in (place.opens_at, place.closes_at)]
    words = translator(locale).gettext("{start} to {end}").format(start=clock[0], end=clock[1])
    days = {formats.day(window.opens_at, locale, zone) for window in campaign.windows}
    venues = {window.venue for window in campaign.windows}
    day = formats.short_day(place.opens_at, locale, zone) if len(days) > 1 or _spans_days(campaign, locale) else ""
    venue = campaign.window(place.slot.window).venue if len(venues) > 1 else ""
    return ", ".join(part for part in (day, words, venue) if part)


def _spans_days(campaign: Campaign, locale: str) -> bool:
    ends = [(window.opens_at, window.closes_at) for window in campaign.windows]
    return any(len({formats.day(at, locale, campaign.timezone) for at in both}) > 1 for both in ends)


def of(campaign: Campaign, slot: Slot | None, locale: str) -> str:
    """A chosen time in words; empty where none was chosen, or the campaign has it no more."""
    place = slots.find(campaign, slot)
    return hours(place, campaign, locale) if place else ""
