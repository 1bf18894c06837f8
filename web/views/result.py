"""The result: the till, what is owed with its formula, whether it was more than usual, and what is counted apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from businesses import words
from businesses.commitments import Action, Basis, Commitment, PerUnit, Share, StepKind
from businesses.service.following import allocated
from businesses.values import Bid
from campaigns.values import Campaign, GoalKind
from core import formats
from core.i18n import N_, translator
from core.money import Money
from core.wire import Json, money, plain
from web.speech import speech
from web.track import Track
from web.views import outcome
from web.views.works import Works, bought

Row = tuple[str, str]
_SIDES = ("low", "high")


@dataclass(frozen=True)
class Ladder:
    """What was counted, against the goal and the steps of the promises."""

    figure: str
    bar: Track
    label: str
    steps: tuple[Row, ...]


@dataclass(frozen=True)
class Owed:
    """What one promise of money comes to: the terms above the line, the sum below, and the formula as computed."""

    promise: str
    rows: tuple[Row, ...]
    amount: str
    formula: str
    note: str
    due: str
    works: Works | None


@dataclass(frozen=True)
class Sum:
    """Till less something: terms, result, and a remark."""

    rows: tuple[Row, ...]
    result: Row
    note: str


@dataclass(frozen=True)
class TillRow:
    """The till of one window; ``other`` is the second figure of a disputed one."""

    when: str
    shop: str
    takings: str
    other: str
    state: str
    source: str = ""
    proofs: str = ""
    slip: bool = False
    seen: str = ""
    counts: str = ""


class Teller:
    """Says a tally in the reader's language."""

    def __init__(self, campaign: Campaign, tally: Json, locale: str) -> None:
        self.campaign, self.tally, self.locale = campaign, tally, locale
        self.say = translator(locale).gettext

    def amount(self, value: Json | Money | None) -> str:
        held = value if isinstance(value, Money) else money(value)
        return "" if held is None else formats.money(held, self.locale, exact=True)

    @property
    def till(self) -> Json:
        return self.tally["till"] or {}

    @property
    def takings(self) -> Money | None:
        return money(self.till.get("takings"))


def headline(t: Teller, names: Sequence[str]) -> str:
    """The outcome; while it is live or interim what is known so far, and that it is not final."""
    if t.tally["state"] == "final":
        return outcome.headline(t.tally, names, t.locale)
    if t.takings is not None:
        return t.say(N_("The till says {takings}. This is not final yet.")).format(takings=t.amount(t.takings))
    if t.till.get("windows"):
        return t.say(N_("The till total is in; only who checks it sees the figures. This is not final yet."))
    if t.tally["state"] == "interim":
        return t.say(N_("The doors are closed. The till total is still to come."))
    people = t.tally["attended"]["people"]
    text = translator(t.locale).ngettext("{n} person has come so far.", "{n} people have come so far.", people)
    return text.format(n=formats.number(people, t.locale))


def ladder(t: Teller, commitments: Iterable[Commitment]) -> Ladder | None:
    """The till against its steps; None where nothing was counted, or nothing was to be reached."""
    steps = sorted({*_goal_step(t), *_promise_steps(t, commitments)}, key=lambda step: step[0])
    if t.takings is None or not steps:
        return None
    figure, real = t.amount(t.takings), t.takings.amount
    told = tuple(
        (formats.money(Money.rounded(at, t.campaign.currency), t.locale), _reached(t, said, reached=real >= at))
        for at, said in steps
    )
    bar = Track.of(real, Decimal(0), [at for at, _ in steps])
    label = t.say(N_("{amount} counted. Steps at {steps}"))
    return Ladder(figure, bar, label.format(amount=figure, steps=", ".join(at for at, _ in told)), told)


def _goal_step(t: Teller) -> list[tuple[Decimal, str]]:
    goal = t.campaign.goal
    return [(goal.target, t.say(N_("The goal")))] if goal.kind == GoalKind.TAKINGS and goal.target else []


def _promise_steps(t: Teller, commitments: Iterable[Commitment]) -> list[tuple[Decimal, str]]:
    found = []
    for held in (c for c in commitments if isinstance(c, Action)):
        for step in (s for s in held.ladder if s.kind == StepKind.TAKINGS):
            number = formats.number(Decimal(plain(step.target)), t.locale)
            found.append((step.at_least, f"{number} {held.metric}"))
    return found


def _reached(t: Teller, said: str, *, reached: bool) -> str:
    text = N_("{step}. Reached.") if reached else N_("{step}. Not reached.")
    return t.say(text).format(step=said)


def goal(t: Teller) -> str:
    """Whether the day brought what was hoped for, in a sentence; empty without a goal."""
    told = t.tally["goal"]
    if t.campaign.goal.kind == GoalKind.NONE:
        return ""
    if told["reached"] is None:
        return t.say(N_("Whether the goal was reached is not known."))
    if t.campaign.goal.kind in _COUNTED and told["value"] is not None:
        return _counted_goal(t, told)
    return t.say(N_("The goal was reached.") if told["reached"] else N_("The goal was not reached."))


_COUNTED = {
    GoalKind.HEADCOUNT: (N_("The goal was reached: {value} of {target} people came."),
                         N_("The goal was not reached: {value} of {target} people came.")),
    GoalKind.UNITS: (N_("The goal was reached: {value} of {target} were sold."),
                     N_("The goal was not reached: {value} of {target} were sold.")),
}  # fmt: skip


def _counted_goal(t: Teller, told: Json) -> str:
    """A goal of people or things in figures: takings have their bar."""
    reached, missed = _COUNTED[t.campaign.goal.kind]
    value, target = (formats.number(Decimal(told[name]), t.locale) for name in ("value", "target"))
    return t.say(reached if told["reached"] else missed).format(value=value, target=target)


def apart(t: Teller) -> list[str]:
    """Who is counted apart."""
    plural = translator(t.locale).ngettext
    late, codes = t.tally["joined_late"]["people"], t.tally["without_address"]["people"]
    told = []
    if late:
        text = plural("{n} person joined late, counted apart.", "{n} people joined late, counted apart.", late)
        told.append(text.format(n=late))
    if codes:
        text = plural("{n} came without an address, counted apart.", "{n} came without address, counted apart.", codes)
        told.append(text.format(n=codes))
    return told


def anyway(t: Teller) -> str:
    """The honest answer to the oldest doubt, with its count: who would have bought there anyway; empty if unasked."""
    asked, yes = (t.tally.get("anyway", {}).get(name, 0) for name in ("asked", "yes"))
    if not asked:
        return ""
    share = (Decimal(yes) / asked * 100).quantize(Decimal(1), ROUND_HALF_EVEN)
    text = translator(t.locale).ngettext(
        "{asked} person was asked at the door. Would have bought here anyway: {yes} ({share}).",
        "{asked} people were asked at the door. Would have bought here anyway: {yes} ({share}).",
        asked,
    )
    numbers = {"asked": formats.number(asked, t.locale), "yes": formats.number(yes, t.locale)}
    return text.format(**numbers, share=formats.percent(share, t.locale))


def tills(t: Teller, names: Mapping[str, str]) -> list[TillRow]:
    """Every window of every winner: what is not there is said to be unknown."""
    known = {(w["window"], w["business"]): w for w in t.till.get("windows", [])}
    places = [(window, w.business) for window in t.campaign.windows for w in t.campaign.winners]
    return [
        _till_row(t, formats.span(window.opens_at, window.closes_at, t.locale, t.campaign.timezone),
                  names.get(business, ""), known.get((window.id, business)))
        for window, business in places
    ]  # fmt: skip


def _till_row(t: Teller, when: str, shop: str, told: Json | None) -> TillRow:
    if told is None:
        return TillRow(when, shop, t.say(N_("Unknown")), "", "unknown")
    if told["takings"] is None:
        return TillRow(
            when, shop, t.say(N_("Known to the checker only")), "", "hidden", *_source(t, told), seen=_seen(t, told)
        )
    slip = told.get("entered") == "slip"
    other = t.amount(told["counter_takings"]) if told["state"] == "disputed" else ""
    source = _source(t, told)
    return TillRow(when, shop, t.amount(told["takings"]), other, told["state"], *source, slip, counts=_counts(t, told))


def _counts(t: Teller, told: Json) -> str:
    """What was counted beside the money: transactions and people apart (DOMAIN.md, 12); empty where nothing was."""
    names = [name for name in ("customers", "transactions", "units") if told.get(name) is not None]
    return " · ".join(f"{t.say(FIGURES[name])}: {formats.number(told[name], t.locale)}" for name in names)


def _seen(t: Teller, told: Json) -> str:
    """Who has seen figures that are kept from the public, and what they said to them."""
    if told["state"] == "declared":
        return t.say(N_("Declared by the business. Nobody has checked it yet."))
    if told["state"] == "disputed":
        return t.say(N_("Who checks it has seen it and counts otherwise."))
    seen = {
        "monitor": N_("Seen and confirmed by the monitor."),
        "organizer": N_("Seen and confirmed by the organizers."),
    }
    return t.say(seen.get(told.get("seen_by", ""), N_("Declared by the business, confirmed by the organizers.")))


def between(t: Teller) -> str:
    """Between which round figures takings lie that are kept for the checker; empty where they are public."""
    told = t.till.get("range")
    if not told:
        return ""
    text = t.say(N_("Taken in all: between {low} and {high}. The exact figures are known to who checks them."))
    low, high = (formats.money(bound, t.locale) for side in _SIDES if (bound := money(told[side])) is not None)
    return text.format(low=low, high=high)


def _source(t: Teller, told: Json) -> tuple[str, str]:
    """How a till total came in, and how many proofs of it there are for whom; of older tallies nothing is known."""
    sources = {"file": N_("Summed from the till’s own file."), "slip": N_("Entered by crew from the slip.")}
    if told.get("entered") == "slip" and told.get("countersigned"):
        sources["slip"] = N_("Entered by crew from the slip, countersigned by the business.")
    source, count = sources.get(told.get("entered", ""), ""), told.get("proofs", 0)
    plural = translator(t.locale).ngettext
    proofs = plural("{n} proof is attached.", "{n} proofs are attached.", count).format(n=count) if count else ""
    who = N_("The business and who checks it can see it.")
    return t.say(source) if source else "", f"{proofs} {t.say(who)}" if proofs else ""


def owed(t: Teller, bids: Sequence[Bid]) -> list[Owed]:
    """A sum for each promise of money, with its formula."""
    held = {c.id: c for bid in bids for c in bid.promised}
    return [_owed(t, line, held[line["commitment"]]) for line in t.tally["owed"] or [] if line["commitment"] in held]


def _owed(t: Teller, line: Json, promise: Commitment) -> Owed:
    amount = money(line["amount"])
    range_ = line.get("range")
    shown, note = t.amount(amount), ""
    if range_:
        text = t.say(N_("{low} to {high}"))
        shown = text.format(low=t.amount(range_["low"]), high=t.amount(range_["high"]))
        note = t.say(N_("The two sides counted differently. A monitor decides; without one it stays a range."))
    elif amount is None:
        shown = t.say(N_("Not computable"))
        note = t.say(N_("A figure that it needs is not known."))
    elif line["formula"] is None:
        note = t.say(N_("The figures are known to the checker only."))
    return Owed(
        promise=words.sentence(promise, speech(t.campaign.language)),
        rows=tuple(_terms(t, promise)),
        amount=shown,
        formula=line["formula"] or "",
        note=note,
        due=formats.calendar_date(promise.due_on, t.locale),
        works=bought(promise.plan, allocated(promise, amount), t.locale) if promise.measures else None,
    )


def _terms(t: Teller, promise: Commitment) -> list[Row]:
    """What stands above the line: the day's figure and the promised part of it."""
    if isinstance(promise, Share):
        shown = [(t.say(N_("Till total")), t.amount(t.takings))] if t.takings else []
        part = formats.percent(Decimal(plain(promise.effective)), t.locale)
        return [*shown, *_less(t, promise.basis), (t.say(N_("promised share")), f"× {part}")]
    if isinstance(promise, PerUnit):
        sold = t.till.get("units")
        shown = [(t.say(N_("Sold")), formats.number(sold, t.locale))] if sold is not None else []
        return [*shown, (t.say(N_("for each {unit}")).format(unit=promise.unit), f"× {t.amount(promise.amount)}")]
    return []


def _less(t: Teller, basis: Basis) -> list[Row]:
    """What is taken off the till before the share; cost is never public, so there the formula alone tells it."""
    tax, base = money(t.till.get("tax")), t.tally["baseline"]
    usually = money(base["amount"]) if base else None
    label, off = (N_("less an ordinary day"), usually) if basis == Basis.EXTRA else (N_("less tax"), tax)
    return [(t.say(label), t.amount(-off))] if off is not None and basis != Basis.GROSS else []


def uplift(t: Teller, source: str) -> Sum | None:
    """Takings less the baseline of the same hours; None where one of the two is unknown."""
    base, more = t.tally["baseline"], t.tally["uplift"]
    usually = money(base["amount"]) if base else None
    if usually is None or not more:
        return None
    usual = t.say(N_("Ordinary day: {source}")).format(source=source) if source else t.say(N_("Ordinary day"))
    rows = ((t.say(N_("Till total")), t.amount(t.takings)), (usual, t.amount(-usually)))
    told = [t.say(N_("The ordinary day was declared after the day."))] if base["declared_after"] else []
    amount = _about(t, t.amount(more["amount"])) if more.get("about") else t.amount(more["amount"])
    if base.get("about"):
        told.append(t.say(N_("The ordinary day is an estimate, and so is the uplift.")))
    if base.get("range") and more.get("range"):
        text = t.say(N_("The {n} ordinary days lay between {low} and {high}: an uplift of {least} to {most}."))
        low, high, least, most = (t.amount(each[side]) for each in (base["range"], more["range"]) for side in _SIDES)
        told.append(text.format(n=base["days"], low=low, high=high, least=least, most=most))
    return Sum(rows, (t.say(N_("Uplift")), amount), " ".join(told))


def _about(t: Teller, amount: str) -> str:
    return t.say(N_("about {amount}")).format(amount=amount)


def gap(t: Teller) -> str:
    """The till beside what was noted at the door, in a sentence."""
    if not t.tally["gap"]:
        return ""
    difference = money(t.tally["gap"]["amount"])
    assert difference is not None
    if not difference:
        return t.say(N_("The door noted exactly what the till says."))
    if difference.minor > 0:
        return t.say(N_("The door noted {amount} less than the till.")).format(amount=t.amount(difference))
    return t.say(N_("The door noted {amount} more than the till.")).format(amount=t.amount(-difference))


FIGURES = {
    "takings": N_("Takings"),
    "tax": N_("Tax"),
    "cost": N_("Cost"),
    "baseline": N_("Ordinary day"),
    "units": N_("Things sold"),
    "transactions": N_("Transactions"),
    "customers": N_("Customers"),
}


@dataclass(frozen=True)
class Corrected:
    """A correction with both figures."""

    when: str
    figure: str
    was: str
    now: str
    reason: str


def corrections(t: Teller, told: Iterable[tuple[str, str | None, str, str, str]]) -> list[Corrected]:
    """Every correction: (field, before, after, reason, when) with its figures as numbers in text."""
    return [
        Corrected(when, t.say(FIGURES[field]), _figure(t, field, before), _figure(t, field, after), reason)
        for field, before, after, reason, when in told
    ]


def _figure(t: Teller, field: str, value: str | None) -> str:
    if value is None:
        return t.say(N_("Unknown"))
    if field in {"takings", "tax", "cost", "baseline"}:
        return t.amount(Money.parse(value, t.campaign.currency))
    return formats.number(int(value), t.locale)
