"""The forecast as a page shows it: two plots, the table that says the same, and where the range is from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from campaigns.archive.rules import Spent
from campaigns.forecast import Expected, Forecast, Guess, Piece, Rate
from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator
from core.money import Money
from core.zones import zone
from web.track import Columns

Row = tuple[str, ...]
CROWDED = 12
"""More bars than this carry no numbers above and fewer names below, so that they can be read on a phone."""


@dataclass(frozen=True)
class Plot:
    """One plot: its heading, its geometry, the same in words, what stands below and above each bar."""

    title: str
    bars: Columns
    label: str
    names: tuple[str, ...]
    tops: tuple[str, ...]


@dataclass(frozen=True)
class Expectation:
    """The whole: three figures, the plots, the table, and what one should know of them."""

    figures: tuple[tuple[str, str], ...]
    plots: tuple[Plot, ...]
    heads: Row
    rows: tuple[Row, ...]
    total: Row
    notes: tuple[str, ...]
    rate: str


def expectation(campaign: Campaign, expected: Expected, locale: str, an_hour: int | None = None) -> Expectation:
    """The forecast in the reader's language. ``an_hour``: how many people can be served in one, where that is known."""
    teller = _Teller(campaign, expected.forecast, locale, None if expected.forecast.by_day else an_hour)
    return Expectation(
        figures=teller.figures(),
        plots=teller.plots() if expected.forecast.pieces else (),
        heads=teller.heads(),
        rows=tuple(teller.row(piece) for piece in expected.forecast.pieces),
        total=teller.line(teller.say(N_("Together")), expected.forecast.people, expected.forecast.takings),
        notes=tuple(teller.notes(expected.not_renewed, expected.spent)),
        rate=percent(expected.forecast.rate.likely, locale),
    )


def percent(rate: Fraction, locale: str) -> str:
    """In whole percent, without the sign."""
    return formats.number(round(rate), locale)


@dataclass(frozen=True)
class _Teller:
    c: Campaign
    forecast: Forecast
    locale: str
    an_hour: int | None

    def say(self, text: str, **values: str) -> str:
        words = translator(self.locale).gettext(text)
        return words.format(**values) if values else words

    def number(self, value: int) -> str:
        return formats.number(value, self.locale)

    def money(self, value: Money) -> str:
        return formats.money(value, self.locale)

    def figures(self) -> tuple[tuple[str, str], ...]:
        people, takings = self.forecast.people, self.forecast.takings
        return (
            (self.number(people.people[1]), self.say(N_("people probably come"))),
            (self.money(takings.money(self.c.currency)[1]), self.say(N_("they probably spend, as they pledged"))),
        )

    def heads(self) -> Row:
        when = N_("Day") if self.forecast.by_day else N_("Hour")
        return self.say(when), self.say(N_("People")), self.say(N_("Takings"))

    def row(self, piece: Piece) -> Row:
        return self.line(self.when(piece), piece.people, piece.takings, full=self.is_full(piece))

    def line(self, name: str, people: Guess, takings: Guess, *, full: bool = False) -> Row:
        heads = self.between([self.number(value) for value in people.people])
        if full:
            heads = self.say(N_("{people}: more than can be served"), people=heads)
        return name, heads, self.between([self.money(value) for value in takings.money(self.c.currency)])

    def between(self, told: Sequence[str]) -> str:
        """ "18 (14 to 21)"."""
        return self.say(N_("{likely} ({low} to {high})"), low=told[0], likely=told[1], high=told[2])

    def is_full(self, piece: Piece) -> bool:
        return self.an_hour is not None and piece.people.likely > self.an_hour

    def when(self, piece: Piece) -> str:
        tz = self.c.timezone
        day = formats.short_day(piece.opens_at, self.locale, tz)
        if self.forecast.by_day:
            return day
        at = [formats.clock_time(at, self.locale, tz) for at in (piece.opens_at, piece.closes_at)]
        hours = self.say("{start} to {end}", start=at[0], end=at[1])
        return f"{day}, {hours}" if len({p.window for p in self.forecast.pieces}) > 1 else hours

    def plots(self) -> tuple[Plot, ...]:
        pieces = self.forecast.pieces
        people = [piece.people.people for piece in pieces]
        takings = [piece.takings.money(self.c.currency) for piece in pieces]
        minor = [(low.minor, likely.minor, high.minor) for low, likely, high in takings]
        return (
            self.plot(N_("People by the hour"), people, [self.number(likely) for _, likely, _ in people], self.an_hour),
            self.plot(N_("Takings by the hour"), minor, [self.money(likely) for _, likely, _ in takings]),
        )

    def plot(self, title: str, values: list[tuple[int, int, int]], told: list[str], limit: int | None = None) -> Plot:
        names = [self.when(piece) for piece in self.forecast.pieces]
        label = "; ".join(f"{name}: {value}" for name, value in zip(names, told, strict=True))
        few = len(values) <= CROWDED
        # Amounts are wider than numbers: where bars are narrow they stand in the table alone.
        tops = told if few and len(max(told, key=len)) <= 3 else ()
        return Plot(self.say(title), Columns.of(values, limit), label, self.names(), tuple(tops))

    def names(self) -> tuple[str, ...]:
        """ "9", "10": the hour that begins, every third where there are many; or the day of the month."""
        every = 1 if len(self.forecast.pieces) <= CROWDED else 3
        return tuple("" if n % every else self.name(piece) for n, piece in enumerate(self.forecast.pieces))

    def name(self, piece: Piece) -> str:
        at = piece.opens_at.astimezone(zone(self.c.timezone))
        return str(at.day if self.forecast.by_day else at.hour)

    def notes(self, not_renewed: int, spent: Spent | None) -> list[str]:
        found = [*self.of_rate(self.forecast.rate), self.say(N_("Who chose no arrival time is spread evenly."))]
        if self.an_hour is not None:
            text = N_("The dashed line: {people} can be served in an hour.")
            found.append(self.say(text, people=formats.people(self.an_hour, self.locale)))
        if not_renewed:
            text = N_("{people} have not said yet whether they come on the changed day; they are counted in.")
            found.append(self.say(text, people=formats.people(not_renewed, self.locale)))
        return [*found, *self.of_archive(spent)]

    def of_rate(self, rate: Rate) -> list[str]:
        low, high = (percent(value, self.locale) for value in (rate.low, rate.high))
        if not rate.mobs:
            text = N_("Assumed: of a hundred who pledge, {low} to {high} come. Too few mobs have ended here to know.")
            return [self.say(text, low=low, high=high)]
        text = N_("Of a hundred who pledged, {low} to {high} came in the last {mobs} mobs that ended here.")
        on_top = N_("In the middle one {count} more came for each hundred, without a pledge: they are not counted in.")
        told = self.say(text, low=low, high=high, mobs=self.number(rate.mobs))
        return [told, self.say(on_top, count=percent(rate.on_top, self.locale))]

    def of_archive(self, spent: Spent | None) -> list[str]:
        """What real mobs took a head: pledges promise more than tills see."""
        if spent is None:
            return []
        heads = self.forecast.people.people[1]
        bounds = [Money.rounded(bound, self.c.currency) for bound in (spent.low, spent.high)]
        told = [self.money(Money.rounded(bound.amount * heads, self.c.currency)) for bound in bounds]
        values = {"low": self.money(bounds[0]), "high": self.money(bounds[1]), "from": told[0], "to": told[1]}
        if bounds[0] == bounds[1]:
            text = N_("In the archive of real mobs the till took about {low} a head. At that it would be {from}.")
            return [self.say(text, **values)]
        text = N_("In the archive of real mobs tills took {low} to {high} a head. At that it would be {from} to {to}.")
        return [self.say(text, **values)]
