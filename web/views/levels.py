"""The plot of what each level of takings would buy, and the table under it; hatched, for all of it is promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from businesses.converting import Usual
from businesses.levels import Axis, Level, levels
from businesses.values import Offer
from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator
from core.money import Money
from web.speech import speech
from web.track import Stairs
from web.views.bargain import deed
from web.views.promises import Reader, Words

TITLES = {
    Axis.TAKINGS: N_("What each level of takings would buy"),
    Axis.UNITS: N_("What each number sold would buy"),
    Axis.HEADCOUNT: N_("What each number of people would bring"),
    Axis.OWED: N_("What each sum owed would buy"),
}
HEADS = {
    Axis.TAKINGS: N_("Takings"),
    Axis.UNITS: N_("Sold"),
    Axis.HEADCOUNT: N_("People"),
    Axis.OWED: N_("Owed"),
}
NOTES = {
    Axis.OWED: N_("Takings alone do not tell what is owed here. Promised, not counted yet."),
}
NOTE = N_("Each step comes with all before it. Promised, not counted yet.")
MOST = 12
"""More steps than these are told by the table alone, and a plot shows the first of them."""


@dataclass(frozen=True)
class Plot:
    """Stairs with their numbers, the same in words, and the table: number and level, what it also pays for."""

    title: str
    bar: Stairs
    label: str
    heads: tuple[str, str]
    rows: tuple[tuple[str, Words], ...]
    note: str


def plots(offer: Offer, campaign: Campaign, reader: Reader) -> list[Plot]:
    """A plot for each figure by which a bid's works are reached; none where it has no list of works."""
    baseline = offer.baseline
    usual = Usual() if baseline and baseline.hidden else Usual.of(baseline, len(campaign.windows))
    found = levels(offer.commitments, usual)
    return [_plot(axis, held, campaign.currency, reader) for axis, held in found.items()]


def _plot(axis: Axis, held: Sequence[Level], currency: str, reader: Reader) -> Plot:
    say = translator(reader.locale).gettext
    ats = [_at(level, currency, reader.locale) for level in held]
    bought = [_bought(level, reader) for level in held]
    label = "; ".join(f"{at}: {words}" for at, words in zip(ats, bought, strict=True))
    rows = tuple((f"{n}. {at}", reader.said(words)) for n, (at, words) in enumerate(zip(ats, bought, strict=True), 1))
    return Plot(
        title=say(TITLES[axis]),
        bar=Stairs.of([level.at for level in held[:MOST]]),
        label=label,
        heads=(say(HEADS[axis]), say(N_("Also buys"))),
        rows=rows,
        note=say(NOTES.get(axis, NOTE)),
    )


def _at(level: Level, currency: str, locale: str) -> str:
    if not level.at:
        return translator(locale).gettext(N_("In any case"))
    if level.axis in {Axis.TAKINGS, Axis.OWED}:
        return formats.money(Money.rounded(level.at, currency), locale)
    return formats.number(level.at, locale)


def _bought(level: Level, reader: Reader) -> str:
    """The works, and the deeds of ladders, in the words of the campaign's people."""
    voice = speech(reader.lang)
    deeds = [deed(replace(held, target=step.target, ladder=()), voice) for held, step in level.steps]
    return ", ".join([*level.works, *deeds])
