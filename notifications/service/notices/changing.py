"""An agreement changes: the side whose answer is awaited, the side that proposed, and supporters who get less."""

from __future__ import annotations

from collections.abc import Callable

from businesses.changes import ANSWER_TERM
from core.wire import Json
from notifications.service.notices.notice import Notice, Reader, ask_again


def _proposed(n: Notice) -> None:
    """The other side's turn, and once more before its term ends."""
    until = n.fact.at + ANSWER_TERM
    readers, payload = _side(n, {"business": "organizer", "organizer": "business"}[n.body["by"]])
    n.ask("change_proposed", readers, payload)
    n.remind("change_proposed", readers, payload, until, f"{n.body['bid']}:{n.body['number']}")


def _changed(n: Notice) -> None:
    _answered(n)
    if n.body["worse"]:
        ask_again(n, "terms_changed", {"changed": ["agreement"]})


def _answered(n: Notice) -> None:
    """Whoever did not answer learns what became of it."""
    readers, payload = _side(n, {"business": "organizer", "organizer": "business"}[n.body["by"]])
    accepted = n.fact.kind == "AgreementChanged"
    n.ask("change_answered", readers, {**payload, "accepted": accepted})


def _side(n: Notice, side: str) -> tuple[list[Reader], Json]:
    """Who speaks for a side, and what their mail is about; the team is told which business."""
    payload = {"bid": n.body["bid"], "number": n.body["number"]}
    shop = n.shop_of(n.body["bid"])
    if side == "business":
        return shop, payload
    return n.organizers(), {**payload, "business": shop[0].who}


NOTICES: dict[str, Callable[[Notice], None]] = {
    "AgreementChangeProposed": _proposed,
    "AgreementChanged": _changed,
    "AgreementChangeDeclined": _answered,
}
