"""What the money of a promise buys of its list of works: a table, and sentences for what it does not reach."""

from __future__ import annotations

from dataclasses import dataclass

from businesses import words
from businesses.followthrough import Obligation
from businesses.measures import Allocation, Part, Plan, RestGoes, State
from core import formats
from core.i18n import N_, translator
from core.money import Money, total
from web.speech import speech

STATES = {
    State.FUNDED: N_("Paid"),
    State.TOPPED_UP: N_("Paid, the business adds {amount}"),
    State.DROPPED: N_("Dropped"),
    State.SUBSTITUTE: N_("Something smaller is looked for"),
    State.NOT_REACHED: N_("Not reached"),
}
RESTS = {
    RestGoes.PURPOSE: N_("{amount} is left. It pays no work of the list and stays for the same purpose."),
    RestGoes.SUBSTITUTE: N_("{amount} waits until something smaller is found in the place of “{work}”."),
    RestGoes.FALLBACK: N_("{amount} goes to the fund named beforehand: {fund}."),
}


@dataclass(frozen=True)
class Works:
    """The list after the day. ``rows``: work, what the day pays of its price, what becomes of it."""

    rows: tuple[tuple[str, str, str], ...]
    total: tuple[str, str, str] | None
    notes: tuple[str, ...]


def of_promise(o: Obligation, locale: str) -> Works | None:
    """The list of a promise after the final tally; None where it has none."""
    return bought(o.commitment.plan, o.allocation, locale) if o.commitment.measures else None


def bought(plan: Plan, allocation: Allocation | None, locale: str) -> Works:
    """What the sum buys; without an allocation nothing is computable, and that is said."""
    fixed = tuple(_fixed(plan, locale))
    say = translator(locale).gettext
    if allocation is None:
        unknown = say(N_("Not computable"))
        rows = [(m.name, _money(m.price, locale), unknown) for m in plan.measures]
        return Works(tuple(rows), None, (say(N_("What the money buys is not computable yet.")), *fixed))
    rows = [_row(part, locale) for part in allocation.parts]
    return Works(tuple(rows), _total(allocation, locale), (*_left(plan, allocation, locale), *fixed))


def _row(part: Part, locale: str) -> tuple[str, str, str]:
    return part.name, _of(part.allocated, part.price, locale), _state(part, locale)


def _total(allocation: Allocation, locale: str) -> tuple[str, str, str]:
    currency = allocation.rest.currency
    paid, price = (total([getattr(p, name) for p in allocation.parts], currency) for name in ("allocated", "price"))
    return translator(locale).gettext(N_("Together")), _of(paid, price, locale), ""


def _of(paid: Money, price: Money, locale: str) -> str:
    text = translator(locale).gettext(N_("{paid} of {price}"))
    return text.format(paid=_money(paid, locale), price=_money(price, locale))


def _state(part: Part, locale: str) -> str:
    say = translator(locale).gettext
    words_ = say(STATES[part.state]).format(amount=_money(part.top_up, locale))
    if not part.others:
        return words_
    return say(N_("{state}, others pay {amount}")).format(state=words_, amount=_money(part.others, locale))


def _left(plan: Plan, allocation: Allocation, locale: str) -> list[str]:
    """Where money goes that pays no work, and what the business owes on top."""
    say, told = translator(locale).gettext, []
    if allocation.top_up:
        text = say(N_("On top of what is owed, the business pays {amount} by its own rule."))
        told.append(text.format(amount=_money(allocation.top_up, locale)))
    if allocation.rest:
        waits, fund = allocation.waits_for, plan.fallback or say(N_("not named"))
        values = {"work": waits.name if waits else "", "fund": fund}
        told.append(say(RESTS[allocation.rest_goes]).format(amount=_money(allocation.rest, locale), **values))
    return told


def _fixed(plan: Plan, locale: str) -> list[str]:
    """What was fixed beforehand: the rule, who priced the works, who else pays."""
    say, voice = translator(locale).gettext, speech(locale)
    rule = say(N_("Fixed beforehand: {rule}")).format(rule=words.shortfall(plan, voice))
    priced = [say(N_("Priced by {auditor}")).format(auditor=words.audit(plan.audit, voice))] if plan.audit else []
    others = say(N_("Where it runs out, others pay on: {sources}")).format(sources=words.funding(plan.funding, voice))
    return [rule, *priced, *([others] if plan.funding else [])]


def in_short(allocation: Allocation, locale: str) -> str:
    """The works that are paid, in a line: "LED lamps, fridge seals"; that it is none, too."""
    paid = [part.name for part in allocation.parts if part.state in {State.FUNDED, State.TOPPED_UP}]
    return ", ".join(paid) or translator(locale).gettext(N_("None of the works"))


def _money(amount: Money, locale: str) -> str:
    return formats.money(amount, locale, exact=True)
