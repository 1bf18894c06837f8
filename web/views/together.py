"""What the sides settle together, as pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from businesses.followthrough import Obligation, Substitution
from core import formats
from core.i18n import N_
from web.views.facts_in_words.of_settling import SIDES
from web.views.promises import Reader


@dataclass(frozen=True)
class Instead:
    """Another thing in a promise's place: what, since when, and who agreed, refused or is still asked."""

    id: str
    when: str
    words: str
    reason: str
    standing: str
    is_open: bool
    is_agreed: bool


def instead(o: Obligation, reader: Reader) -> tuple[Instead, ...]:
    """All that was proposed, the newest first."""
    return tuple(_instead(s, reader) for s in reversed(o.substitutes))


def _instead(s: Substitution, reader: Reader) -> Instead:
    when = _day(s.at, reader)
    return Instead(s.id, when, s.words, s.reason, _standing(s, reader), s.is_open, s.is_agreed)


def _standing(s: Substitution, reader: Reader) -> str:
    if s.refused_by:
        return reader.say(N_("Not agreed by {who}.")).format(who=named((s.refused_by,), reader))
    if s.is_agreed and s.answered_at:
        text = reader.say(N_("Agreed by {who}, the last on {day}."))
        return text.format(who=named(s.agreed, reader), day=_day(s.answered_at, reader))
    agreed = reader.say(N_("Agreed by {who}.")).format(who=named(s.agreed, reader)) if s.agreed else ""
    waits = reader.say(N_("Asked: {who}.")).format(who=named(s.waits_for, reader)) if s.waits_for else ""
    return f"{agreed} {waits}".strip()


def _day(at: datetime, reader: Reader) -> str:
    return formats.calendar_date(at, reader.locale, reader.timezone)


def named(sides: Iterable[str], reader: Reader) -> str:
    """Sides as words: "the business, the organizers"."""
    return ", ".join(reader.say(SIDES[side]) for side in sides)
