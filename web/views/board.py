"""The big screen: one number that can be read across a street, what is counted solid, what is promised hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from businesses.commitments import Commitment
from campaigns.tally import PledgeSums
from campaigns.values import Campaign, GoalKind, State
from core import formats
from core.i18n import N_, translator
from core.money import Money
from core.wire import Json, money
from web.track import Track
from web.views.bargain import bargain


@dataclass(frozen=True)
class Board:
    """``giant`` stands under ``label``, ``inside`` and ``beside`` below it; a ``bar`` only where there is a goal."""

    headline: str
    lang: str
    clock: str
    until: str
    label: str
    giant: str
    inside: str
    beside: str
    bar: Track | None
    bar_label: str
    steps: tuple[tuple[str, str], ...]
    foot: str
    moving: bool


def board(
    campaign: Campaign,
    names: Sequence[str],
    commitments: Sequence[Commitment],
    tally: Json | None,
    sums: PledgeSums,
    now: datetime,
    locale: str,
) -> Board:
    """What is counted so far: the till where it is known, else what the crew noted, else who is there."""
    say = translator(locale).gettext
    headline = bargain(campaign, names, commitments)
    counted = _counted(tally)
    label, giant = _giant(campaign, tally, counted, sums, locale)
    bar, steps = _bar(campaign, counted, sums, locale)
    return Board(
        headline=headline.words,
        lang=headline.lang,
        clock=formats.clock_time(now, locale, campaign.timezone),
        until=_until(campaign, now, locale),
        label=label,
        giant=giant,
        inside=_inside(tally, locale, people=campaign.goal.kind == GoalKind.HEADCOUNT),
        beside=say(N_("{amount} are pledged")).format(amount=formats.money(sums.confirmed.amount, locale)),
        bar=bar,
        bar_label=steps[0][1] if steps else "",
        steps=steps,
        foot=say(N_("Final.") if tally and tally["state"] == "final" else N_("Interim, not final.")),
        moving=campaign.state in {State.PLEDGING, State.TIPPED, State.MOBBING, State.COUNTING},
    )


def _counted(tally: Json | None) -> Money | None:
    """The till, else what was noted at the door; None before the day."""
    if tally is None:
        return None
    till = money((tally["till"] or {}).get("takings"))
    return till if till is not None else money(tally["spent"]["amount"])


def _giant(
    campaign: Campaign, tally: Json | None, counted: Money | None, sums: PledgeSums, locale: str
) -> tuple[str, str]:
    say = translator(locale).gettext
    if tally is None:
        return say(N_("People who will come")), formats.number(sums.confirmed.people, locale)
    if counted is None or campaign.goal.kind == GoalKind.HEADCOUNT:
        here = campaign.state == State.MOBBING
        return say(N_("People here") if here else N_("People who came")), formats.number(
            tally["attended"]["people"], locale
        )
    at_till = (tally["till"] or {}).get("takings") is not None
    label = N_("Counted at the till") if at_till else N_("Spent, noted by the crew")
    return say(label), formats.money(counted, locale)


def _inside(tally: Json | None, locale: str, *, people: bool) -> str:
    """Beside money who is in; beside people what they have spent."""
    if tally is None:
        return ""
    spent = money(tally["spent"]["amount"])
    if people and spent is not None:
        text = translator(locale).gettext(N_("{amount} spent, noted by the crew"))
        return text.format(amount=formats.money(spent, locale))
    count = tally["attended"]["people"]
    words = translator(locale).ngettext("{count} person checked in", "{count} people checked in", count)
    return words.format(count=formats.number(count, locale))


def _until(campaign: Campaign, now: datetime, locale: str) -> str:
    """Until when the doors are open; before, when they open."""
    say, zone = translator(locale).gettext, campaign.timezone
    for window in sorted(campaign.windows, key=lambda w: w.opens_at):
        if now < window.opens_at:
            return say(N_("from {moment}")).format(moment=formats.moment(window.opens_at, locale, zone))
        if now < window.closes_at:
            return say(N_("until {time}")).format(time=formats.clock_time(window.closes_at, locale, zone))
    return say(N_("The doors are closed."))


def _bar(
    campaign: Campaign, counted: Money | None, sums: PledgeSums, locale: str
) -> tuple[Track | None, tuple[tuple[str, str], ...]]:
    """Counted against the goal: pledges are hatched as far as they go beyond what is counted."""
    goal = campaign.goal
    if goal.kind != GoalKind.TAKINGS or goal.target is None:
        return None, ()
    real = counted.amount if counted else Decimal(0)
    promised = max(sums.confirmed.amount.amount - real, Decimal(0))
    target = Money.rounded(goal.target, campaign.currency)
    return Track.of(real, promised, [goal.target]), ((formats.money(target, locale), _to_go(target, counted, locale)),)


def _to_go(target: Money, counted: Money | None, locale: str) -> str:
    say = translator(locale).gettext
    if counted is None:
        return say(N_("The goal of the day."))
    if counted >= target:
        return say(N_("The goal is reached."))
    return say(N_("{amount} to go.")).format(amount=formats.money(target - counted, locale))
