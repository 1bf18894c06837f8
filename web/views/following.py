"""What was filed on a promise, what others saw, what follows from the numbers, and what was said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from businesses import followthrough
from businesses.agreement import CHECKERS
from businesses.commitments import Action
from businesses.followthrough import Check, Evidence, Given, Obligation, Standing, Verdict
from core import formats
from core.i18n import N_, translator
from core.money import Money
from core.wire import Json
from web.track import Track
from web.views import documents, promises
from web.views.facts_in_words.of_promises import OUTCOMES, VERDICTS
from web.views.promises import Detail, Reader, Slip


@dataclass(frozen=True)
class Filed:
    """Something the business filed: when, what it says, the number it claims, its list and its link."""

    when: str
    note: str
    number: str
    items: tuple[str, ...]
    url: str
    files: tuple[documents.Shown, ...]
    invoiced_on: str


@dataclass(frozen=True)
class Paid:
    """What of the money that is owed was shown, as a bar and in words."""

    bar: Track
    words: str


@dataclass(frozen=True)
class Seen:
    """What somebody saw there: when, who, how much. Words of theirs are shown once somebody has read them."""

    when: str
    who: str
    number: str
    note: str
    items: tuple[str, ...]
    independent: bool


@dataclass(frozen=True)
class Judged:
    """A verdict that a person confirmed, with its reason and who looked."""

    when: str
    words: str
    by: str
    reason: str
    independent: bool


@dataclass(frozen=True)
class Said:
    """A reply of the business: its right, beside what others found."""

    when: str
    text: str
    dispute: bool


@dataclass(frozen=True)
class Asked:
    """More time that was asked for and not answered yet."""

    when: str
    until: str
    reason: str


@dataclass(frozen=True)
class Again:
    """A re-check: after how long, when, how it stands (a stamp where it was answered), why, and who looked."""

    label: str
    when: str
    stamp: str
    words: str
    reason: str
    independent: bool | None


@dataclass(frozen=True)
class Watched:
    """A promise as its page shows it. ``settled``: a verdict stands; ``steps``: how its number came about."""

    id: str
    bid: str
    slip: Slip
    settled: bool
    judged_at: datetime
    reason: str
    filed: tuple[Filed, ...]
    paid: Paid | None
    seen: tuple[Seen, ...]
    listed: tuple[tuple[str, str, str], ...]
    steps: tuple[str, ...]
    proposed: str
    judged: tuple[Judged, ...]
    said: tuple[Said, ...]
    asked: Asked | None
    next: tuple[str, ...]
    again: tuple[Again, ...]
    looks: tuple[Seen, ...]
    recheck_open: bool


def watched(obligations: list[Obligation], now: datetime, reader: Reader) -> list[Watched]:
    """Every promise of a campaign, in the order given."""
    slips = promises.followed(obligations, now, reader)
    return [watch(o, slip, now, reader) for o, slip in zip(obligations, slips, strict=True)]


def newest_verdict_first(found: list[Watched]) -> list[Watched]:
    """Those with a verdict that stands."""
    return sorted((w for w in found if w.settled), key=lambda w: w.judged_at, reverse=True)


def watch(o: Obligation, slip: Slip, now: datetime, reader: Reader) -> Watched:
    """One promise with everything that was filed on it, the newest first."""
    proposal = followthrough.propose(o)
    return Watched(
        id=o.id,
        bid=o.bid,
        slip=replace(slip, details=_with_eyes(o, slip, reader)),
        judged_at=o.verdict.at if o.verdict else o.arose_at,
        settled=o.verdict is not None and followthrough.standing(o, now) != Standing.DISPUTED,
        reason=o.verdict.reason if o.verdict else "",
        filed=tuple(_filed(e, o, reader) for e in reversed(o.evidence)),
        paid=paid(o, reader),
        seen=tuple(_seen(c, o, reader) for c in reversed(o.checks)),
        listed=_listed(o, reader),
        steps=tuple(_step(step, o, reader) for step in proposal.steps) if proposal else (),
        proposed=verdict_words(proposal.verdict, proposal.value, proposal.of, o, reader) if proposal else "",
        judged=tuple(_judged(given, o, reader) for given in reversed(o.verdicts)),
        said=tuple(Said(_day(r.at, reader), r.text, r.dispute) for r in reversed(o.replies)),
        asked=_asked(o.extension_asked, reader) if o.extension_asked else None,
        next=_next(o, now, reader),
        again=tuple(_again(asked, now, reader) for asked in followthrough.asked_again(o)),
        looks=tuple(_seen(c, o, reader) for c in reversed(o.looks)),
        recheck_open=followthrough.open_recheck(o, now) is not None,
    )


def _with_eyes(o: Obligation, slip: Slip, reader: Reader) -> tuple[Detail, ...]:
    """The slip's terms, which end with who has looked and what they counted."""
    label = reader.say(N_("Seen by"))
    told = [detail for detail in slip.details if detail[0] != label]
    if not o.checks:
        return slip.details
    return (*told, (label, _eyes(o, reader)))


def _eyes(o: Obligation, reader: Reader) -> str:
    last = o.checks[-1]
    values = {"day": _day(last.at, reader), "value": amount(last.value, o, reader)}
    monitor = next((c for c in reversed(o.checks) if c.by == "monitor"), None)
    if monitor:
        values = {"day": _day(monitor.at, reader), "value": amount(monitor.value, o, reader)}
        return reader.say(N_("{who}, independent, on {day}: {value}")).format(who=_observer(monitor, reader), **values)
    text = translator(reader.locale).ngettext(
        "{n} supporter, independent, on {day}: {value}", "{n} supporters, independent, the last on {day}", len(o.checks)
    )
    return text.format(n=formats.number(len(o.checks), reader.locale), **values)


def _day(at: datetime, reader: Reader) -> str:
    return formats.calendar_date(at, reader.locale, reader.timezone)


def amount(value: Decimal | None, o: Obligation, reader: Reader) -> str:
    """A number of this promise in its unit: "23 producers", "€700.29"; empty where there is none."""
    if value is None:
        return ""
    if isinstance(o.commitment, Action):
        unit = o.commitment.unit or o.commitment.metric
        return f"{formats.number(value, reader.locale)} {unit}"
    currency = currency_of(o)
    if currency:
        return formats.money(Money.rounded(value, currency), reader.locale)
    return formats.number(value, reader.locale)


def currency_of(o: Obligation) -> str:
    """The currency of a promise of money; empty where what is owed is not known."""
    return o.owed.currency if o.owed else ""


def _filed(e: Evidence, o: Obligation, reader: Reader) -> Filed:
    files = tuple(documents.shown(held, o, reader) for held in e.files)
    invoiced_on = formats.calendar_date(e.invoiced_on, reader.locale) if e.invoiced_on else ""
    return Filed(_day(e.at, reader), e.note, amount(e.number, o, reader), e.items, e.url, files, invoiced_on)


def paid(o: Obligation, reader: Reader) -> Paid | None:
    """ "€1,240 of €2,500 shown by 3 invoices"; None where no money is owed, or nothing of it was shown."""
    found = followthrough.paid(o)
    if found is None or not (found.invoices or found.bare):
        return None
    say = translator(reader.locale).ngettext
    by = say("{n} invoice", "{n} invoices", found.invoices), say("{n} other amount", "{n} other amounts", found.bare)
    counted = [(found.invoices, by[0]), (found.bare, by[1])]
    named = formats.named([w.format(n=formats.number(n, reader.locale)) for n, w in counted if n], reader.locale)
    values = {"shown": formats.money(found.shown, reader.locale), "due": formats.money(found.due, reader.locale)}
    words = reader.say(N_("{shown} of {due} shown by {named}")).format(named=named, **values)
    return Paid(Track.part(found.shown.amount, found.due.amount), words)


def _seen(c: Check, o: Obligation, reader: Reader) -> Seen:
    return Seen(_day(c.at, reader), _observer(c, reader), amount(c.value, o, reader), c.note, c.items, c.independent)


def _listed(o: Obligation, reader: Reader) -> tuple[tuple[str, str, str], ...]:
    """Each item of the list, by how many it was seen and by how many not found; empty while nobody has looked at it."""
    items = followthrough.by_item(o)
    if not any(item.seen or item.struck for item in items):
        return ()
    return tuple(
        (i.name, formats.number(i.seen, reader.locale), formats.number(i.struck, reader.locale)) for i in items
    )


def _observer(c: Check, reader: Reader) -> str:
    if c.by == "affected":
        return reader.say(N_("The people whom it affects"))
    if c.by != "monitor":
        return reader.say(N_("A supporter"))
    named = [member.name for member in reader.monitors if member.name]
    return named[0] if len(named) == 1 else reader.say(N_("The monitor"))


JUDGES = {"monitor": N_("The monitor"), "affected": N_("The people whom it affects")}


def _judged(given: Given, o: Obligation, reader: Reader) -> Judged:
    by = reader.say(JUDGES.get(given.by, N_("An organizer")))
    words = verdict_words(given.verdict, given.value, given.of, o, reader)
    return Judged(_day(given.at, reader), words, by, given.reason, given.seen_by == "independent")


def verdict_words(verdict: Verdict, value: Decimal | None, of: Decimal | None, o: Obligation, reader: Reader) -> str:
    """ "partly kept, 11 of 15": a verdict, with its number where it is one."""
    words = reader.say(VERDICTS[verdict.value])
    if verdict != Verdict.PARTLY_KEPT or value is None or of is None:
        return words
    text = reader.say(N_("{verdict}, {value} of {of}"))
    return text.format(verdict=words, value=_bare(value, o, reader), of=_bare(of, o, reader))


def _bare(value: Decimal, o: Obligation, reader: Reader) -> str:
    """A number without its unit; of money, the amount."""
    if isinstance(o.commitment, Action) or not currency_of(o):
        return formats.number(value, reader.locale)
    return amount(value, o, reader)


def _asked(body: Json, reader: Reader) -> Asked:
    until = formats.calendar_date(date.fromisoformat(body["due_on"]), reader.locale)
    return Asked(_day(datetime.fromisoformat(body["at"]), reader), until, body["reason"])


def _step(step: Json, o: Obligation, reader: Reader) -> str:
    return _STEPS[step["code"]](step, o, reader)


def _monitor_counted(step: Json, o: Obligation, reader: Reader) -> str:
    text = reader.say(N_("The monitor counted {value}. An independent count comes first."))
    return text.format(value=amount(Decimal(step["value"]), o, reader))


def _supporters_counted(step: Json, o: Obligation, reader: Reader) -> str:
    text = translator(reader.locale).ngettext(
        "{n} supporter counted {value}.", "{n} supporters counted; the one in the middle is {value}.", step["reports"]
    )
    return text.format(
        n=formats.number(step["reports"], reader.locale), value=amount(Decimal(step["value"]), o, reader)
    )


def _business_says(step: Json, o: Obligation, reader: Reader) -> str:
    text = reader.say(N_("The business says {value}. Nobody independent has counted."))
    return text.format(value=amount(Decimal(step["value"]), o, reader))


def _compared(step: Json, o: Obligation, reader: Reader) -> str:
    values = {name: _bare(Decimal(step[name]), o, reader) for name in ("value", "of")}
    if not o.baseline:
        return reader.say(N_("That is {value} of the {of} promised.")).format(**values)
    text = reader.say(N_("Counted from today’s {baseline}, that is {value} of the {of} promised."))
    return text.format(baseline=formats.number(o.baseline, reader.locale), **values)


def _list_looked_at(step: Json, o: Obligation, reader: Reader) -> str:
    text = reader.say(N_("Of the {of} on the list somebody saw {seen}, and somebody did not find {struck}."))
    return text.format(**{name: formats.number(step[name], reader.locale) for name in ("of", "seen", "struck")})


_STEPS: dict[str, Callable[[Json, Obligation, Reader], str]] = {
    "monitor_counted": _monitor_counted,
    "supporters_counted": _supporters_counted,
    "business_says": _business_says,
    "list_looked_at": _list_looked_at,
    "compared": _compared,
}


_STAMPS = {"still_kept": "kept", "lapsed": "lapsed", "unknown": "unknown", "open": "in_progress", "planned": "not_due"}


def _again(asked: followthrough.Asked, now: datetime, reader: Reader) -> Again:
    stands, given = asked.stands(now), asked.given
    label = translator(reader.locale).ngettext("After {n} month", "After {n} months", asked.months)
    states = {"planned": N_("Planned"), "open": N_("Open until {day}"), **OUTCOMES}
    words = reader.say(states[stands]).format(day=_last_day(asked.until, reader))
    return Again(
        label=label.format(n=formats.number(asked.months, reader.locale)),
        when=_day(given.at if given else asked.opens_at, reader),
        stamp=_STAMPS[stands],
        words=words[:1].upper() + words[1:],
        reason=given.reason if given else "",
        independent=given.seen_by == "independent" if given else None,
    )


NEXT = {
    "milestone": N_("By {day} the business has to show how far it is: the next milestone falls due."),
    "proof": N_(
        "By {day} the business shows that it was done. If it files nothing that keeps it, it is late by itself."
    ),
    "silence": N_("If the business files nothing by {day}, it is unknown: neither kept nor broken."),
    "verdict": N_("A verdict is due by {day} from {who}; after that it is unknown."),
    "dispute": N_("{who} look again by {day}; if nobody decides, it is unknown: neither kept nor broken."),
    "extension": N_("More time is asked for: {who} answer by {day}, or the question lapses and the date stays."),
    "recheck": N_("On {day} it is asked again whether this is still kept. To answer: {who}."),
    "recheck_open": N_("Is it still kept? To answer by {day}: {who}. After that the re-check is unknown."),
    "reply": N_("The business can reply to the verdict, or dispute it, until {day}."),
}
"""What happens next, when, and by whom, by the code of the step."""


def _next(o: Obligation, now: datetime, reader: Reader) -> tuple[str, ...]:
    return tuple(
        reader.say(NEXT[step.code]).format(
            day=_day_of(step, reader), who=reader.say(CHECKERS.get(step.by, N_("the business")))
        )
        for step in followthrough.agenda(o, now)
    )


def _day_of(step: followthrough.Step, reader: Reader) -> str:
    """The day that a term ends with; a re-check begins on its day."""
    return _day(step.at, reader) if step.code == "recheck" else _last_day(step.at, reader)


def _last_day(at: datetime, reader: Reader) -> str:
    """The day that the instant ends, or the day it lies in."""
    return formats.calendar_date(at - timedelta(seconds=1), reader.locale, reader.timezone)
