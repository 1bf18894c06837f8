"""From a waiting mail to a letter: whether its reader wants it, what its one link is, how it is stopped.

Everything is looked up at the moment of sending, so that a mail that waited says what is so, not what was.
"""

from __future__ import annotations

from typing import Any

from core.errors import NotFound
from notifications import store
from notifications.rendering import Letter
from notifications.rules import ALL, DUTIES, KINDS, LATE, Nature, message_id
from notifications.service.desk import Desk, Unwanted
from notifications.service.writers import WRITERS


def letter(desk: Desk, sender: str) -> Letter:
    """The letter of a waiting mail. Raises Unwanted where it is not to be sent."""
    mail = desk.mail
    _demand_wanted(desk)
    try:
        link, values = WRITERS[mail.kind](desk)
        values |= _common(desk)
    except NotFound as gone:
        raise Unwanted(f"gone: {gone}") from gone
    stop, one_click = _stop(desk)
    key, calendar = message_id(mail.key, sender), values.pop("calendar", b"")
    return Letter(mail.kind, mail.to, mail.locale, key, link, values, stop, one_click, calendar)


def _common(desk: Desk) -> dict[str, Any]:
    """What many templates speak of: the campaign and the business, where the mail is about one."""
    known = {name: getattr(desk, name) for name in ("campaign", "business") if name in desk.payload}
    return {"for_business": desk.for_business, "reminder": desk.reminder, **known}


def _demand_wanted(desk: Desk) -> None:
    nature, who = KINDS[desk.mail.kind], desk.payload.get("who")
    if nature != Nature.ANSWER and store.is_suppressed(desk.session, desk.mail.to):
        raise Unwanted("the address refuses mail")
    if nature == Nature.DUTY and who and not store.wants_duties(desk.session, who):
        raise Unwanted("the reader has switched duties off")


def _stop(desk: Desk) -> tuple[str, bool]:
    """Where the reader stops such mails, and whether a mail program may do it for them."""
    who = desk.payload.get("who")
    match KINDS[desk.mail.kind]:
        case Nature.DIGEST:
            topic = LATE if desk.mail.kind == "late_news" else ALL
            return desk.links.unsubscribe(str(who), topic), True
        case Nature.DUTY if who:
            return desk.links.unsubscribe(str(who), DUTIES), False
    return "", False
