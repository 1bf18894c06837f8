"""A bid as the fields of the sentence builder, and back. Field names are those of the API where it has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from businesses import codec
from businesses.commitments import Action, Commitment, Fixed, PerUnit, Share, Step
from businesses.measures import Plan, Shortfall
from businesses.topics import OTHER
from businesses.values import Answer, Offer
from businesses.watching import Watch
from campaigns.values import Campaign
from core import formats
from core.db import new_id
from core.errors import FieldError, Invalid, refuse, require
from core.money import Money, parse_decimal
from core.wire import Json, plain
from web.views import ordinary_day
from web.views.fields import Fields, rows

KINDS = ("share", "per_unit", "fixed", "action")
Values = dict[str, str]
DUE = {"weeks": "due_weeks", "days": "due_working_days"}
"""What a promise's date may be said in beside the date itself, and the field for it."""


def kinds(values: Mapping[str, object]) -> list[int]:
    """The numbers of the promises in the form."""
    return [n for n in rows(values, "commitments") if f"commitments.{n}.kind" in values]


def read(fields: Fields, campaign: Campaign) -> Offer:
    """The offer. Raises Invalid naming everything refused, promise by promise, in the form's field names."""
    promises = read_promises(fields, campaign)
    anyway = fields.text("anyway", 2000, 1)
    told = {name: fields.text(name, 2000) for name in ("done_already", "planned")}
    baseline = ordinary_day.read(fields, campaign, promises)
    answers, venue = _answers(fields, campaign), fields.text("venue", 200)
    fields.check()
    return Offer(promises, anyway, baseline=baseline, answers=answers, venue=venue, **told)


def read_promises(fields: Fields, campaign: Campaign) -> tuple[Commitment, ...]:
    """The promises of the form; what is refused is kept in ``fields``."""
    numbers = [n for n in fields.indices("commitments") if fields.has(f"commitments.{n}.kind")]
    made = [fields.keep(lambda n=n: commitment(fields, n, campaign)) for n in numbers]  # type: ignore[misc]  # mypy cannot type a lambda's default
    fields.require(numbers, "commitments", "make at least one promise")
    fields.require(len(numbers) <= 20, "commitments", "at most 20 promises in one bid")
    return tuple(held for held in made if held)


def _answers(fields: Fields, campaign: Campaign) -> tuple[Answer, ...]:
    """One answer for each of the campaign's questions; what is missing is said beside it."""
    asked = campaign.bidding.questions if campaign.bidding else ()
    return tuple(given for n in range(len(asked)) if (given := _answer(fields, f"answers.{n}")))


def _answer(fields: Fields, at: str) -> Answer | None:
    said, added = fields.raw(f"{at}.answer"), fields.text(f"{at}.words", 600)
    fields.require(said, f"{at}.answer", "answer this question with yes or no")
    return fields.keep(lambda: Answer(said, added), at) if said else None


def commitment(fields: Fields, n: int, campaign: Campaign) -> Commitment:
    """One promise. Raises Invalid."""
    at = f"commitments.{n}"
    try:
        body = _body(fields, at)
        made = codec.commitment(body, campaign.currency, campaign.last_day, new_id, campaign.calendar)
        unnamed = made.measures and made.shortfall == Shortfall.FALLBACK and not made.fallback
        require(not unnamed, "fallback", "name the fund to which the rest would go")
        return made
    except Invalid as wrong:
        raise Invalid([FieldError(own_name(e.field), e.message) for e in wrong.under(at).errors]) from None


def own_names(wrong: Invalid) -> Invalid:
    """A refusal by the rules, in the names of the form's fields."""
    return Invalid([FieldError(own_name(e.field), e.message) for e in wrong.errors])


def own_name(field: str) -> str:
    """The form asks for the step from today's number, for words to an answer, and window by window."""
    field = re.sub(r"^(answers\.\d+)$", r"\1.answer", re.sub(r"^measures$", "measures.0.price", field))
    field = re.sub(r"^(baseline\.(?:takings|units))$", r"\1.0", field)
    return re.sub(r"\btarget$", "step", field).replace(".when.", ".")


def _body(fields: Fields, at: str) -> Json:
    """The promise in the API's form, its numbers as digits with a point."""
    texts = ("kind", "id", "purpose", "checker", "shortfall", "basis", "unit", "verb", "metric", "definition")
    numbers = ("share", "match", "amount")
    body: Json = {
        name: fields.raw(f"{at}.{name}") for name in (*texts, "topic", "matched_by", "affected_group", "fallback")
    }
    body |= {name: fields.plain(f"{at}.{name}") for name in numbers}
    due = DUE.get(fields.raw(f"{at}.due"), "due_on")
    body[due] = fields.raw(f"{at}.{due}")
    body["proof"] = [part for part in re.split(r"\s*[,;\n]\s*", fields.raw(f"{at}.proof").strip()) if part]
    body["measures"] = _pairs(fields, f"{at}.measures", "name", "price")
    body["funding"] = _pairs(fields, f"{at}.funding", "source", "amount")
    audit = {name: fields.raw(f"{at}.audit.{name}").strip() for name in ("by", "paid_by", "on")}
    body["audit"] = audit if any(audit.values()) else None
    body["watch"] = _watch(fields, f"{at}.watch")
    body["milestones"] = _milestones(fields, at)
    return body | _counted(fields, at) if body["kind"] == "action" else body


def _watch(fields: Fields, at: str) -> Json | None:
    """What a program looks for on a page, where an address was typed, or anything to look for."""
    if not fields.has(f"{at}.url", f"{at}.what"):
        return None
    texts = {name: fields.raw(f"{at}.{name}") for name in ("url", "look", "what", "compare")}
    return texts | {"number": fields.plain(f"{at}.number")}


def _milestones(fields: Fields, at: str) -> list[Json]:
    """What is to be reached on the way: so many steps from today's number, or so many percent of a sum."""
    action = fields.raw(f"{at}.kind") == "action"
    rows = [f"{at}.milestones.{n}" for n in fields.indices(f"{at}.milestones")]
    typed = [each for each in rows if fields.has(f"{each}.due_on", f"{each}.value")]
    told = [{"due_on": fields.raw(f"{each}.due_on"), "value": fields.plain(f"{each}.value")} for each in typed]
    if not action:
        return told
    baseline, sign = parse_decimal(fields.plain(f"{at}.baseline") or "0", "baseline"), _sign(fields, at)
    return [{**m, "value": _target(m["value"], baseline, sign, f"milestones.{n}.value")} for n, m in enumerate(told)]


def _sign(fields: Fields, at: str) -> int:
    return -1 if fields.raw(f"{at}.direction") == "fewer" else 1


def _pairs(fields: Fields, at: str, named: str, money: str) -> list[Json]:
    """The rows of a list that are filled in: works with their prices, sources with what they pay."""
    held = [f"{at}.{n}" for n in fields.indices(at) if fields.has(f"{at}.{n}.{named}", f"{at}.{n}.{money}")]
    return [{named: fields.raw(f"{each}.{named}"), money: fields.plain(f"{each}.{money}")} for each in held]


def _counted(fields: Fields, at: str) -> Json:
    """Today's number, and the targets that lie so many steps from it."""
    baseline = fields.plain(f"{at}.baseline") or "0"
    sign = _sign(fields, at)
    known = parse_decimal(baseline, "baseline")
    target = _target(fields.plain(f"{at}.step"), known, sign, "target")
    rungs = [n for n in fields.indices(f"{at}.ladder") if fields.has(f"{at}.ladder.{n}.at_least")]
    return {"baseline": baseline, "target": target, "ladder": [_rung(fields, at, n, known, sign) for n in rungs]}


def _rung(fields: Fields, at: str, n: int, baseline: Decimal, sign: int) -> Json:
    step = f"{at}.ladder.{n}"
    when = {"kind": fields.raw(f"{step}.kind") or "takings", "at_least": fields.plain(f"{step}.at_least")}
    target = _target(fields.plain(f"{step}.step"), baseline, sign, f"ladder.{n}.target")
    return {"when": when, "target": target}


def _target(step: str, baseline: Decimal, sign: int, field: str) -> str:
    number = parse_decimal(step, field)
    if number <= 0:
        refuse(field, "write a number above 0, and choose more or fewer")
    return plain(baseline + sign * number)


def shown(offer: Offer, locale: str) -> Values:
    """A standing or prepared offer as the form's values, to be raised or changed."""
    values = {name: getattr(offer, name) for name in ("anyway", "done_already", "planned", "venue")}
    for n, given in enumerate(offer.answers):
        values |= {f"answers.{n}.answer": given.answer, f"answers.{n}.words": given.words}
    values |= shown_promises(offer.commitments, locale)
    if offer.baseline:
        values |= ordinary_day.shown(offer.baseline, locale)
    return values


def shown_promises(promises: Sequence[Commitment], locale: str) -> Values:
    """Promises as the values of their rows in the form."""
    each = ((f"commitments.{n}", _shown(held, locale)) for n, held in enumerate(promises))
    return {f"{at}.{name}": value for at, held in each for name, value in held.items()}


def _shown(held: Commitment, locale: str) -> Values:
    values = {
        "kind": held.kind,
        "id": held.id,
        "purpose": held.purpose,
        "topic": held.topic.value if held.topic else OTHER,
        "due": _due(held),
        "due_on": held.due_on.isoformat(),
        "due_weeks": str(held.due_weeks or ""),
        "due_working_days": str(held.due_working_days or ""),
        "affected_group": held.affected_group or "",
        "proof": ", ".join(held.proof),
        "checker": held.checker.value,
        **_shown_plan(held.plan, locale),
        **_shown_watch(held.watch, locale),
        **_shown_milestones(held, locale),
    }
    match held:
        case Share():
            values |= {"share": _number(held.share, locale), "basis": held.basis.value}
            values |= {"match": _number(held.match, locale) if held.match else "", "matched_by": held.matched_by}
        case PerUnit():
            values |= {"amount": _money(held.amount, locale), "unit": held.unit}
        case Fixed():
            values["amount"] = _money(held.amount, locale)
        case Action():
            values |= _shown_action(held, locale)
    return values


def _shown_milestones(held: Commitment, locale: str) -> Values:
    values: Values = {}
    for n, each in enumerate(held.milestones):
        far = abs(each.value - held.baseline) if isinstance(held, Action) else each.value
        values |= {f"milestones.{n}.due_on": each.due_on.isoformat(), f"milestones.{n}.value": _number(far, locale)}
    return values


def _due(held: Commitment) -> str:
    """In what its date is said."""
    return next((said for said, field in DUE.items() if getattr(held, field)), "date")


def _shown_plan(plan: Plan, locale: str) -> Values:
    values = {"shortfall": plan.shortfall.value, "fallback": plan.fallback}
    for n, measure in enumerate(plan.measures):
        values |= {f"measures.{n}.name": measure.name, f"measures.{n}.price": _money(measure.price, locale)}
    for n, paid in enumerate(plan.funding):
        values |= {f"funding.{n}.source": paid.source, f"funding.{n}.amount": _money(paid.amount, locale)}
    if plan.audit:
        on = plan.audit.on.isoformat() if plan.audit.on else ""
        values |= {"audit.by": plan.audit.by, "audit.paid_by": plan.audit.paid_by, "audit.on": on}
    return values


def _shown_watch(held: Watch | None, locale: str) -> Values:
    if held is None:
        return {}
    number = "" if held.number is None else _number(held.number, locale)
    told = {"url": held.url, "look": held.look.value, "what": held.what, "compare": held.compare.value}
    return {f"watch.{name}": value for name, value in {**told, "number": number}.items()}


def _shown_action(held: Action, locale: str) -> Values:
    values = {name: getattr(held, name) for name in ("verb", "metric", "definition", "unit")}
    values |= {
        "baseline": _number(held.baseline, locale),
        "direction": "more" if held.more else "fewer",
        "step": _number(abs(held.target - held.baseline), locale),
    }
    for n, step in enumerate(held.ladder):
        values |= _shown_step(step, held, f"ladder.{n}", locale)
    return values


def _shown_step(step: Step, held: Action, at: str, locale: str) -> Values:
    return {
        f"{at}.kind": step.kind.value,
        f"{at}.at_least": _number(step.at_least, locale),
        f"{at}.step": _number(abs(step.target - held.baseline), locale),
    }


def _number(number: Decimal, locale: str) -> str:
    return formats.number(Decimal(plain(number)), locale)


def _money(amount: Money, locale: str) -> str:
    return _number(amount.amount, locale)


@dataclass(frozen=True)
class Piece:
    """A part of the sentence: words, or the name of a blank to fill."""

    words: str = ""
    blank: str = ""


def pieces(sentence: str) -> list[Piece]:
    """ "We will give {share}% by {due_on}." in its parts: a translator may put the blanks into another order."""
    parts = re.split(r"\{(\w+)\}", sentence)
    return [Piece(blank=part) if n % 2 else Piece(words=part.strip()) for n, part in enumerate(parts) if part.strip()]
