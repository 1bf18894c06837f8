"""Can a promise be checked? Advice beside the sentence builder, never a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from businesses.commitments import Action, Basis, Checker, Commitment, Share
from core.errors import Message
from core.i18n import N_


@dataclass(frozen=True)
class Advice:
    """One line: good as it is, or what would make it better."""

    good: bool
    words: Message


def advice(held: Commitment, *, baseline: bool) -> list[Advice]:
    """What a reader of the promise would ask. ``baseline``: the bid says what an ordinary day brings."""
    return [*_counted(held), *_proved(held), *_seen(held), *_computed(held, baseline=baseline)]


def _counted(held: Commitment) -> Iterator[Advice]:
    if not isinstance(held, Action):
        yield Advice(True, Message(N_("A number and a date.")))
        return
    if held.baseline:
        yield Advice(True, Message(N_("A number, a starting point and a date.")))
    else:
        words = N_("How many are there today? Without that nobody sees the difference. Leave it empty only for none.")
        yield Advice(False, Message(words))
    if not held.definition:
        words = N_("Say what counts as {metric}, and what does not. Else two people count differently.")
        yield Advice(False, Message(words, {"metric": held.metric}))


def _proved(held: Commitment) -> Iterator[Advice]:
    if held.proof:
        yield Advice(True, Message(N_("You say what you will show.")))
    else:
        yield Advice(False, Message(N_("Say what you will show: an invoice, a photo, a list.")))


def _seen(held: Commitment) -> Iterator[Advice]:
    if held.checker == Checker.ORGANIZER:
        words = N_("Only the organizers look: then it can be kept by the parties' own account, without a badge.")
        yield Advice(False, Message(words))
    else:
        yield Advice(True, Message(N_("Independent eyes will look.")))


def _computed(held: Commitment, *, baseline: bool) -> Iterator[Advice]:
    """A share of something needs that something on the day."""
    if not isinstance(held, Share):
        return
    match held.basis:
        case Basis.EXTRA if not baseline:
            words = N_("Extra over what? Fill in the ordinary day below, else nothing can be computed.")
            yield Advice(False, Message(words))
        case Basis.NET:
            yield Advice(True, Message(N_("After the day you also enter the tax.")))
        case Basis.PROFIT:
            yield Advice(True, Message(N_("After the day you also enter tax and cost.")))
