"""Each rule of the linter: what a careful reader of a promise would ask. Source: the promise's words in DOMAIN.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from businesses.commitments import Action, Basis, Checker, Commitment, Fixed, PerUnit, Share, StepKind
from businesses.linter import words
from businesses.linter.values import Comparable, Hint, Surroundings
from businesses.words import N_
from core.errors import Message
from core.money import Money, total


def vague_verb(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """ "Support", "improve", "raise awareness": nobody can say whether it was done."""
    if isinstance(held, Action) and words.says(held.verb, words.VAGUE):
        text = N_("“{verb}” cannot be counted. Say what you will do: stock, install, pay, train, replace.")
        yield Hint("vague_verb", Message(text, {"verb": held.verb}), "verb")


def no_baseline(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """More than what? A share of extra takings needs an ordinary day in the same way."""
    if isinstance(held, Action) and not held.baseline and not around.none_today:
        text = N_(
            "How many are there today, and who counted? Without that nobody sees the difference. Write 0 for none."
        )
        yield Hint("no_baseline", Message(text), "baseline")
    if isinstance(held, Share) and held.basis == Basis.EXTRA and not around.ordinary:
        text = N_("Extra over what? Give the takings of an ordinary day, else nothing can be computed.")
        yield Hint("no_baseline", Message(text), "basis")


def no_definition(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """What counts and what does not; for money, what it is spent on."""
    if isinstance(held, Action):
        if not held.definition:
            text = N_("Say what counts as {metric}, and what does not. Else two people count differently.")
            yield Hint("no_definition", Message(text, {"metric": held.metric}), "definition")
    elif not held.purpose and not held.measures:
        text = N_("Say what the money is for. Else nobody can see whether it went there.")
        yield Hint("no_definition", Message(text), "purpose")


def below_baseline(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """A promise of more that ends below today's number."""
    if not isinstance(held, Action) or held.more:
        return
    if words.says(held.verb, words.MORE) or words.is_good(held.metric):
        text = N_("{target} is less than today’s {baseline}. Is less of it meant?")
        told = Message(text, {"target": held.target, "baseline": held.baseline})
        yield Hint("below_baseline", told, "target")


def below_comparable(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """Less than half of those who promised the same; the nearest above is named."""
    match held:
        case Share():
            alike = [c for c in around.comparables if c.basis == held.basis]
            yield from _below(held.effective, alike, "share")
        case Action(more=True):
            alike = [c for c in around.comparables if words.shared(c.metric, held.metric)]
            yield from _below(held.target - held.baseline, alike, "target")


def _below(given: Decimal, alike: Sequence[Comparable], field: str) -> Iterator[Hint]:
    above = sorted((c for c in alike if c.number > given), key=lambda c: (c.number, c.name))
    if not above or len(above) * 2 < len(alike):
        return
    nearest = above[0]
    values = {"name": nearest.name, "number": nearest.number, "metric": nearest.metric}
    told = Message(_NEAREST[field, len(above) > 1], values | {"above": len(above)})
    yield Hint("below_comparable", told, field, nearest.page)


_NEAREST = {
    ("share", False): N_("{name} gave {number}%."),
    ("share", True): N_("{name} gave {number}%. {above} known promises of this kind are higher."),
    ("target", False): N_("{name} promised {number} {metric}."),
    ("target", True): N_("{name} promised {number} {metric}. {above} known promises of this kind are higher."),
}
"""By field, and by whether several promised more."""


def before_the_money(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """A date on which the till may not be confirmed yet: neither what is owed nor the ladder's step is known."""
    waits = isinstance(held, (Share, PerUnit)) or (
        isinstance(held, Action) and any(s.kind != StepKind.HEADCOUNT for s in held.ladder)
    )
    if waits and around.money_on and held.due_on <= around.money_on:
        text = "The till may be confirmed only on {day}, so the money may not be there yet. Choose a later date."
        field = "due_on" if not held.counts_from_the_day else "due_weeks"
        yield Hint("before_the_money", Message(text, {"day": around.money_on}), field)


def beyond_the_money(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """Works that cost more than the promise gives on the day that the campaign expects."""
    given = _given(held, around)
    if given is None or {m.price.currency for m in held.measures} != {given.currency}:
        return
    price = total([m.price for m in held.measures], given.currency)
    if price > given:
        text = N_(
            "The works cost {price}; on the day that is expected this promise gives {given}. Say who pays the rest."
        )
        yield Hint("beyond_the_money", Message(text, {"price": price, "given": given}), "measures")


def _given(held: Commitment, around: Surroundings) -> Money | None:
    """What the promise gives: a fixed sum in any case, the others on the day as it is expected."""
    if isinstance(held, Fixed):
        return held.amount
    owed = held.owed(around.expected) if around.expected and not isinstance(held, Action) else None
    return owed.amount if owed else None


def no_proof(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """Nothing to see, the promise once more, or papers that who checks cannot see."""
    if not held.proof:
        yield Hint("no_proof", Message(N_("Say what you will show: an invoice, a photo, a list.")), "proof")
    elif all(words.says(each, words.OWN_WORD) for each in held.proof):
        text = N_("“{proof}” is no proof but the promise once more. Name something that others can look at.")
        yield Hint("no_proof", Message(text, {"proof": held.proof[0]}), "proof")
    elif held.checker == Checker.SUPPORTERS and all(words.says(each, words.INSIDE) for each in held.proof):
        text = N_("Supporters cannot see “{proof}”. Name something that hangs in the shop, or let a monitor check.")
        yield Hint("no_proof", Message(text, {"proof": held.proof[0]}), "proof")


def own_eyes(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """Kept without independent eyes reads "by the parties' own account" (DOMAIN.md, 16)."""
    if held.checker == Checker.ORGANIZER:
        text = N_("Only the organizers look: then it can be kept by the parties' own account, without a badge.")
        yield Hint("own_eyes", Message(text), "checker")


def vanity(held: Commitment, around: Surroundings) -> Iterator[Hint]:
    """Attention, or a big round number out of nowhere."""
    if not isinstance(held, Action):
        return
    if words.says(held.metric, words.SEEN_ONLY):
        text = N_("{metric}: that counts who looked, not what changed. Promise what changes.")
        yield Hint("vanity", Message(text, {"metric": held.metric}), "metric")
    elif _is_round(held.target) and not held.baseline and not held.definition:
        text = N_("{target} is a big round number. Where does it come from, and who would count it?")
        yield Hint("vanity", Message(text, {"target": held.target}), "target")


def _is_round(number: Decimal) -> bool:
    """A thousand or more with a single digit before the zeros."""
    return number >= 1000 and len(number.normalize().as_tuple().digits) == 1
