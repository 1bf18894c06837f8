"""How many plan to come, what they plan to spend, and what is still needed: hatched, for it is promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from businesses.commitments import Action, Commitment, StepKind
from campaigns.rules import is_reached
from campaigns.tally import PledgeSums
from campaigns.values import Campaign, GoAheadKind, GoalKind, State
from core import formats
from core.i18n import N_, translator
from core.money import Money
from web.speech import speech
from web.track import Track
from web.views.bargain import deed, language

SHOW_UP = Decimal(80)
"""In percent: of ten who pledge, about eight come. A forecast, said to be one (DOMAIN.md, 9)."""


@dataclass(frozen=True)
class Progress:
    """The figure of the campaign page: one number, a bar where there is something to measure by, its steps."""

    number: str
    words: str
    bar: Track | None
    label: str
    steps: tuple[tuple[str, str], ...]
    promised: str


@dataclass(frozen=True)
class Needed:
    """What is still missing for the day to go ahead: the bold part, and what follows it."""

    lead: str
    rest: str


def progress(campaign: Campaign, sums: PledgeSums, commitments: Sequence[Commitment], locale: str) -> Progress:
    """The confirmed pledges against the steps that are counted in money, else against the heads that are needed."""
    people, amount = sums.confirmed.people, sums.confirmed.amount
    told = translator(locale).ngettext("person plans to spend {amount}", "people plan to spend {amount}", people)
    bar, label, steps = _bar(campaign, sums, commitments, locale)
    return Progress(
        number=formats.number(people, locale),
        words=told.format(amount=formats.money(amount, locale)),
        bar=bar,
        label=label,
        steps=steps,
        promised=_promised(amount, locale),
    )


def _promised(amount: Money, locale: str) -> str:
    say = translator(locale).gettext
    if not amount:
        return say(N_("promised by supporters, not money yet."))
    # A forecast in whole units: cents would pretend to know.
    forecast = Money.rounded(amount.percent(SHOW_UP).amount.quantize(Decimal(1)), amount.currency)
    text = say(N_("promised by supporters, not money yet. If 8 of 10 come, about {forecast}."))
    return text.format(forecast=formats.money(forecast, locale))


def _bar(
    campaign: Campaign, sums: PledgeSums, commitments: Sequence[Commitment], locale: str
) -> tuple[Track | None, str, tuple[tuple[str, str], ...]]:
    found = money_steps(campaign, commitments, locale)
    amount, people = sums.confirmed.amount, sums.confirmed.people
    say = translator(locale).gettext
    if found:
        steps = tuple((formats.money(step, locale), words) for step, words in found)
        bar = Track.of(Decimal(0), amount.amount, [step.amount for step, _ in found])
        label = say(N_("{amount} pledged. Steps at {steps}"))
        named = ", ".join(shown for shown, _ in steps)
        return bar, label.format(amount=formats.money(amount, locale), steps=named), steps
    if campaign.go_ahead.kind == GoAheadKind.HEADCOUNT and campaign.go_ahead.target:
        target = int(campaign.go_ahead.target)
        return Track.part(people, target), heads_of(people, target, locale), ()
    return None, "", ()


def heads_of(people: int, target: int, locale: str) -> str:
    """ "168 of 200 people needed"."""
    text = translator(locale).gettext(N_("{people} of {target} people needed"))
    return text.format(people=formats.number(people, locale), target=formats.number(target, locale))


def money_steps(campaign: Campaign, commitments: Sequence[Commitment], locale: str) -> list[tuple[Money, str]]:
    """What happens at which sum, lowest first: the go-ahead, the goal, and the ladder of each promise."""
    say = translator(locale).gettext
    steps: dict[Decimal, list[str]] = {}
    if campaign.go_ahead.kind == GoAheadKind.MONEY and campaign.go_ahead.target:
        steps.setdefault(campaign.go_ahead.target, []).append(say(N_("The day goes ahead")))
    if campaign.goal.kind == GoalKind.TAKINGS and campaign.goal.target:
        steps.setdefault(campaign.goal.target, []).append(say(N_("The goal of the day")))
    for held in commitments:
        if isinstance(held, Action):
            for amount, words in _ladder(held, campaign):
                steps.setdefault(amount, []).append(words)
    return [(Money.rounded(amount, campaign.currency), ". ".join(steps[amount])) for amount in sorted(steps)]


def _ladder(held: Action, campaign: Campaign) -> list[tuple[Decimal, str]]:
    voice = speech(language(campaign))
    found = []
    for step in held.ladder:
        if step.kind == StepKind.TAKINGS:
            words = deed(replace(held, target=step.target, ladder=()), voice)
            found.append((step.at_least, words[:1].upper() + words[1:]))
    return found


def needed(campaign: Campaign, sums: PledgeSums, locale: str) -> Needed | None:
    """What the go-ahead still needs, while it is undecided; None where there is no condition or it is decided."""
    target, at = campaign.go_ahead.target, campaign.go_ahead_at
    if campaign.state != State.PLEDGING or target is None or at is None:
        return None
    say = translator(locale).gettext
    when = formats.moment(at, locale, campaign.timezone)
    people, amount = sums.confirmed.people, sums.confirmed.amount
    if is_reached(campaign, people, amount):
        text = say(N_("It is decided on {when}, and both sides expect you."))
        return Needed(say(N_("Enough is pledged for the day to go ahead.")), text.format(when=when))
    rest = say(N_("by {when}, and the day goes ahead. Less, and both sides decide again.")).format(when=when)
    return Needed(_missing(campaign, target, people, amount, locale), rest)


def _missing(campaign: Campaign, target: Decimal, people: int, amount: Money, locale: str) -> str:
    if campaign.go_ahead.kind == GoAheadKind.MONEY:
        missing = Money.rounded(target, campaign.currency) - amount
        return translator(locale).gettext(N_("{amount} more")).format(amount=formats.money(missing, locale))
    count = int(target) - people
    words = translator(locale).ngettext("{count} more person", "{count} more people", count)
    return words.format(count=formats.number(count, locale))


def apart(sums: PledgeSums, locale: str, not_renewed: int = 0) -> list[str]:
    """What is counted apart, in sentences: unconfirmed, joined late, without an address, not reconfirmed."""
    say = translator(locale).gettext
    waiting = sums.pledged.people - sums.confirmed.people
    told = [
        (waiting, N_("{people} more pledged and have not confirmed yet.")),
        (sums.without_address.people, N_("{people} pledged without an address; they are counted when they come.")),
        (sums.joined_late.people, N_("{people} joined after the go-ahead was decided.")),
    ]
    found = [say(text).format(people=formats.people(count, locale)) for count, text in told if count > 0]
    return [*found, *unrenewed(not_renewed, locale)]


def unrenewed(count: int, locale: str) -> list[str]:
    """How many pledges are not reconfirmed since the day or its terms changed; nothing where all are."""
    if not count:
        return []
    text = translator(locale).ngettext(
        "{count} pledge is not reconfirmed since the day or its terms changed. It still counts.",
        "{count} pledges are not reconfirmed since the day or its terms changed. They still count.",
        count,
    )
    return [text.format(count=formats.number(count, locale))]
