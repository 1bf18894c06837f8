"""Mails to whose answer is missing where no side decides alone."""

from __future__ import annotations

from notifications.service.desk import Desk, Writer, Written, demand


def _substitute(desk: Desk) -> Written:
    held = desk.obligation.substitute
    waits = held is not None and held.id == desk.payload["substitute"] and held.is_open
    demand(waits, "it was answered")
    page = f"/promises/{desk.obligation.id}/together"
    return desk.part(page, page), {
        "obligation": desk.obligation,
        "words": held.words if held else "",
        "reason": held.reason if held else "",
    }


WRITERS: dict[str, Writer] = {"substitute_asked": _substitute}
