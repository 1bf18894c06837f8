"""Mails to whoever asked what is late in a place: the one that confirms it, and the news."""

from __future__ import annotations

from businesses import queries as businesses
from notifications import store
from notifications.service.desk import Desk, Unwanted, Writer, Written, demand
from notifications.tables import LateReaderRow

MOST = 12
"""More than these are on the page only."""


def _reader(desk: Desk, id_: str) -> LateReaderRow:
    row = store.late_reader(desk.session, id_)
    if row is None:
        raise Unwanted("it was stopped")
    return row


def _confirm(desk: Desk) -> Written:
    row = _reader(desk, desk.payload["late"])
    demand(row.confirmed_at is None, "it is confirmed already")
    return desk.links.late(row.id), {"place": row.place, "country": row.country}


def _news(desk: Desk) -> Written:
    """What is late there at the moment of sending, the newest first: what was shown meanwhile is left out."""
    row = _reader(desk, desk.payload["who"])
    found = businesses.late_now(desk.session, desk.now, row.place, row.country)
    demand(bool(found), "nothing is late there any more")
    newest = sorted(found, key=lambda late: late.promise.due_on, reverse=True)
    link = desk.links.page("/late", place=row.place, country=row.country)
    return link, {"late": newest[:MOST], "more": max(len(found) - MOST, 0), "place": row.place, "links": desk.links}


WRITERS: dict[str, Writer] = {"confirm_late": _confirm, "late_news": _news}
