"""A commitment as the sentence that everybody reads: on the slip, in the agreement, in the digest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from businesses.commitments import Action, Basis, Commitment, Fixed, PerUnit, Share, StepKind
from businesses.measures import Audit, Funding, Plan, Shortfall
from businesses.watching import Compare, Look, Watch
from core.money import Money
from core.wire import plain

N_ = str
"""Marks a message for the catalogue; the translation happens in ``Speech``."""

BASES = {
    Basis.GROSS: N_("the takings"),
    Basis.NET: N_("the takings net of tax"),
    Basis.PROFIT: N_("the profit"),
    Basis.EXTRA: N_("the extra takings over the baseline"),
}


SHORTFALLS = {
    Shortfall.DROP: N_("A work that the money left cannot pay is dropped; the money goes on to the next that it can."),
    Shortfall.SUBSTITUTE: N_("Money that does not suffice for a work waits: something smaller is looked for instead."),
    Shortfall.TOP_UP: N_("The business pays what is missing for the work in which the money runs out."),
    Shortfall.FALLBACK: N_("Money that does not suffice for the next work goes to a fund named beforehand."),
}
"""Each rule in the one sentence that is published: with the bid, in the agreement, beside the result."""


@dataclass(frozen=True)
class Speech:
    """How a language says things: its translations, dates, amounts and numbers."""

    say: Callable[[str], str]
    day: Callable[[date], str]
    money: Callable[[Money], str]
    number: Callable[[Decimal], str]


PLAIN = Speech(str, lambda d: d.isoformat(), lambda m: f"{m} {m.currency}", plain)
"""English with ISO dates: for logs and tests."""


def sentence(commitment: Commitment, speech: Speech) -> str:
    """The promise in one sentence, in the campaign's language."""
    match commitment:
        case Share():
            return _share(commitment, speech)
        case PerUnit():
            text = speech.say(N_("We will give {amount} for each {unit} sold that day{purpose} {when}."))
            return _fill(text, commitment, speech, amount=speech.money(commitment.amount), unit=commitment.unit)
        case Fixed():
            text = speech.say(N_("We will give {amount}, whatever comes in{purpose} {when}."))
            return _fill(text, commitment, speech, amount=speech.money(commitment.amount))
        case Action():
            return _action(commitment, speech)
    raise TypeError(commitment.kind)


def _share(commitment: Share, speech: Speech) -> str:
    text = speech.say(N_("We will give {share}% of {basis} that day{purpose} {when}."))
    basis = speech.say(BASES[commitment.basis])
    told = _fill(text, commitment, speech, share=speech.number(commitment.share), basis=basis)
    return f"{told} {_match(commitment, speech)}" if commitment.match else told


def _match(commitment: Share, speech: Speech) -> str:
    match = speech.number(commitment.match)
    if commitment.matched_by:
        text = speech.say(N_("This is matched with another {match}% by {sponsor}."))
        return text.format(match=match, sponsor=commitment.matched_by)
    return speech.say(N_("This is matched with another {match}%.")).format(match=match)


def _action(commitment: Action, speech: Speech, target: Decimal | None = None) -> str:
    target = commitment.target if target is None else target
    step = abs(target - commitment.baseline)
    text = _action_text(commitment, speech)
    return text.format(
        verb=commitment.verb,
        step=speech.number(step),
        target=speech.number(target),
        metric=commitment.metric,
        baseline=speech.number(commitment.baseline),
        when=_when(commitment, speech),
    )


def _action_text(commitment: Action, speech: Speech) -> str:
    if not commitment.baseline:
        return speech.say(N_("We will {verb} {target} {metric} {when}."))
    if commitment.more:
        return speech.say(N_("We will {verb} {step} more {metric} than today's {baseline} {when}."))
    return speech.say(N_("We will {verb} {step} fewer {metric} than today's {baseline} {when}."))


def resolved(commitment: Commitment, target: Decimal | None, speech: Speech) -> str:
    """The promise after the day, with the ladder's step that was reached."""
    return _action(commitment, speech, target) if isinstance(commitment, Action) else sentence(commitment, speech)


def ladder(commitment: Action, speech: Speech) -> list[str]:
    """Each step as a sentence of its own."""
    texts = {
        StepKind.TAKINGS: N_("If takings reach {at_least}, the number is {target}."),
        StepKind.UNITS: N_("If {at_least} are sold, the number is {target}."),
        StepKind.HEADCOUNT: N_("If {at_least} people come, the number is {target}."),
    }
    return [
        speech.say(texts[s.kind]).format(at_least=speech.number(s.at_least), target=speech.number(s.target))
        for s in commitment.ladder
    ]


def milestones(commitment: Commitment, speech: Speech) -> list[str]:
    """Each milestone as a sentence of its own."""
    action = isinstance(commitment, Action)
    text = speech.say(N_("By {date}: {value}.") if action else N_("By {date}: {value}% of it."))
    return [text.format(date=speech.day(m.due_on), value=speech.number(m.value)) for m in commitment.milestones]


def _fill(text: str, commitment: Commitment, speech: Speech, **values: str) -> str:
    purpose = speech.say(N_(" for {purpose}")).format(purpose=commitment.purpose) if commitment.purpose else ""
    return text.format(purpose=purpose, when=_when(commitment, speech), **values)


def _when(commitment: Commitment, speech: Speech) -> str:
    """By a date, or within so many weeks or working days after the day, with the date that this comes to."""
    day, weeks = speech.day(commitment.due_on), commitment.due_weeks
    if commitment.due_working_days is not None:
        return _working_days(commitment.due_working_days, commitment.working_days_of, day, speech)
    if weeks is None:
        return speech.say(N_("by {date}")).format(date=day)
    if weeks == 1:
        return speech.say(N_("within a week after the day (by {date})")).format(date=day)
    return speech.say(N_("within {weeks} weeks after the day (by {date})")).format(weeks=weeks, date=day)


def _working_days(days: int, region: str, by: str, speech: Speech) -> str:
    """Whose public holidays were left out stands beside the number."""
    if days == 1:
        text = speech.say(N_("on the next working day after the day ({region}: by {date})"))
        return text.format(region=region, date=by)
    text = speech.say(N_("within {days} working days after the day ({region}: by {date})"))
    return text.format(days=days, region=region, date=by)


def shortfall(plan: Plan, speech: Speech) -> str:
    """What happens where the money does not suffice, as it was fixed beforehand."""
    said = speech.say(SHORTFALLS[plan.shortfall])
    if plan.shortfall != Shortfall.FALLBACK or not plan.fallback:
        return said
    return f"{said} {speech.say(N_('The fund: {fund}.')).format(fund=plan.fallback)}"


def audit(held: Audit, speech: Speech) -> str:
    """Who priced the works, when, and who pays them."""
    day = speech.say(N_(", {date}")).format(date=speech.day(held.on)) if held.on else ""
    return speech.say(N_("{auditor}{date}. Paid by: {payer}")).format(auditor=held.by, date=day, payer=held.paid_by)


def funding(sources: Sequence[Funding], speech: Speech) -> str:
    """Who else pays for the works, and how much."""
    return "; ".join(f"{held.source} {speech.money(held.amount)}" for held in sources)


WATCHES = {
    (Look.PHRASE, Compare.AT_LEAST): N_("A program looks for “{what}” at {url}"),
    (Look.COUNT, Compare.AT_LEAST): N_("A program counts {what} at {url}: at least {number}"),
    (Look.COUNT, Compare.AT_MOST): N_("A program counts {what} at {url}: at most {number}"),
    (Look.NUMBER, Compare.AT_LEAST): N_("A program reads {what} at {url}: at least {number}"),
    (Look.NUMBER, Compare.AT_MOST): N_("A program reads {what} at {url}: at most {number}"),
    (Look.DATED, Compare.AT_LEAST): N_("A program looks whether {url} is from after the day"),
}


def watch(held: Watch, speech: Speech) -> str:
    """What a program looks for, as the agreement says it."""
    compare = held.compare if held.number is not None else Compare.AT_LEAST
    number = speech.number(held.number) if held.number is not None else ""
    return speech.say(WATCHES[held.look, compare]).format(what=held.what, url=held.url, number=number)


def works(plan: Plan, speech: Speech) -> list[str]:
    """The list with all that was fixed beforehand, a line each; empty without one."""
    if not plan.measures:
        return []
    lines = [speech.say(N_("The money pays for these works, in this order:"))]
    lines += [f"- {held.name}: {speech.money(held.price)}" for held in plan.measures]
    if plan.audit:
        lines.append(speech.say(N_("Priced by {auditor}")).format(auditor=audit(plan.audit, speech)))
    if plan.funding:
        text = speech.say(N_("Where it runs out, others pay on: {sources}"))
        lines.append(text.format(sources=funding(plan.funding, speech)))
    return [*lines, shortfall(plan, speech)]
