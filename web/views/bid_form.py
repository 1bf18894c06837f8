"""The sentence builder's form: its sentences, its rows, and the preview of what is typed so far."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from businesses import linter
from businesses.commitments import Basis, Checker, Commitment, StepKind
from businesses.linter import Surroundings
from businesses.measures import Shortfall
from businesses.topics import TOPICS
from businesses.values import Offer
from businesses.watching import Look
from businesses.words import BASES, SHORTFALLS
from campaigns.values import Campaign
from core.errors import Invalid, Message
from core.i18n import N_, translator
from web.typed import Typed
from web.views import bidding, conversion
from web.views.bidding import Piece
from web.views.fields import Fields, rows
from web.views.promises import Reader, Slip, promised

SENTENCES = {
    "share": N_("We will give {share} % of {basis} that day for {purpose} {due}"),
    "per_unit": N_("We will give {amount} for each {unit} sold that day for {purpose} {due}"),
    "fixed": N_("We will give {amount}, whatever comes in, for {purpose} {due}"),
    "action": N_("We will {verb} {step} {direction} {metric} than today’s {baseline} {due}"),
    "match": N_("Matched by {matched_by} with another {match} percent"),
}
"""Each kind of promise as a sentence with blanks; the words of the finished promise are in businesses/words.py."""

CHECKERS = {
    Checker.MONITOR: N_("the monitor"),
    Checker.SUPPORTERS: N_("the supporters"),
    Checker.ORGANIZER: N_("the organizers"),
    Checker.AFFECTED: N_("the people whom it affects"),
}
STEPS = {
    StepKind.TAKINGS: N_("takings reach"),
    StepKind.UNITS: N_("things sold reach"),
    StepKind.HEADCOUNT: N_("people who come reach"),
}
LOOKS = {
    Look.PHRASE: N_("these words stand there"),
    Look.COUNT: N_("so many things (CSS selector)"),
    Look.NUMBER: N_("a number (JSON path)"),
    Look.DATED: N_("it is from after the day"),
}
LABELS = {
    "share": N_("Share in percent"),
    "basis": N_("Share of what"),
    "purpose": N_("What for"),
    "due_on": N_("Due date"),
    "due_weeks": N_("Weeks after the day"),
    "due_working_days": N_("Working days after the day"),
    "amount": N_("Amount"),
    "unit": N_("Per what"),
    "verb": N_("What you will do"),
    "step": N_("How many more or fewer"),
    "metric": N_("Of what"),
    "baseline": N_("How many today"),
    "match": N_("Matched with another, in percent"),
    "matched_by": N_("Who matches it"),
    "affected_group": N_("People whom it affects"),
    "definition": N_("What counts"),
    "proof": N_("Proof"),
    "price": N_("Price"),
    "name": N_("Name"),
    "at_least": N_("From how much on"),
    "anyway": N_("Would you do it anyway?"),
    "answer": N_("Your answer"),
    "venue": N_("Where the crowd would come"),
    "source": N_("How you know"),
    "funding.source": N_("Who else pays"),
    "audit.by": N_("Who priced the works"),
    "paid_by": N_("Who pays them"),
    "on": N_("When"),
    "fallback": N_("Which fund"),
    "recorded_on": N_("Recorded on"),
    "tax_share": N_("Tax in the takings"),
    "url": N_("Address of the page"),
    "look": N_("What is to be true"),
    "what": N_("What to look for"),
    "number": N_("How many"),
    "margin": N_("Profit in percent of the takings"),
}

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Rows:
    """The promises in the form, and for each its rungs, its works and who else pays for them."""

    promises: tuple[int, ...]
    ladders: Mapping[int, Sequence[int]]
    measures: Mapping[int, Sequence[int]]
    funding: Mapping[int, Sequence[int]]
    milestones: Mapping[int, Sequence[int]]


def first_values(today: date) -> dict[str, str]:
    """What a fresh bid begins with: the promise that most shops make, and an ordinary day recorded today."""
    return {
        "commitments.0.kind": "share",
        "commitments.0.basis": Basis.GROSS.value,
        "commitments.0.checker": Checker.MONITOR.value,
        "baseline.visibility": "public",
        "baseline.recorded_on": today.isoformat(),
    }


def rows_of(form: Typed) -> Rows:
    held = bidding.kinds(form.values)
    return Rows(tuple(held), *(_lists(form, held, name) for name in ("ladder", "measures", "funding", "milestones")))


def _lists(form: Typed, held: list[int], name: str) -> dict[int, list[int]]:
    """For each promise the rows of one of its lists, one at least."""
    return {n: rows(form.values, f"commitments.{n}.{name}") or [0] for n in held}


def ordinary(offer: Offer, locale: str) -> str:
    """What an ordinary day brings, with its source and date."""
    return conversion.ordinary_day(offer.baseline, locale) if offer.baseline else ""


def asks_closer(form: Typed) -> bool:
    """Whether the finer figures of an ordinary day are unfolded: something stands there, or was refused."""
    names = [name for name in {*form.values, *form.errors} if re.match(r"baseline\.(tax_share|margin|units)", name)]
    return any(form.value(name) or form.error(name) for name in names)


def changed(form: Typed, wish: str, rest: str) -> Typed:
    """The form after one of its small buttons: ``add:share``, ``remove:0``, ``more:commitments.0.measures``."""
    values = {name: tuple(held) for name, held in form.values.items() if name != "do"}
    numbers = bidding.kinds(values)
    match wish:
        case "add" if rest in bidding.KINDS and len(numbers) < 20:
            n = max(numbers, default=-1) + 1
            values |= {f"commitments.{n}.kind": (rest,), f"commitments.{n}.checker": (Checker.MONITOR.value,)}
        case "remove" if rest.isdecimal():
            values = {name: held for name, held in values.items() if not name.startswith(f"commitments.{rest}.")}
        case "more" if rest.startswith("commitments."):
            values |= {f"{rest}.{max(rows(values, rest), default=-1) + 1}.name": ("",)}
    return Typed(values, prefix=form.prefix)


def sentences(locale: str) -> dict[str, list[Piece]]:
    """Each kind's sentence in its parts, in the reader's language."""
    say = translator(locale).gettext
    return {kind: bidding.pieces(say(text)) for kind, text in SENTENCES.items()}


def options(locale: str) -> dict[str, Options]:
    """What can be chosen in the blanks that are choices."""
    say = translator(locale).gettext
    return {
        "basis": [(basis.value, say(text)) for basis, text in BASES.items()],
        "topic": [("other", say(N_("Something else"))), *((topic.value, say(name)) for topic, name in TOPICS.items())],
        "checker": [(who.value, say(text)) for who, text in CHECKERS.items()],
        "due": [("date", say(N_("by"))), ("weeks", say(N_("within"))), ("days", say(N_("within (working days)")))],
        "direction": [("more", say(N_("more"))), ("fewer", say(N_("fewer")))],
        "shortfall": [(held.value, say(SHORTFALLS[held])) for held in Shortfall],
        "look": [(look.value, say(text)) for look, text in LOOKS.items()],
        "compare": [("at_least", say(N_("at least"))), ("at_most", say(N_("at most")))],
        "step": [(kind.value, say(text)) for kind, text in STEPS.items()],
    }


def labels(form: Typed, locale: str) -> dict[str, str]:
    """What each refused field is called, for the summary on top: "Promise 2, due date"."""
    say = translator(locale).gettext
    found = {}
    for name in form.errors:
        known = _label(name)
        words = [say(known)] if known else []
        if name.startswith("commitments."):
            words.insert(0, say(N_("Promise {number}")).format(number=int(name.split(".")[1]) + 1))
        if words:
            found[name] = ", ".join(words)
    return found


@dataclass(frozen=True)
class Line:
    """A hint beside the preview: the field it is about, what would be better, and the page that it names."""

    field: str
    words: Message
    see: str


def _label(name: str) -> str | None:
    """What a field is called: by the list it stands in, where that says more than its own name."""
    parts = [part for part in name.split(".") if not part.isdecimal()]
    return LABELS.get(".".join(parts[-2:])) or LABELS.get(parts[-1])


@dataclass(frozen=True)
class Draft:
    """A promise as far as it can be said: its slip with the linter's hints, or what it still lacks."""

    number: int
    slip: Slip | None = None
    hints: tuple[Line, ...] = ()
    lacks: tuple[tuple[str, Message], ...] = ()


def drafts(fields: Fields, campaign: Campaign, reader: Reader, around: Surroundings) -> list[Draft]:
    """The preview of every promise in the form."""
    numbers = [n for n in fields.indices("commitments") if fields.has(f"commitments.{n}.kind")]
    around = replace(around, ordinary=fields.has("baseline.takings.0"))
    return [_draft(fields, n, at, campaign, reader, around) for at, n in enumerate(numbers, 1)]


def _draft(fields: Fields, n: int, number: int, campaign: Campaign, reader: Reader, around: Surroundings) -> Draft:
    try:
        made = bidding.commitment(fields, n, campaign)
    except Invalid as wrong:
        say = translator(reader.locale).gettext
        lacks = [(say(_label(e.field) or N_("This promise")), e.message) for e in wrong.errors]
        return Draft(number, lacks=tuple(lacks))
    (slip,) = promised([made], reader)
    stated = replace(around, none_today=fields.has(f"commitments.{n}.baseline"))
    return Draft(number, slip, _hints(made, n, stated))


def _hints(made: Commitment, n: int, around: Surroundings) -> tuple[Line, ...]:
    """The linter's hints in the names of the form's fields."""
    return tuple(
        Line(f"commitments.{n}.{bidding.own_name(hint.field)}", hint.words, hint.see)
        for hint in linter.lint(made, around)
    )
