"""Mails about circles: to the sides whose answer is missing, to whoever leads, and to those invited."""

from __future__ import annotations

from businesses.circles import queries as circles
from businesses.circles.values import Circle, Leads, Stage
from core.wire import encode
from notifications.service.desk import Desk, Writer, Written, demand


def _circle(desk: Desk) -> Circle:
    return circles.by_id(desk.session, desk.payload["circle"])


def _turn(desk: Desk) -> Written:
    """A side is asked: to accept who leads, to name somebody else, or to accept what the circle came to."""
    c, step = _circle(desk), desk.payload["step"]
    demand(_waits(c, desk), "it was answered")
    page = f"/promises/{c.obligation}/circle"
    values = {"obligation": desk.obligation, "step": step, "until": desk.within(c.until)}
    known = {"leads": c.facilitator.leads.value, "name": c.facilitator.named.name}
    remedy = {"words": c.remedy.words if c.remedy else "", "due_on": c.remedy.due_on if c.remedy else None}
    return desk.part(page, page), {**values, **known, **remedy}


def _waits(c: Circle, desk: Desk) -> bool:
    side = desk.payload["side"]
    if desk.payload["step"] == "settling":
        return c.stage == Stage.SETTLING and c.remedy is not None and _is_asked(c, desk, side)
    if c.facilitator.version != desk.payload["version"]:
        return False
    if desk.payload["step"] == "naming":
        return c.stage == Stage.NAMING
    return c.stage == Stage.ACCEPTING and side in c.facilitator.waits_for


def _is_asked(c: Circle, desk: Desk, side: str) -> bool:
    remedy = c.remedy
    return remedy is not None and remedy.id == desk.payload["remedy"] and side in remedy.waits_for


_STAGES = {
    "accepting": Stage.ACCEPTING, "arranging": Stage.ARRANGING, "settling": Stage.SETTLING, "refused": Stage.SETTLING,
}  # fmt: skip


def _lead(desk: Desk) -> Written:
    """Whoever leads has the next step."""
    c, step = _circle(desk), desk.payload["step"]
    ready = c.stage == _STAGES[step] and c.facilitator.version == desk.payload["version"]
    demand(ready and not (c.remedy and c.remedy.is_open), "that step was done")
    values = {"obligation": desk.obligation, "step": step, "until": desk.within(c.until)}
    return _page(desk, c), values


def _page(desk: Desk, c: Circle) -> str:
    if c.facilitator.leads == Leads.NAMED:
        return desk.links.circle(c.id, c.facilitator.version)
    return desk.links.page(f"/circles/{c.id}")


def _invited(desk: Desk) -> Written:
    """Somebody named by their address is asked to lead."""
    c = _circle(desk)
    demand(c.stage == Stage.ACCEPTING and c.facilitator.version == desk.payload["version"], "somebody else was named")
    return _page(desk, c), {"obligation": desk.obligation, "until": desk.within(c.until)}


def _meeting(desk: Desk) -> Written:
    """When it meets; where (which may be a link) stands on a page for those invited."""
    c = _circle(desk)
    at = desk.within(c.meeting.at if c.meeting else None)
    demand(encode(at) == desk.payload["meets"], "it was moved")
    page = f"/promises/{c.obligation}/circle"
    link = desk.links.meeting(c.id) if desk.payload.get("guest") else desk.part(page, page)
    return link, {"obligation": desk.obligation, "at": at}


WRITERS: dict[str, Writer] = {
    "circle_turn": _turn,
    "circle_lead": _lead,
    "circle_invited": _invited,
    "circle_meeting": _meeting,
}
