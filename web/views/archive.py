"""Real campaigns of the past as pages show them: each figure with how sure it is, its own words and its sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel import Locale

from campaigns.archive.figures import Day, Figure, Kind, Quantity
from campaigns.archive.rules import ArchivedCampaign, Became, Summary
from core import formats
from core.currencies import DECIMALS
from core.i18n import N_, translator
from core.money import Money

NAMES = {
    "when": N_("Day"),
    "share": N_("Share offered"),
    "takings": N_("Takings"),
    "extra_profit": N_("Extra profit"),
    "people": N_("People who came"),
    "committed": N_("Money for the works"),
    "baseline": N_("An ordinary day"),
    "duration": N_("How long"),
    "competitors": N_("Rivals"),
    "carbon": N_("Carbon saved"),
}
MARKS = {
    Kind.EXACT: "",
    Kind.APPROXIMATE: N_("approximate"),
    Kind.AT_LEAST: N_("lower bound"),
    Kind.BELOW: N_("upper bound"),
    Kind.RANGE: N_("range"),
    Kind.DISPUTED: N_("disputed"),
    Kind.UNKNOWN: N_("unknown"),
}
BECAME = {
    Became.IMPLEMENTED: N_("Reported as done"),
    Became.PLANNED: N_("Planned; whether it was done is unknown"),
    Became.FAILED: N_("Failed"),
    Became.UNKNOWN: N_("Unknown"),
}
UNITS = {
    "hours": N_("{number} hours"),
    "days": N_("{number} days"),
    "people": N_("{number} people"),
    "competitors": N_("{number} other shops"),
    "times": N_("{number} times an ordinary day"),
    "percent more": N_("{number}% more than an ordinary day"),
}
BOUNDS = {
    Kind.APPROXIMATE: N_("about {value}"),
    Kind.AT_LEAST: N_("at least {value}"),
    Kind.BELOW: N_("less than {value}"),
}


@dataclass(frozen=True)
class Told:
    """A figure, or one side's claim: the text to print, its mark, the source's own words, where it is from."""

    label: str
    text: str
    mark: str
    words: str
    sources: tuple[tuple[int, str], ...]
    claims: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Card:
    """A campaign in the list."""

    id: str
    business: str
    where: str
    when: str
    bid: str
    became: str


def cards(held: Sequence[ArchivedCampaign], locale: str) -> list[Card]:
    say = translator(locale).gettext
    return [
        Card(c.id, c.business, where(c, locale), in_words(c.when, locale), c.bid, say(BECAME[c.outcome.became]))
        for c in held
    ]


def where(c: ArchivedCampaign, locale: str) -> str:
    """ "Berlin, Germany": the country in the reader's language."""
    country = Locale.parse(locale).territories.get(c.country, c.country)
    return ", ".join(part for part in (c.city, country) if part)


def told(c: ArchivedCampaign, locale: str) -> list[Told]:
    """Every figure of a campaign, unknown ones too: silence is shown as silence."""
    return [_told(translator(locale).gettext(NAMES[name]), figure, c.sources, locale) for name, figure in c.figures]


def _told(label: str, figure: Quantity | Day, pages: Sequence[str], locale: str) -> Told:
    say = translator(locale).gettext
    claims = tuple(_told(claim.said_by or say(N_("one source")), claim, pages, locale) for claim in figure.claims)
    mark = MARKS[figure.kind]
    return Told(
        label=label,
        text=in_words(figure, locale) if figure.is_known else "",
        mark=say(mark) if mark else "",
        words="; ".join(words for words in figure.words if not _is_plain(words)),
        sources=tuple((n, page) for n, page in enumerate(pages, 1) if page in figure.sources),
        claims=claims,
    )


def _is_plain(words: str) -> bool:
    """Whether the words are nothing but the figure itself."""
    return re.fullmatch(r"[\d.,:-]+", words) is not None


def in_words(figure: Figure[Decimal] | Figure[date], locale: str) -> str:
    """The figure as one prints it: with its bounds, and never surer than it is."""
    say = translator(locale).gettext
    if figure.value is None:
        return say(N_("The sources disagree")) if figure.kind is Kind.DISPUTED else say(N_("Unknown"))
    if _is_whole_year(figure):
        return str(figure.value.year)  # type: ignore[union-attr]  # only dates span a year
    if figure.is_span:
        return _span(figure, locale)
    shown = _written(figure.value, figure.unit, locale)
    if figure.unit == "date" and figure.kind is Kind.BELOW:
        return say(N_("before {day}")).format(day=shown)
    return say(BOUNDS[figure.kind]).format(value=shown) if figure.kind in BOUNDS else shown


def _span(figure: Figure[Decimal] | Figure[date], locale: str) -> str:
    """ "100 to 150 people", "€1,000 to €2,000"."""
    text = translator(locale).gettext(N_("{start} to {end}"))
    if figure.unit not in UNITS or isinstance(figure.low, date) or isinstance(figure.high, date):
        ends = [_written(end, figure.unit, locale) for end in (figure.low, figure.high)]
        return text.format(start=ends[0], end=ends[1])
    low, high = (formats.number(end or Decimal(0), locale) for end in (figure.low, figure.high))
    return translator(locale).gettext(UNITS[figure.unit]).format(number=text.format(start=low, end=high))


def _is_whole_year(figure: Figure[Decimal] | Figure[date]) -> bool:
    low, high = figure.low, figure.high
    if not isinstance(low, date) or not isinstance(high, date):
        return False
    return (low, high) == (date(low.year, 1, 1), date(low.year, 12, 31))


def _written(value: Decimal | date | None, unit: str, locale: str) -> str:
    if isinstance(value, date):
        return formats.calendar_date(value, locale)
    assert value is not None
    if unit in DECIMALS:
        return formats.money(Money.rounded(value, unit), locale)
    if unit == "percent":
        return formats.percent(value, locale)
    number = formats.number(value, locale)
    return translator(locale).gettext(UNITS[unit]).format(number=number) if unit in UNITS else f"{number} {unit}"


def known(summary: Summary, locale: str) -> list[tuple[str, ...]]:
    """How sure the archive is: each figure's name, then in how many campaigns it is exact, vague, disputed, unknown."""
    say = translator(locale).gettext
    return [
        (
            say(NAMES[f.figure]),
            *(formats.number(count, locale) for count in (f.exact, f.approximate, f.disputed, f.unknown)),
        )
        for f in summary.figures
    ]


def outcomes(summary: Summary, locale: str) -> list[tuple[str, str]]:
    """How many promises ended how, as far as anybody wrote it down."""
    say = translator(locale).gettext
    return [(formats.number(count, locale), say(BECAME[kind])) for kind, count in summary.outcomes]
