"""The business's own count: declared, confirmed, disputed, decided, corrected (API.md; DOMAIN.md, 11 and 12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from campaigns import rules as campaigns
from campaigns.tally import TillState
from campaigns.values import Campaign, State
from core import text
from core.errors import Conflict, Forbidden, Invalid, require
from core.facts import Fact
from core.money import Money, parse_decimal
from core.wire import Json
from pledges import facts
from pledges.rules.promises import local
from pledges.values import (
    MOST_PROOFS,
    Correction,
    Entered,
    Figure,
    Proof,
    TillFigures,
    TillTotal,
    Visibility,
    check_currency,
)

# Tipped, too: a window that has closed is closed, even where no worker has moved the campaign on.
COUNTED_IN = (State.TIPPED, State.MOBBING, State.COUNTING)
CORRECTED_IN = (State.FINAL, State.FOLLOWING, State.DONE)
MONEY = ("takings", "tax", "cost", "baseline")
COUNTS = ("units", "transactions", "customers")

Change = tuple[TillTotal, list[Fact]]


def demand_counting(campaign: Campaign, business: str) -> None:
    """Raise unless a winner's till is counted in this state of the campaign."""
    if business not in {w.business for w in campaign.winners}:
        raise Forbidden("Only the business that won the campaign may do this")
    campaigns.demand(campaign, *COUNTED_IN)


def demand_closed(campaign: Campaign, business: str, window_id: str, now: datetime) -> None:
    """Raise unless a winner of the campaign may declare this window's total now."""
    demand_counting(campaign, business)
    closes = campaign.window(window_id).closes_at
    if now < closes:
        raise Conflict("The window closes on {at}; declare its total after that", at=local(campaign, closes))


def same(held: TillTotal | None, till: TillTotal) -> bool:
    """Whether a declaration says what stands already: then nothing happens, so a file sent twice is one."""
    told = ("figures", "visibility", "entered")
    return held is not None and all(getattr(held, name) == getattr(till, name) for name in told)


def declare(held: TillTotal | None, till: TillTotal) -> Change:
    """A business's total for a window, or another one in its place while nobody has answered it. Raises Conflict."""
    if held is not None and held.state != TillState.DECLARED:
        raise Conflict("This till total is {state}: it can no longer be declared anew", state=held.state)
    kept = till if held is None else replace(till, id=held.id, proofs=held.proofs)
    shown = None if kept.hidden else kept.figures
    visibility, entered = kept.visibility.value, kept.entered.value
    made: list[Fact] = [facts.TillDeclared(kept.id, kept.window, kept.business, visibility, shown, entered)]
    if kept.hidden:
        made.append(facts.TillFiguresGiven(kept.id, kept.figures))
    return kept, made


def enter_slip(held: TillTotal | None, till: TillTotal) -> Change:
    """Crew's reading of a slip: it never takes the place of what the business says itself. Raises Conflict."""
    if held is not None and not held.lacks_signature:
        raise Conflict("The business has given its own till total for these hours")
    return declare(held, till)


def countersign(till: TillTotal, now: datetime) -> Change:
    """The business says yes to crew's reading of its slip; said again, it changes nothing. Raises Conflict."""
    if till.entered != Entered.SLIP:
        raise Conflict("This till total is your own: there is nothing to countersign")
    if till.countersigned_at is not None:
        return till, []
    return replace(till, countersigned_at=now), [facts.TillCountersigned(till.id)]


def attach(till: TillTotal, proof: Proof) -> Change:
    """One more proof. Raises Conflict where there are enough."""
    if till.proofs >= MOST_PROOFS:
        raise Conflict("{most} proofs of one till total are enough", most=MOST_PROOFS)
    fact = facts.TillProofGiven(till.id, proof.form.value, proof.content, proof.by)
    return replace(till, proofs=till.proofs + 1), [fact]


def confirm(till: TillTotal, correction: Money | None, reason: str, now: datetime, by: str = "") -> Change:
    """An answer: right, or disputed by another figure with a reason. The same answer twice is one.

    ``by``: whose, "organizer" or "monitor" (of figures kept from the public, who saw them). Raises Conflict where a
    different answer was given before.
    """
    check_currency(correction, till.declared.currency, "correction")
    require(correction is None or correction.minor >= 0, "correction", "must not be below 0")
    counter = None if correction == till.declared else correction
    if till.state != TillState.DECLARED:
        _demand_same(till, counter)
        return till, []
    if till.lacks_signature:
        raise Conflict("Crew entered this from the slip: the business has to countersign it first")
    if counter is None:
        confirmed = replace(till, state=TillState.CONFIRMED, confirmed_at=now, seen_by=by)
        return confirmed, [facts.TillConfirmed(till.id, by)]
    return _dispute(replace(till, seen_by=by), counter, text.clean(reason, "reason", 1000, least=1))


def _demand_same(till: TillTotal, counter: Money | None) -> None:
    if counter != till.counter_takings:
        raise Conflict("Another organizer has answered already: this till total is {state}", state=till.state)


def _dispute(till: TillTotal, counter: Money, reason: str) -> Change:
    disputed = replace(till, state=TillState.DISPUTED, counter_takings=counter, reason=reason)
    made: list[Fact] = [facts.TillDisputed(till.id, None if till.hidden else counter, reason, till.seen_by)]
    if till.hidden:
        made.append(facts.TillCounterGiven(till.id, counter))
    return disputed, made


def resolve(till: TillTotal, chosen: Figure, reason: str, now: datetime) -> Change:
    """The monitor's decision: one of the two figures comes into force, both stay visible. Raises Conflict."""
    if till.state != TillState.DISPUTED or till.counter_takings is None:
        raise Conflict("This till total is {state}: there is nothing to decide", state=till.state)
    words = text.clean(reason, "reason", 1000, least=1)
    figures = till.figures
    if chosen == Figure.COUNTER:
        figures = _with_takings(figures, till.counter_takings)
    settled = replace(
        till, figures=figures, state=TillState.CONFIRMED, confirmed_at=now, reason=words, seen_by="monitor"
    )
    return settled, [facts.TillResolved(till.id, chosen.value, words)]


def _with_takings(figures: TillFigures, takings: Money) -> TillFigures:
    """The organizer's takings; a tax above them was the tax of something else, and is unknown now."""
    tax = figures.tax if figures.tax is not None and figures.tax <= takings else None
    return replace(figures, takings=takings, tax=tax)


def read_figure(field: str, value: Json | str, currency: str) -> Money | int:
    """A figure from its wire form: money in the campaign's currency, else a whole number. Raises Invalid."""
    known = ", ".join((*MONEY, *COUNTS))
    require(field in MONEY or field in COUNTS, "field", "one of {known}", known=known)
    amount = value if isinstance(value, str) else str(value["amount"])
    if field in MONEY:
        read = Money.parse(amount, currency if isinstance(value, str) else value["currency"], "value")
        check_currency(read, currency, "value")
        return read
    number = parse_decimal(amount, "value")
    require(number == number.to_integral_value(), "value", "a whole number, 0 or more")
    return int(number)


def correct(
    till: TillTotal,
    field: str,
    value: Json | str,
    reason: str,
    correction_id: str,
    now: datetime,
    *,
    known: bool = True,
) -> Correction:
    """Another figure after the final tally: the till as it stands then, what was before, and why.

    Of a till total that is not ``known``, the takings come first. Raises Invalid, Conflict.
    """
    words = text.clean(reason, "reason", 1000, least=1)
    new = read_figure(field, value, till.declared.currency)
    if not known and field != "takings":
        raise Conflict("No till total was declared for this window: correct its takings first")
    corrected = replace(till, figures=_checked(till.figures, field, new))
    if not known:
        corrected = replace(corrected, declared=corrected.figures.takings)
    before = getattr(till.figures, field) if known else None
    told = None if before is None else str(before)
    return Correction(correction_id, corrected, field, told, str(new), words, now)


def _checked(figures: TillFigures, field: str, new: Money | int) -> TillFigures:
    try:
        return replace(figures, **{field: new})  # type: ignore[arg-type]  # read_figure gives each field its kind
    except Invalid as wrong:
        raise Invalid([replace(error, field="value") for error in wrong.errors]) from None


def unknown(campaign: Campaign, window: str, business: str, till_id: str, now: datetime) -> TillTotal:
    """The till total that nobody declared in time: a correction of its takings makes it known, and confirmed."""
    nothing = Money.zero(campaign.currency)
    return TillTotal(
        id=till_id,
        campaign=campaign.id,
        window=window,
        business=business,
        figures=TillFigures(nothing),
        declared=nothing,
        visibility=Visibility.PUBLIC,
        state=TillState.CONFIRMED,
        declared_at=now,
        confirmed_at=now,
    )
