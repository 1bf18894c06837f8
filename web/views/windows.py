"""The window contract in words: what hangs in the shop's window, and what customers counted."""

from __future__ import annotations

from dataclasses import dataclass

from businesses.commitments import Action
from businesses.followthrough import Obligation
from businesses.windows.values import Counted
from core import formats
from core.i18n import N_, translator
from web.views.following import amount
from web.views.promises import Reader


@dataclass(frozen=True)
class Window:
    """``of``: "of 27 producers", what the count is compared with; ``told``: what customers counted lately."""

    of: str
    told: str


def window(o: Obligation, found: Counted | None, reader: Reader) -> Window | None:
    """None for a promise about money: nobody counts that in the shop."""
    if not isinstance(o.commitment, Action):
        return None
    goal = "" if o.goal is None else reader.say(N_("of {goal}")).format(goal=amount(o.goal, o, reader))
    return Window(goal, told(o, found, reader) if found else "")


def told(o: Obligation, found: Counted, reader: Reader) -> str:
    """ "12 customers counted in the last 30 days, mostly 11 producers, last on 3 May"."""
    text = translator(reader.locale).ngettext(
        "{times} customer counted in the last 30 days: {middle}, on {day}.",
        "{times} customers counted in the last 30 days: {middle} in the middle, the last on {day}.",
        found.times,
    )
    day = formats.calendar_date(found.last_at, reader.locale, reader.timezone)
    return text.format(
        times=formats.number(found.times, reader.locale), middle=amount(found.middle, o, reader), day=day
    )
