"""How many come and what they spend, hour by hour: a forecast, with its range (DOMAIN.md, 9 and 13). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from campaigns import slots
from campaigns.archive.rules import Spent
from campaigns.slots import Slot
from campaigns.tally import Crowd
from campaigns.values import Campaign, State, Window
from core.errors import require
from core.money import Money
from core.wire import Json
from core.zones import zone

EXPECTING = (State.AGREED, State.PLEDGING, State.TIPPED, State.MISSED, State.MOBBING, State.COUNTING)
"""From the agreement to the result there is a day to prepare for, or to look back on."""
FEWEST = 3
"""So many mobs must have ended before their figures say more than an assumption does."""
MOST_HOURS = 24
"""Days that are longer than this in all are forecast by the day."""
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Ended:
    """A mob that is over: how many had pledged, late or by a code alone, too; how many came by a code, and without."""

    pledged: int
    came: int
    walk_ins: int = 0

    @classmethod
    def of(cls, tally: Json, came: int, walk_ins: int) -> Ended:
        """``tally``: the final one as it is public."""
        crowds = ("confirmed", "joined_late", "without_address")
        return cls(sum(tally[crowd]["people"] for crowd in crowds), came, walk_ins)

    @property
    def rate(self) -> Fraction:
        return Fraction(self.came * 100, self.pledged)


@dataclass(frozen=True)
class Rate:
    """Of a hundred who pledged so many come: at least, probably, at most; seen in ``mobs`` that ended, 0: assumed.

    ``on_top``: for every hundred who had pledged, how many came without, in the middle one of these mobs.
    """

    low: Fraction
    likely: Fraction
    high: Fraction
    mobs: int = 0
    on_top: Fraction = Fraction()

    def at(self, percent: Decimal | None) -> Rate:
        """The same range with another middle. Raises Invalid naming ``rate``."""
        if percent is None:
            return self
        require(0 < percent <= 300, "rate", "between 1 and 300 percent")
        likely = Fraction(percent)
        return replace(self, low=min(self.low, likely), likely=likely, high=max(self.high, likely))


ASSUMED = Rate(Fraction(60), Fraction(80), Fraction(92))
"""Before enough mobs have ended: of ten about eight; in Hamburg 276 of 300 came (DOMAIN.md, How real ones ran)."""


def rate_of(mobs: Sequence[Ended]) -> Rate:
    """The lowest, middle and highest rate of the mobs that ended; of an even number the lower of the two middles."""
    told = [mob for mob in mobs if mob.pledged > 0]
    if len(told) < FEWEST:
        return ASSUMED
    rates = sorted(mob.rate for mob in told)
    walk_ins = sorted(Fraction(mob.walk_ins * 100, mob.pledged) for mob in told)
    middle = (len(told) - 1) // 2
    return Rate(rates[0], rates[middle], rates[-1], len(told), walk_ins[middle])


@dataclass(frozen=True)
class Guess:
    """A figure of the forecast: at least, probably, at most. Exact; rounded where it is shown."""

    low: Fraction
    likely: Fraction
    high: Fraction

    @classmethod
    def of(cls, promised: Fraction, rate: Rate) -> Guess:
        return cls(*(promised * percent / 100 for percent in (rate.low, rate.likely, rate.high)))

    @property
    def people(self) -> tuple[int, int, int]:
        return round(self.low), round(self.likely), round(self.high)

    def money(self, currency: str) -> tuple[Money, Money, Money]:
        """In whole units: cents would pretend to know."""
        low, likely, high = (_whole(amount, currency) for amount in (self.low, self.likely, self.high))
        return low, likely, high


def _whole(minor: Fraction, currency: str) -> Money:
    unit = Money.rounded(Decimal(1), currency).minor
    return Money(round(minor / unit) * unit, currency)


@dataclass(frozen=True)
class Piece:
    """An hour (or day) of a window with its forecast; ``takings`` in minor units."""

    window: str
    opens_at: datetime
    closes_at: datetime
    people: Guess
    takings: Guess


@dataclass(frozen=True)
class Forecast:
    """The pieces in their order, and the whole."""

    pieces: tuple[Piece, ...]
    people: Guess
    takings: Guess
    rate: Rate
    by_day: bool


@dataclass(frozen=True)
class Expected:
    """The forecast; how many of its people have not agreed to the changed terms; what real mobs spent a head."""

    forecast: Forecast
    not_renewed: int
    spent: Spent | None


def forecast(campaign: Campaign, promised: Mapping[Slot | None, Crowd], rate: Rate) -> Forecast:
    """Who chose an arrival time comes in it; all others are spread evenly over the opening hours."""
    by_day = sum((w.closes_at - w.opens_at for w in campaign.windows), timedelta()) > MOST_HOURS * _HOUR
    spans = [span for window in campaign.windows for span in _cut(window, campaign.timezone, by_day=by_day)]
    heads, amounts = _spread(campaign, promised, spans)
    pieces = tuple(
        Piece(window, opens, closes, Guess.of(heads[n], rate), Guess.of(amounts[n], rate))
        for n, (window, opens, closes) in enumerate(spans)
    )
    people = Fraction(sum(crowd.people for crowd in promised.values()))
    takings = Fraction(sum(crowd.amount.minor for crowd in promised.values()))
    return Forecast(pieces, Guess.of(people, rate), Guess.of(takings, rate), rate, by_day)


Span = tuple[str, datetime, datetime]


def _cut(window: Window, timezone: str, *, by_day: bool) -> Iterator[Span]:
    """A window in pieces that end at full hours, or at midnight, on the clock of the campaign."""
    opens = window.opens_at
    while opens < window.closes_at:
        local = opens.astimezone(zone(timezone))
        begun = local.replace(minute=0, second=0, microsecond=0)
        following = (begun.replace(hour=0) + _DAY) if by_day else begun.astimezone(opens.tzinfo) + _HOUR
        closes = min(following.astimezone(opens.tzinfo), window.closes_at)
        yield window.id, opens, closes
        opens = closes


def _spread(
    campaign: Campaign, promised: Mapping[Slot | None, Crowd], spans: Sequence[Span]
) -> tuple[list[Fraction], list[Fraction]]:
    heads, amounts = ([Fraction()] * len(spans) for _ in range(2))
    for slot, crowd in promised.items():
        for n, share in enumerate(_shares(campaign, slot, spans)):
            heads[n] += crowd.people * share
            amounts[n] += crowd.amount.minor * share
    return heads, amounts


def _shares(campaign: Campaign, slot: Slot | None, spans: Sequence[Span]) -> list[Fraction]:
    """Which part of a crowd comes in which piece; a time that the campaign has no more is any time."""
    place = slots.find(campaign, slot)
    if place is None:
        lengths = [closes - opens for _, opens, closes in spans]
    else:
        of_place = (place.slot.window, place.opens_at, place.closes_at)
        lengths = [_overlap(span, of_place) for span in spans]
    whole = sum(lengths, timedelta())
    return [Fraction(length // timedelta(seconds=1), whole // timedelta(seconds=1)) for length in lengths]


def _overlap(one: Span, other: Span) -> timedelta:
    if one[0] != other[0]:
        return timedelta()
    return max(min(one[2], other[2]) - max(one[1], other[1]), timedelta())
