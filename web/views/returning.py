"""The second carrot in words: what a supporter is asked on the ticket, and what waits for a business's proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import formats
from core.i18n import N_, translator
from pledges.returns.rules import PLEDGED_IN
from pledges.returns.values import Opening, Return, Waiting
from pledges.values import PledgeState
from web.views.ticket import Back, Held

Say = Callable[[str], str]


@dataclass(frozen=True)
class Asked:
    """One business on the ticket. ``field`` empty: there is nothing to fill in; ``leaves``: it can be taken back."""

    business: str
    title: str
    words: str
    to: str = ""
    field: str = ""
    label: str = ""
    button: str = ""
    leaves: bool = False


def asked(held: Held, locale: str) -> list[Asked]:
    """What the ticket asks of the return to each business; nothing before the final tally."""
    return [said for back in held.back if (said := _asked(held, back, locale)) is not None]


def _asked(held: Held, back: Back, locale: str) -> Asked | None:
    visit = back.visit if back.visit and back.visit.stands else None
    if back.opening and visit:
        return _opened(held, back, back.opening, visit, locale)
    waits = back.opening is None and held.campaign.state in PLEDGED_IN
    if not waits or held.pledge.state != PledgeState.CONFIRMED:
        return _never(back, visit, locale) if visit and back.opening is None else None
    return _mine(held, back, visit, locale) if visit else _offered(held, back, locale)


def _offered(held: Held, back: Back, locale: str) -> Asked:
    say = translator(locale).gettext
    words = N_("Say what you would spend there on another day. They see what waits for proof; nothing is paid or held.")
    return Asked(
        business=back.business,
        title=say(N_("Come back once {name} has kept its word?")).format(name=back.name),
        words=say(words),
        to="return",
        field="amount",
        label=_in(say, N_("About how much, in {currency}"), held),
        button=say(N_("I come back when it is kept")),
    )


def _mine(held: Held, back: Back, visit: Return, locale: str) -> Asked:
    say, amount = translator(locale).gettext, formats.money(visit.amount, locale)
    words = say(N_("You hear when somebody outside has checked that {name} kept its word.")).format(name=back.name)
    return Asked(
        business=back.business,
        title=say(N_("{amount} of yours waits for proof.")).format(amount=amount),
        words=words,
        to="return",
        field="amount",
        label=_in(say, N_("Another amount, in {currency}"), held),
        button=say(N_("Change the amount")),
        leaves=True,
    )


def _opened(held: Held, back: Back, opening: Opening, visit: Return, locale: str) -> Asked:
    say = translator(locale).gettext
    day = formats.calendar_date(opening.until, locale, held.campaign.timezone)
    told = "" if visit.told is None else formats.money(visit.told, locale, exact=True)
    if not opening.is_open(held.now):
        text = N_("The weeks for return visits ended on {day}.")
        return Asked(back.business, say(N_("{name} kept its word.")).format(name=back.name), say(text).format(day=day))
    if told:
        words = say(N_("You reported {amount}. Thank you.")).format(amount=told)
    else:
        words = say(N_("Come back until {day}, show your code, pay as always, and say here what you spent."))
    return Asked(
        business=back.business,
        title=say(N_("{name} kept its word.")).format(name=back.name),
        words=words.format(day=day),
        to="return/visit",
        field="spent",
        label=_in(say, N_("Spent, in {currency}"), held),
        button=say(N_("Correct it")) if told else say(N_("I was there")),
    )


def _never(back: Back, visit: Return, locale: str) -> Asked:
    """The campaign has ended and the word was not verified kept: it was never asked for."""
    say = translator(locale).gettext
    text = say(N_("It was not verified that {name} kept its word. Your visit of {amount} was never asked for."))
    amount = formats.money(visit.amount, locale)
    return Asked(back.business, say(N_("You owe no return.")), text.format(name=back.name, amount=amount))


def _in(say: Say, label: str, held: Held) -> str:
    return say(label).format(currency=held.campaign.currency)


@dataclass(frozen=True)
class Told:
    """What waits for one business: its figure, and the line below it."""

    amount: str
    words: str


def told(waiting: Sequence[Waiting], now: datetime, locale: str, timezone: str, *, over: bool) -> list[Told]:
    """For everybody, a line for each business that people come back to."""
    return [_told(held, now, locale, timezone, over=over) for held in waiting]


def _told(held: Waiting, now: datetime, locale: str, timezone: str, *, over: bool) -> Told:
    amount = formats.money(held.amount, locale)
    if held.opening is None:
        text = N_("waited for proof that did not come; it was never asked for.") if over else N_("waits for proof.")
        return Told(amount, f"{translator(locale).gettext(text)} {_visits(held, locale)}")
    day = formats.calendar_date(held.opening.until, locale, timezone)
    text = N_("is asked for until {day}.") if held.is_open(now) else N_("was asked for until {day}.")
    return Told(amount, f"{translator(locale).gettext(text).format(day=day)} {_came(held, locale)}")


def _visits(held: Waiting, locale: str) -> str:
    say = translator(locale).ngettext
    text = say(
        "{n} supporter comes back once the word is kept.",
        "{n} supporters come back once the word is kept.",
        held.visits,
    )
    return text.format(n=formats.number(held.visits, locale))


def _came(held: Waiting, locale: str) -> str:
    """Both counts apart: who said so, and whom the business took down."""
    say = translator(locale).gettext
    text = N_("Of {visits} visits pledged {came} were made; the business took down {noted}.")
    numbers = {"visits": held.visits, "came": held.came, "noted": held.noted}
    counted = say(text).format(**{name: formats.number(n, locale) for name, n in numbers.items()})
    if held.told is None:
        return counted
    reported = say(N_("Reported as spent: {amount}.")).format(amount=formats.money(held.told, locale, exact=True))
    return f"{counted} {reported}"
