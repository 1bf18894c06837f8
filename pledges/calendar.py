"""The day for a supporter's own calendar; another day or time replaces the entry that they have (RFC 5545). Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from icalendar import Calendar, Event

from campaigns import slots
from campaigns.values import Campaign, Window
from pledges.rules.codes import spoken
from pledges.values import Pledge


def comes_in(campaign: Campaign, pledge: Pledge) -> list[Window]:
    """The windows in which a supporter may come, at the hours that were chosen in them."""
    place = slots.find(campaign, pledge.slot)
    if place is None:
        return list(campaign.windows)
    window = campaign.window(place.slot.window)
    return [replace(window, opens_at=place.opens_at, closes_at=place.closes_at)]


def calendar(campaign: Campaign, pledge: Pledge, base: str, now: datetime, *, summary: str, about: str = "") -> bytes:
    """An entry for each window or the chosen time. ``summary`` is what the day is called, ``about`` what it is for.

    The sequence rises with the terms and with each other choice, so that what is older never wins.
    """
    host = base.split("://", 1)[-1].split("/", 1)[0]
    page = f"{base.rstrip('/')}/campaigns/{campaign.slug}"
    entries = [
        Event.new(
            uid=f"{pledge.id}-{window.id}@{host}",
            sequence=campaign.terms_version + pledge.moves,
            stamp=now,
            summary=summary,
            start=window.opens_at,
            end=window.closes_at,
            location=where(window, campaign),
            description="\n".join(part for part in (about, spoken(pledge.code), page) if part),
            url=page,
        )
        for window in comes_in(campaign, pledge)
    ]
    whole = Calendar.new(prodid="-//Carrotmob//Ticket//EN", uid=f"{pledge.id}@{host}", subcomponents=entries)
    return bytes(whole.to_ical())


def where(window: Window, campaign: Campaign) -> str:
    """Every address of a window; with several winners there may be as many."""
    return "; ".join(dict.fromkeys(address(venue, campaign) for _, venue in campaign.places(window)))


def address(venue: str, campaign: Campaign) -> str:
    """ "Tumringer Straße 41, Lörrach": the place is added where the venue does not name it already."""
    if campaign.place.casefold() in venue.casefold():
        return venue
    return ", ".join(part for part in (venue, campaign.place) if part)
