"""The big screen: one number that can be read across a street, what is counted solid, what is promised hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from businesses.commitments import Action, Commitment
from businesses.words import Speech
from campaigns.tally import PledgeSums
from campaigns.values import Campaign, GoalKind, State
from core import formats
from core.i18n import N_, translator
from core.money import Money
from core.wire import Json, money
from web.speech import speech
from web.track import Track
from web.views.bargain import bargain, deed, language
from web.views.standing import label as standing
from web.views.venues import Venue

MOVING = frozenset(
    {State.BIDDING, State.CHOOSING, State.AGREED, State.PLEDGING, State.TIPPED, State.MISSED, State.MOBBING}
    | {State.COUNTING}
)
"""When the screen can still change."""
STEPS = 6
"""As many as can be read across a street, the goal among them."""


@dataclass(frozen=True)
class Step:
    """A mark on the bar: at how much, what happens there, and ``rest``: what is missing, or that it is reached."""

    at: str
    words: str
    rest: str
    reached: bool


@dataclass(frozen=True)
class Board:
    """``giant`` stands under ``label``, ``inside`` and ``beside`` below it; a ``bar`` only where there is a goal."""

    headline: str
    lang: str
    clock: str
    until: str
    note: str
    label: str
    giant: str
    inside: tuple[str, ...]
    beside: str
    bar: Track | None
    bar_label: str
    steps: tuple[Step, ...]
    foot: str
    venues: tuple[Venue, ...] = ()


def board(
    campaign: Campaign,
    names: Sequence[str],
    commitments: Sequence[Commitment],
    tally: Json | None,
    sums: PledgeSums,
    now: datetime,
    locale: str,
    postponed: str = "",
) -> Board:
    """What is counted so far: the till where it is known, else what the crew noted, else who is there.

    ``postponed`` is the public reason for which the day was moved, while it is still to come.
    """
    seen = _Screen(campaign, tally, sums, locale)
    headline = bargain(campaign, names, commitments)
    label, giant = seen.giant(moved=bool(postponed))
    bar, steps = seen.bar(commitments)
    return Board(
        headline=headline.words,
        lang=headline.lang,
        clock=formats.clock_time(now, locale, campaign.timezone),
        until=_until(campaign, now, locale),
        note=seen.postponed(postponed),
        label=label,
        giant=giant,
        inside=tuple(seen.inside()),
        beside=seen.beside(),
        bar=bar,
        bar_label=". ".join(f"{step.at} {step.words} {step.rest}".strip() for step in steps),
        steps=steps,
        foot=seen.foot(),
    )


def _until(campaign: Campaign, now: datetime, locale: str) -> str:
    """Until when the doors are open; before, when they open."""
    say, zone = translator(locale).gettext, campaign.timezone
    for window in sorted(campaign.windows, key=lambda w: w.opens_at):
        if now < window.opens_at:
            return say(N_("from {moment}")).format(moment=formats.moment(window.opens_at, locale, zone))
        if now < window.closes_at:
            return say(N_("until {time}")).format(time=formats.clock_time(window.closes_at, locale, zone))
    return say(N_("The doors are closed.")) if campaign.windows else ""


@dataclass(frozen=True)
class _Screen:
    """Where the figures come from. ``tally`` None: nothing is counted yet."""

    campaign: Campaign
    tally: Json | None
    sums: PledgeSums
    locale: str

    def say(self, text: str, **values: str) -> str:
        words = translator(self.locale).gettext(text)
        return words.format(**values) if values else words

    @property
    def _voice(self) -> Speech:
        """The campaign's own words, as in the headline."""
        return speech(language(self.campaign))

    def shown(self, amount: Money) -> str:
        return formats.money(amount, self.locale)

    @property
    def till(self) -> Money | None:
        return money((self.tally or {}).get("till") and (self.tally or {})["till"]["takings"])

    @property
    def noted(self) -> Money | None:
        """What the crew noted; None before anybody told."""
        if self.tally is None or not self.tally["spent"]["reports"]:
            return None
        return money(self.tally["spent"]["amount"])

    @property
    def people(self) -> int:
        return int(self.tally["attended"]["people"]) if self.tally else 0

    @property
    def units(self) -> Decimal | None:
        units = ((self.tally or {}).get("till") or {}).get("units")
        return None if units is None else Decimal(units)

    def giant(self, *, moved: bool) -> tuple[str, str]:
        """The one number, and over it what it is."""
        if self.tally is None:
            told = N_("People who pledged; not all have reconfirmed") if moved else N_("People who will come")
            return self.say(told), formats.number(self.sums.confirmed.people, self.locale)
        counted = self.till if self.till is not None else self.noted
        if counted is None or self.campaign.goal.kind == GoalKind.HEADCOUNT:
            here = self.campaign.state == State.MOBBING
            return self.say(N_("People here") if here else N_("People who came")), self._heads()
        label = self._noted_by() if self.till is None else N_("Counted at the till")
        return self.say(label), self.shown(counted)

    def _noted_by(self) -> str:
        """Supporters' own reports are never passed off as the crew's."""
        return N_("Spent, noted by crew and supporters") if self._has_own else N_("Spent, noted by the crew")

    @property
    def _has_own(self) -> bool:
        return bool(self.tally is not None and self.tally["spent"].get("by_supporters"))

    def _heads(self) -> str:
        return formats.number(self.people, self.locale)

    def inside(self) -> list[str]:
        """From how many notes the money is known; beside it who is in, beside people what they have spent."""
        if self.tally is None or (self.noted is None and self.till is None):
            return []
        told = [] if self.till is not None else [self._notes(self.tally["spent"]["reports"])]
        if self.campaign.goal.kind != GoalKind.HEADCOUNT:
            return [*told, self._checked_in()]
        if self.noted is None:
            return told
        return [self.say(N_("{amount} spent, noted by the crew"), amount=self.shown(self.noted)), *told]

    def _notes(self, reports: int) -> str:
        if self._has_own:
            text = translator(self.locale).ngettext("from {count} report", "from {count} reports", reports)
            return text.format(count=formats.number(reports, self.locale))
        text = translator(self.locale).ngettext(
            "from {count} note at the door", "from {count} notes at the door", reports
        )
        return text.format(count=formats.number(reports, self.locale))

    def _checked_in(self) -> str:
        text = translator(self.locale).ngettext("{count} person checked in", "{count} people checked in", self.people)
        return text.format(count=self._heads())

    def beside(self) -> str:
        """What is promised and counts for nothing yet."""
        return self.say(N_("{amount} are pledged"), amount=self.shown(self.sums.confirmed.amount))

    def postponed(self, reason: str) -> str:
        opens = self.campaign.first_opening
        if not reason or opens is None:
            return ""
        when = formats.moment(opens, self.locale, self.campaign.timezone)
        text = N_("Postponed to {moment}: {reason} Your code stays valid.")
        return self.say(text, moment=when, reason=_ended(reason))

    def foot(self) -> str:
        if self.tally is None:
            return standing(self.campaign, self.locale)
        return self.say(N_("Final.") if self.tally["state"] == "final" else N_("Interim, not final."))

    def bar(self, commitments: Sequence[Commitment]) -> tuple[Track | None, tuple[Step, ...]]:
        """Counted against the goal and the steps of the ladder: pledges are hatched as far as they go beyond it."""
        marks = self._marks(commitments)
        if not marks:
            return None, ()
        real, promised = self._counted(), self._promised()
        track = Track.of(real or Decimal(0), max(promised - (real or 0), Decimal(0)), [at for at, _ in marks])
        return track, tuple(self._step(at, words, real, marks) for at, words in marks)

    def _kind(self) -> GoalKind:
        """In what the bar measures; money where there is no goal, for that is what most ladders climb by."""
        return GoalKind.TAKINGS if self.campaign.goal.kind == GoalKind.NONE else self.campaign.goal.kind

    def _counted(self) -> Decimal | None:
        """What decides: None before anything is counted."""
        match self._kind():
            case GoalKind.HEADCOUNT:
                return Decimal(self.people) if self.tally else None
            case GoalKind.UNITS:
                return self.units
        counted = self.till if self.till is not None else self.noted
        return counted.amount if counted is not None else None

    def _promised(self) -> Decimal:
        match self._kind():
            case GoalKind.HEADCOUNT:
                return Decimal(self.sums.confirmed.people)
            case GoalKind.UNITS:
                return Decimal(0)
        return self.sums.confirmed.amount.amount

    def _marks(self, commitments: Sequence[Commitment]) -> list[tuple[Decimal, str]]:
        """What happens from how much on, lowest first."""
        marks: dict[Decimal, list[str]] = {}
        for held in commitments:
            for at, words in self._rungs(held):
                marks.setdefault(at, []).append(words)
        if self.campaign.goal.target is not None:
            marks.setdefault(self.campaign.goal.target, []).insert(0, self._voice.say(N_("The goal of the day.")))
        return [(at, " ".join(marks[at])) for at in sorted(marks)][:STEPS]

    def _rungs(self, held: Commitment) -> list[tuple[Decimal, str]]:
        if not isinstance(held, Action):
            return []
        rungs = [step for step in held.ladder if step.kind.value == self._kind().value]
        told = [(step.at_least, deed(replace(held, target=step.target, ladder=()), self._voice)) for step in rungs]
        return [(at, f"{words[:1].upper()}{words[1:]}.") for at, words in told]

    def _step(self, at: Decimal, words: str, real: Decimal | None, marks: list[tuple[Decimal, str]]) -> Step:
        reached = real is not None and real >= at
        next_one = next((mark for mark, _ in marks if real is not None and mark > real), None)
        rest = self.say(N_("Reached.")) if reached else ""
        if real is not None and at == next_one:
            rest = self.say(N_("{amount} to go."), amount=self._measured(at - real))
        return Step(self._measured(at), words, rest, reached)

    def _measured(self, figure: Decimal) -> str:
        match self._kind():
            case GoalKind.HEADCOUNT:
                return formats.people(int(figure), self.locale)
            case GoalKind.UNITS:
                return formats.number(figure, self.locale)
        return self.shown(Money.rounded(figure, self.campaign.currency))


def _ended(sentence: str) -> str:
    """What people wrote, as a sentence that another may follow."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
