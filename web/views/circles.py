"""Circles as pages and the API show them: what is public of each, and what only those who take part read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from businesses.agreement import CHECKERS
from businesses.circles.values import Circle, Ending, Gathering, Leads, Remedy
from core import formats
from core.i18n import N_
from core.wire import Json, encode
from web.views.facts_in_words.of_settling import SIDES
from web.views.promises import Detail, Reader

LEADS = {
    Leads.MONITOR: N_("The monitor leads it."),
    Leads.NAMED: N_("Somebody from outside leads it, whom all sides accept."),
}
OUTCOMES = {
    Ending.REMEDY: N_("All sides accepted a remedy on {day}. It is followed like any other promise."),
    Ending.NONE: N_("It ended on {day} without a remedy that all accept."),
    Ending.LAPSED: N_("Its term passed on {day}: it ended without an outcome."),
}


@dataclass(frozen=True)
class Told:
    """What everybody may read of a circle: sentences in order, and the promise that came of it."""

    sentences: tuple[str, ...]
    words: str
    mended_by: str


def told(circles: list[Circle], reader: Reader) -> list[Told]:
    """The newest first."""
    return [_told(c, reader) for c in reversed(circles)]


def _told(c: Circle, reader: Reader) -> Told:
    text = reader.say(N_("Opened by {by} on {day}."))
    lines = [text.format(by=reader.say(SIDES[c.by]), day=_day(c.opened_at, reader))]
    if c.facilitator.is_agreed:
        name = c.facilitator.shown_name
        lines.append(reader.say(N_("{name} leads it.")).format(name=name) if name else _leads(c, reader))
    if c.held_at:
        lines.append(reader.say(N_("It was held; nothing that was said is published.")))
    if c.ending and c.ended_at:
        lines.append(reader.say(OUTCOMES[c.ending]).format(day=_day(c.ended_at, reader)))
    else:
        lines.append(reader.say(N_("Without an outcome it ends on {day}.")).format(day=_day(c.until, reader)))
    return Told(tuple(lines), c.remedy.words if c.mended_by and c.remedy else "", c.mended_by)


def _leads(c: Circle, reader: Reader) -> str:
    return reader.say(LEADS[c.facilitator.leads])


def _day(at: datetime, reader: Reader) -> str:
    return formats.calendar_date(at, reader.locale, reader.timezone)


@dataclass(frozen=True)
class Part:
    """A circle as those who take part see it. ``asked``: which of its questions waits for the reader's side."""

    id: str
    stage: str
    details: tuple[Detail, ...]
    asked: str
    remedy: Remedy | None
    due: str
    checker: str


def part(c: Circle, side: str, reader: Reader) -> Part:
    """``side``: as whom they look: business, organizer, affected, monitor, or "facilitator"."""
    remedy = c.remedy
    return Part(
        id=c.id,
        stage=c.stage.value,
        details=tuple(_details(c, reader)),
        asked=_asked(c, side),
        remedy=remedy,
        due=formats.calendar_date(remedy.due_on, reader.locale) if remedy else "",
        checker=reader.say(CHECKERS[remedy.checker.value]) if remedy else "",
    )


def _details(c: Circle, reader: Reader) -> Iterator[Detail]:
    """Who leads it, who has accepted and is asked, when and where it meets, and when its term ends."""
    yield reader.say(N_("Led by")), c.facilitator.named.name or reader.say(LEADER[c.facilitator.leads])
    settling = c.stage == "settling" and c.remedy is not None and c.remedy.is_open
    held = c.remedy if settling and c.remedy else c.facilitator
    if held.agreed:
        yield reader.say(N_("Agreed")), _named(held.agreed, reader)
    if held.waits_for:
        yield reader.say(N_("Asked")), _named(held.waits_for, reader)
    if c.meeting:
        when = formats.moment(c.meeting.at, reader.locale, reader.timezone)
        yield reader.say(N_("When")), f"{when} ({reader.timezone})"
        yield reader.say(N_("Where")), c.meeting.place
    yield reader.say(N_("Ends by")), _day(c.until, reader)


LEADER = {Leads.MONITOR: N_("the campaign’s monitor"), Leads.NAMED: N_("somebody from outside")}
VOICES = {**SIDES, "facilitator": N_("whoever leads it")}


def _named(sides: tuple[str, ...], reader: Reader) -> str:
    return formats.named([reader.say(VOICES[side]) for side in sides], reader.locale)


def _asked(c: Circle, side: str) -> str:
    """``facilitator`` or ``remedy``: what waits for this side's answer; empty where nothing does."""
    if c.stage == "accepting" and side in c.facilitator.waits_for:
        return "facilitator"
    if c.stage == "settling" and c.remedy and side in c.remedy.waits_for:
        return "remedy"
    return ""


def public(c: Circle) -> Json:
    """What the API tells everybody: no address, no meeting, no remedy before all accept it."""
    agreed = c.facilitator.is_agreed
    return {
        "id": c.id,
        "obligation": c.obligation,
        "by": c.by,
        "opened_at": encode(c.opened_at),
        "until": encode(c.until),
        "stage": c.stage.value,
        "facilitator": {"kind": c.facilitator.leads.value, "name": c.facilitator.shown_name} if agreed else None,
        "held_at": encode(c.held_at),
        "outcome": c.ending.value if c.ending else None,
        "ended_at": encode(c.ended_at),
        "mended_by": c.mended_by or None,
    }


def private(c: Circle) -> Json:
    """What those who take part are told beside it."""
    known = c.facilitator
    return {
        **public(c),
        "accepted": {"agreed": list(known.agreed), "waits_for": list(known.waits_for), "version": known.version},
        "meeting": _meeting(c.meeting) if c.meeting else None,
        "remedy": _remedy(c.remedy) if c.remedy else None,
    }


def _meeting(held: Gathering) -> Json:
    return {"at": encode(held.at), "place": held.place}


def _remedy(r: Remedy) -> Json:
    told = ("id", "words", "due_on", "checker", "target", "unit", "agreed", "refused_by", "waits_for")
    return {name: encode(getattr(r, name)) for name in told}
