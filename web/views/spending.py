"""What a supporter says they spent, on the page of their code: reported in seconds, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from core import formats
from core.errors import Conflict
from core.i18n import N_, translator
from pledges.rules.door import demand_open
from web.views.ticket import Held


@dataclass(frozen=True)
class Spending:
    """``told``: what was reported, empty before; ``means``: what that counts for; ``open``: it can be reported now."""

    told: str
    means: str
    open: bool
    photo: bool


def spent(held: Held, locale: str) -> Spending | None:
    """None before the door opens and where nothing was reported."""
    is_open = held.pledge.stands and _is_open(held)
    if not is_open and held.report is None:
        return None
    say = translator(locale).gettext
    if held.report is None:
        means = say(_noted(held)).format(noted=_amount(held, locale)) if held.noted is not None else ""
        return Spending("", means, is_open, photo=False)
    told = say(N_("You reported {amount}.")).format(amount=formats.money(held.report.amount, locale, exact=True))
    means = say(_means(held)).format(noted=_amount(held, locale))
    return Spending(told, means, is_open, photo=held.report.receipt is not None)


def _is_open(held: Held) -> bool:
    try:
        demand_open(held.campaign, held.now)
    except Conflict:
        return False
    return True


def _means(held: Held) -> str:
    if held.noted is not None:
        return _noted(held)
    return N_("It counts as a report.") if held.came else N_("It counts once your code was scanned at the door.")


def _noted(held: Held) -> str:
    return N_("Crew noted {noted} at the door; that is what counts, and nothing is counted twice.")


def _amount(held: Held, locale: str) -> str:
    return "" if held.noted is None else formats.money(held.noted, locale, exact=True)
