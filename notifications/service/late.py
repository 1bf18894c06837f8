"""Whoever wants to hear what is late in a place: asked for by mail, confirmed by mail, stopped by one click."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core import outbox, text
from core.clock import Clock
from core.errors import NotFound, require
from core.tokens import Keys
from core.zones import countries
from notifications import store

UNCONFIRMED = timedelta(days=7)
"""How long an address that nobody confirmed is kept."""


def subscribe(session: Session, clock: Clock, email: str, place: str, country: str, locale: str) -> None:
    """Ask for news of what is late in a place. Nothing comes until the address is confirmed. Raises Invalid."""
    address, place = text.email(email), text.clean(place, "place", 120)
    country = text.clean(country, "country", 2).upper()
    require(not country or country in countries().values(), "country", "a code like DE (ISO 3166)")
    now = clock.now(session)
    id_ = store.put_late_reader(session, address, place, country, locale, now)
    key = f"confirm_late:{id_}:{now.date()}"
    outbox.enqueue(session, "confirm_late", address, now, key=key, locale=locale, late=id_)


def confirm(session: Session, clock: Clock, keys: Keys, id_: str, token: str) -> tuple[str, str]:
    """The address is proved: from now on news come. Gives place and country. Raises NotFound."""
    row = store.late_reader(session, id_) if keys.fits("late", id_, token) else None
    if row is None:
        raise NotFound("This link is not known")
    row.confirmed_at = row.confirmed_at or clock.now(session)
    session.flush()
    return row.place, row.country


def forget_unconfirmed(session: Session, now: datetime) -> None:
    """Drop the addresses that nobody confirmed in time."""
    store.forget_unconfirmed(session, now - UNCONFIRMED)
