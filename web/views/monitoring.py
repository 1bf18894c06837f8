"""Reports of monitors' visits, as pages and the API show them; who pays the monitor stands beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from businesses.monitoring.values import Finding, Report
from core import formats
from core.i18n import N_
from core.wire import Json, encode
from web.views.promises import Reader, Words, named_monitor


@dataclass(frozen=True)
class Found:
    """One finding: its number, what was seen, and what is asked for by when."""

    number: int
    obligation: str
    words: str
    remedy: str
    due: str


@dataclass(frozen=True)
class Told:
    """A report with its findings, all or those about one promise."""

    id: str
    title: str
    who: Words
    found: tuple[Found, ...]
    reply: str
    silent: bool
    until: str


def reports(held: Iterable[Report], reader: Reader, promise: str = "") -> list[Told]:
    """The newest first; with ``promise`` only what is about it."""
    told = [report(each, reader, promise) for each in held if promise in {"", *each.obligations}]
    return list(reversed(told))


def report(held: Report, reader: Reader, promise: str = "") -> Told:
    """One report, as its readers see it."""
    title = reader.say(N_("Visit on {day}")).format(day=formats.calendar_date(held.visited_on, reader.locale))
    return Told(
        id=held.id,
        title=title,
        who=_who(held, reader),
        found=tuple(_found(each, reader) for each in held.findings if promise in {"", each.obligation}),
        reply=held.reply,
        silent=held.published_at is not None and held.replied_at is None,
        until=formats.calendar_date(held.reply_until, reader.locale, reader.timezone),
    )


def _who(held: Report, reader: Reader) -> Words:
    """The monitor who wrote it, with who pays them; one who has left the campaign is not named any more."""
    member = next((each for each in reader.monitors if each.person == held.by), None)
    return named_monitor(member, reader) if member else reader.say(N_("The monitor"))


def _found(each: Finding, reader: Reader) -> Found:
    due = formats.calendar_date(each.due_on, reader.locale) if each.due_on else ""
    return Found(each.number, each.obligation, each.words, each.remedy, due)


def wire(held: Report) -> Json:
    """A report as the API tells it; who wrote it is not told."""
    names = ("id", "business", "visited_on", "findings", "reply", "replied_at", "published_at")
    told = {name: encode(getattr(held, name)) for name in names}
    return {**told, "filed_at": encode(held.at), "reply_until": encode(held.reply_until)}
