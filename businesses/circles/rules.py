"""How a circle goes: opened, led by somebody whom all accept, held, and ended with a remedy or with none.

Pure. Source: DOMAIN.md, circle. Every step binds by itself: past its term a circle takes nothing any more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from businesses.circles.values import (
    LEADER,
    Circle,
    Ending,
    Facilitator,
    Gathering,
    Leads,
    Named,
    Remedy,
    Stage,
)
from businesses.followthrough import Obligation, Standing, Verdict, sides, standing
from core.errors import Conflict, require


def is_called_for(o: Obligation, now: datetime) -> bool:
    """Whether a circle may be opened about it: its verdict is *broken*, or it stands *disputed*."""
    stands = standing(o, now)
    broken = o.verdict is not None and o.verdict.verdict == Verdict.BROKEN
    return stands == Standing.DISPUTED or (stands == Standing.SETTLED and broken)


def open_(id_: str, o: Obligation, held: Circle | None, by: str, leader: Facilitator, now: datetime) -> Circle:
    """Open one about a promise. Raises Conflict where nothing calls for it, or another goes on."""
    if not is_called_for(o, now):
        raise Conflict("A circle is opened about a promise that is broken or disputed")
    if held and not has_ended(held, now):
        raise Conflict("A circle about this promise is open already")
    return Circle(
        id=id_, campaign=o.campaign, obligation=o.id, by=by, sides=sides(o), opened_at=now, facilitator=leader
    )


def leader(asked: tuple[str, ...], by: str, named: Named | None, version: int = 1) -> Facilitator:
    """Who is to lead: the monitor where nobody is named. Whoever names has accepted; a monitor also for themselves."""
    leads = Leads.NAMED if named else Leads.MONITOR
    themselves = leads == Leads.MONITOR and by == "monitor"
    agreed = tuple(side for side in asked if side == by) + ((LEADER,) if themselves else ())
    return Facilitator(leads=leads, version=version, named=named or Named(), asks=(*asked, LEADER), agreed=agreed)


def has_ended(c: Circle, now: datetime) -> bool:
    return c.ending is not None or now >= c.until


def name_another(c: Circle, by: str, named: Named | None, now: datetime) -> Circle:
    """Somebody else, after the one before was not accepted. Raises Conflict at any other time."""
    _demand(c, now, Stage.NAMING)
    return replace(c, facilitator=leader(c.sides, by, named, c.facilitator.version + 1))


def answer_facilitator(c: Circle, side: str, now: datetime, *, agrees: bool, show_name: bool = False) -> Circle:
    """A side accepts who is to lead, or not; or they say themselves whether they do. The same again changes nothing."""
    if c.facilitator.has_said(side, agrees=agrees):
        return c
    _demand(c, now, Stage.ACCEPTING)
    known = c.facilitator.answered(side, now, agrees=agrees)
    if side == LEADER:
        known = replace(known, named=replace(known.named, show_name=show_name and bool(known.named.name)))
    return replace(c, facilitator=known)


def arrange(c: Circle, meeting: Gathering, now: datetime) -> Circle:
    """Say when and where it meets, or move it, within the term. Raises Invalid naming the field."""
    if c.meeting == meeting:
        return c
    _demand(c, now, Stage.ARRANGING, Stage.MEETING)
    require(meeting.at > now, "at", "must lie in the future")
    require(meeting.at < c.until, "at", "must lie before the circle's term ends")
    return replace(c, meeting=meeting)


def hold(c: Circle, now: datetime) -> Circle:
    """It was held. Raises Conflict before its hour."""
    if c.held_at:
        return c
    _demand(c, now, Stage.MEETING)
    if c.meeting and now < c.meeting.at:
        raise Conflict("The circle has not met yet")
    return replace(c, held_at=now)


def propose(c: Circle, remedy: Remedy, now: datetime) -> Circle:
    """What the circle came to, for all sides to accept; another one only after a no."""
    _demand(c, now, Stage.SETTLING)
    if c.remedy and c.remedy.is_open:
        raise Conflict("A remedy waits for its answers already")
    require(remedy.due_on > now.date(), "due_on", "must lie in the future")
    return replace(c, remedy=remedy)


def answer_remedy(c: Circle, remedy_id: str, side: str, now: datetime, *, agrees: bool) -> Circle:
    """A side accepts the remedy or not; with the last yes the circle has ended with it."""
    if c.remedy is None or c.remedy.id != remedy_id:
        raise Conflict("This is not what is proposed now: read it again")
    if c.remedy.has_said(side, agrees=agrees):
        return c
    _demand(c, now, Stage.SETTLING)
    answered = replace(c, remedy=c.remedy.answered(side, now, agrees=agrees))
    return _ended(answered, Ending.REMEDY, now) if answered.remedy and answered.remedy.is_agreed else answered


def end_without(c: Circle, now: datetime) -> Circle:
    """It was held and came to nothing that all accept. Raises Conflict before it was held."""
    if c.ending == Ending.NONE:
        return c
    _demand(c, now, Stage.SETTLING)
    return _ended(c, Ending.NONE, now)


def lapse(c: Circle, now: datetime) -> Circle | None:
    """Its term has passed: it ends without an outcome. None where there is nothing to end."""
    return _ended(c, Ending.LAPSED, now) if c.ending is None and now >= c.until else None


def _ended(c: Circle, ending: Ending, now: datetime) -> Circle:
    """What only those invited were to know is kept no longer."""
    return replace(c, ending=ending, ended_at=now, meeting=None)


def _demand(c: Circle, now: datetime, *stages: Stage) -> None:
    if has_ended(c, now):
        raise Conflict("This circle has ended")
    if c.stage not in stages:
        raise Conflict("The circle is not that far, or further already: load the page again")
