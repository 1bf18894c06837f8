"""Effects in words: what was projected beside what was measured, and how each is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from businesses.effects.rules import add_up, counting
from businesses.effects.values import Effect, Kind, Per, Phase, Sum
from core import formats
from core.i18n import N_, translator
from core.money import Money

KINDS = {
    Kind.CO2: N_("CO₂ saved"),
    Kind.ENERGY: N_("energy saved"),
    Kind.MONEY: N_("money saved"),
    Kind.WASTE: N_("waste avoided"),
    Kind.PRODUCERS: N_("producers stocked"),
    Kind.HOURS: N_("hours of training"),
}
UNITS = {Kind.CO2: "kg", Kind.ENERGY: "kWh", Kind.WASTE: "kg"}
PHASES = {Phase.PROJECTED: N_("Projected"), Phase.MEASURED: N_("Measured")}
PERIODS = {Per.YEAR: N_("a year"), Per.ONCE: N_("once")}
BY = {
    "business": N_("the business"),
    "organizer": N_("the organizers"),
    "monitor": N_("the monitor"),
    "affected": N_("the people affected"),
}


@dataclass(frozen=True)
class How:
    """Where a figure is from: what it says, who says it, by which method, from which source."""

    figure: str
    when: str
    by: str
    method: str
    source: str


@dataclass(frozen=True)
class Shown:
    """A table of effects: each row what, projected, measured; and how each figure is known."""

    rows: tuple[tuple[str, str, str], ...]
    known: tuple[How, ...] = ()


def of_promise(effects: Sequence[Effect], locale: str, timezone: str) -> Shown | None:
    """What counts for one promise, with method and source of each figure; None where nothing was stated."""
    if not effects:
        return None
    newest = sorted(counting(effects), key=lambda e: e.at, reverse=True)
    return Shown(_rows(effects, locale, promises=False), tuple(_how(e, locale, timezone) for e in newest))


def in_all(effects: Sequence[Effect], locale: str) -> Shown | None:
    """What a campaign's or business's promises come to, with how many promises stand behind each figure."""
    return Shown(_rows(effects, locale, promises=True)) if effects else None


def _rows(effects: Iterable[Effect], locale: str, *, promises: bool) -> tuple[tuple[str, str, str], ...]:
    def cell(line: Sum, value: Decimal | None, of: int) -> str:
        told = figure(value, line.kind, line.per, line.currency, locale)
        return f"{told} ({_of(of, locale)})" if promises and value is not None else told

    say = translator(locale).gettext
    return tuple(
        (say(KINDS[s.kind]), cell(s, s.projected, s.of_projected), cell(s, s.measured, s.of_measured))
        for s in add_up(effects)
    )


def _of(promises: int, locale: str) -> str:
    text = translator(locale).ngettext("{n} promise", "{n} promises", promises)
    return text.format(n=formats.number(promises, locale))


def figure(value: Decimal | None, kind: Kind, per: Per, currency: str, locale: str) -> str:
    """ "420 kg a year"; what is not known is a dash, and what became worse stays below 0."""
    if value is None:
        return "–"
    if kind == Kind.MONEY:
        told = formats.money(Money.rounded(value, currency), locale)
    else:
        told = " ".join(filter(None, (formats.number(value, locale), UNITS.get(kind, ""))))
    return f"{told} {translator(locale).gettext(PERIODS[per])}"


def _how(e: Effect, locale: str, timezone: str) -> How:
    say = translator(locale).gettext
    told = figure(e.value, e.kind, e.per, e.currency, locale)
    return How(
        figure=f"{say(PHASES[e.phase])}: {told} ({say(KINDS[e.kind])})",
        when=formats.calendar_date(e.at, locale, timezone),
        by=say(BY[e.by]),
        method=e.method,
        source=e.source,
    )
