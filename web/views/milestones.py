"""Milestones in words: how far a promise was to be by then, and how far it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from businesses import words
from businesses.followthrough import Obligation, OnTheWay, Way
from businesses.followthrough import milestones as stands
from core import formats
from core.i18n import N_, translator
from web.speech import speech

ICONS = {Way.AHEAD: "notdue", Way.REACHED: "kept", Way.REACHED_LATE: "kept", Way.LATE: "overdue"}
WAYS = {
    Way.AHEAD: N_("Still ahead."),
    Way.REACHED: N_("Reached on {day}."),
    Way.REACHED_LATE: N_("Reached late, on {day}."),
    Way.LATE: N_("Late: nothing that reaches it was filed."),
}


@dataclass(frozen=True)
class Shown:
    """One milestone: its icon, what was to be by when, and what became of it."""

    icon: str
    words: str
    told: str


def on_the_way(o: Obligation, now: datetime, locale: str) -> list[Shown]:
    """Each milestone of a promise, first things first."""
    said = words.milestones(o.commitment, speech(locale))
    return [_shown(held, text, locale) for held, text in zip(stands(o, now), said, strict=True)]


def _shown(held: OnTheWay, text: str, locale: str) -> Shown:
    day = formats.calendar_date(held.reached_on, locale) if held.reached_on else ""
    return Shown(ICONS[held.way], text, translator(locale).gettext(WAYS[held.way]).format(day=day))
