"""A circle's turns: whoever has to accept, name, lead or answer is written to, and whoever is invited."""

from __future__ import annotations

from collections.abc import Callable

from businesses.circles import queries as circles
from businesses.circles.values import LEADER, Circle, Leads
from core.tokens import digest
from core.wire import Json, encode
from notifications.service.notices.notice import Notice, Reader
from notifications.service.notices.settling import of_sides


def _circle(n: Notice) -> Circle:
    return circles.by_id(n.session, n.body["circle"])


def _about(c: Circle, step: str) -> Json:
    return {"obligation": c.obligation, "circle": c.id, "step": step}


def _asked(n: Notice) -> None:
    """The sides that have not accepted whoever is to lead; and the monitor, if it is they."""
    c = _circle(n)
    payload = {**_about(c, "accepting"), "version": n.body["version"]}
    for side in c.facilitator.waits_for:
        if side != LEADER:
            n.ask("circle_turn", of_sides(n, [side]), {**payload, "side": side})
        elif c.facilitator.leads == Leads.MONITOR:
            n.ask("circle_lead", n.monitors(), payload)


def _refused(n: Notice) -> None:
    """Whoever opened it names somebody else."""
    c = _circle(n)
    payload = {**_about(c, "naming"), "version": n.body["version"], "side": c.by}
    n.ask("circle_turn", of_sides(n, [c.by]), payload)


def _leader(n: Notice, c: Circle) -> list[Reader]:
    if c.facilitator.leads == Leads.MONITOR:
        return n.monitors()
    return [Reader(c.subject, c.facilitator.named.email, n.campaign.language)]


def _lead(n: Notice, step: str) -> None:
    """Whoever leads has the next step, now and once more before the term ends."""
    c = _circle(n)
    payload = {**_about(c, step), "version": c.facilitator.version}
    n.ask("circle_lead", _leader(n, c), payload)
    n.remind("circle_lead", _leader(n, c), payload, c.until, f"{c.id}:{step}")


def _led(n: Notice) -> None:
    _lead(n, "arranging")


def _held(n: Notice) -> None:
    _lead(n, "settling")


def _remedy_refused(n: Notice) -> None:
    _lead(n, "refused")


def _arranged(n: Notice) -> None:
    """All sides, the monitor, and those whom the facilitator invites beside them."""
    c = _circle(n)
    if c.meeting is None:
        return
    guests = [Reader(digest(guest)[:32], guest, n.campaign.language) for guest in c.meeting.guests]
    sides = of_sides(n, (*c.sides, *(("monitor",) if c.facilitator.leads == Leads.MONITOR else ())))
    payload = {"obligation": c.obligation, "circle": c.id, "meets": encode(c.meeting.at)}
    n.ask("circle_meeting", sides, payload)
    n.ask("circle_meeting", guests, {**payload, "guest": True})


def _remedy(n: Notice) -> None:
    """Every side reads what the circle came to, and accepts it or not."""
    c = _circle(n)
    for side in c.sides:
        payload = {**_about(c, "settling"), "remedy": n.body["remedy"], "side": side}
        n.ask("circle_turn", of_sides(n, [side]), payload)
        n.remind("circle_turn", of_sides(n, [side]), payload, c.until, f"{n.body['remedy']}:{side}")


NOTICES: dict[str, Callable[[Notice], None]] = {
    "CircleAsked": _asked,
    "CircleRefused": _refused,
    "CircleLed": _led,
    "CircleArranged": _arranged,
    "CircleHeld": _held,
    "RemedyAsked": _remedy,
    "RemedyRefused": _remedy_refused,
}
