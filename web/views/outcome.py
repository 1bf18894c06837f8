"""What the day brought, in one sentence: what was spent and what is owed, or that it is not known."""

from __future__ import annotations

from collections.abc import Sequence

from core import formats
from core.i18n import N_, translator
from core.money import Money, total
from core.wire import Json, money
from web.speech import speech
from web.views.bargain import together


def headline(tally: Json, names: Sequence[str], locale: str) -> str:
    """ "You spent €2,000.84. Bella Café now owes €700.29." Unknown stays unknown, a range stays a range."""
    say = translator(locale).gettext
    takings = money((tally["till"] or {}).get("takings"))
    if tally["till"] is None:
        return say(N_("What came in is not known, so what is owed cannot be computed."))
    spent = say(N_("You spent {takings}.")).format(takings=formats.money(takings, locale)) if takings else ""
    owed = _owed(tally, together(names, speech(locale)), locale)
    return " ".join(part for part in (spent, owed) if part) or say(N_("The takings are for the checker only."))


def _owed(tally: Json, who: str, locale: str) -> str:
    say = translator(locale).gettext
    lines = tally["owed"] or []
    known = [money(line["amount"]) for line in lines]
    if lines and any(line.get("range") for line in lines):
        low, high = (_bound(lines, side) for side in ("low", "high"))
        text = say(N_("{who} owes between {low} and {high}: the two sides count differently."))
        return text.format(who=who, low=formats.money(low, locale), high=formats.money(high, locale))
    amounts = [amount for amount in known if amount is not None]
    if not amounts:
        return ""
    text = say(N_("{who} now owes {owed}."))
    if len(amounts) < len(lines):
        text = say(N_("{who} now owes {owed}, and more that cannot be computed."))
    return text.format(who=who, owed=formats.money(total(amounts, amounts[0].currency), locale))


def _bound(lines: Sequence[Json], side: str) -> Money:
    bounds = [money(line["range"][side] if line.get("range") else line["amount"]) for line in lines]
    known = [bound for bound in bounds if bound is not None]
    return total(known, known[0].currency)


def three(tally: Json, locale: str) -> list[tuple[str, str]]:
    """Pledged, attended and spent: three figures, never mixed. Each with its words."""
    catalogue = translator(locale)
    people, came, reports = tally["confirmed"]["people"], tally["attended"]["people"], tally["spent"]["reports"]
    pledged = catalogue.ngettext("pledged by {n} person", "pledged by {n} people", people)
    spent = _reported(reports, (tally["spent"].get("by_supporters") or {}).get("reports", 0), locale)
    return [
        (_written(tally["confirmed"]["amount"], locale), pledged.format(n=formats.number(people, locale))),
        (formats.number(came, locale), catalogue.ngettext("person came", "people came", came)),
        (_written(tally["spent"]["amount"], locale), spent),
    ]


def _reported(reports: int, own: int, locale: str) -> str:
    """From how many notes and reports: supporters' own are told apart from the crew's."""
    catalogue = translator(locale)
    text = catalogue.ngettext("spent, by {n} note at the door", "spent, by {n} notes at the door", reports)
    if own:
        text = catalogue.ngettext(
            "spent, by {n} report of a supporter", "spent, by {n} reports, {own} of them by supporters", reports
        )
    return text.format(n=formats.number(reports, locale), own=formats.number(own, locale))


def _written(amount: Json, locale: str) -> str:
    held = money(amount)
    return formats.money(held, locale) if held is not None else ""
