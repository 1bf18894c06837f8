"""The plot of promises by state over time: steps stacked on each other, their key, and the table beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from businesses.followthrough import Obligation
from businesses.timeline import Band, Moment, Turns, stacked
from core import formats
from core.facts import Recorded
from core.i18n import N_, translator

TURNING = ("ExtensionGranted", "BusinessClosed", "PromisesAdopted")
"""The facts that tell what a promise's rows do not keep."""
WORDS = {
    Band.KEPT: N_("Kept"),
    Band.PARTLY: N_("Partly kept or substituted"),
    Band.OPEN: N_("Open or not due"),
    Band.LATE: N_("Late or unknown"),
    Band.BROKEN: N_("Broken or lapsed"),
    Band.ENDED: N_("Ended: closed"),
}
COLOURS = {
    Band.KEPT: "leaf", Band.PARTLY: "honey", Band.OPEN: "slate", Band.LATE: "plum", Band.BROKEN: "beet",
    Band.ENDED: "soft",
}  # fmt: skip
HEIGHT, STEPS = 160, 40
"""Pixels of the plot, and the most steps that are drawn: of more, the last in each stretch."""
_FULL = Decimal(100)


@dataclass(frozen=True)
class Piece:
    """A part of a band: from ``x`` over ``width`` percent, ``y`` pixels from above, ``height`` pixels tall."""

    x: Decimal
    width: Decimal
    y: Decimal
    height: Decimal
    colour: str


@dataclass(frozen=True)
class Key:
    """What a colour means, and how many stand there now."""

    colour: str
    words: str


@dataclass(frozen=True)
class Plot:
    """Drawn on the server; ``label`` says the present, ``rows`` hold every step, ``ends`` the days that it spans."""

    pieces: tuple[Piece, ...]
    label: str
    keys: tuple[Key, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ends: tuple[str, str]
    height: int = HEIGHT


def turns(told: Iterable[Recorded]) -> dict[str, Turns]:
    """From the record: dates that moved, shops that closed, promises that were adopted, by promise."""
    found: dict[str, Turns] = {}
    for fact in told:
        if fact.kind == "ExtensionGranted":
            held = found.get(fact.body["obligation"], Turns())
            moved = (*held.moved, (fact.at, date.fromisoformat(fact.body["due_on"])))
            found[fact.body["obligation"]] = Turns(moved, held.ended)
        elif fact.kind in TURNING:
            for id_ in fact.body["obligations"]:
                held = found.get(id_, Turns())
                found[id_] = Turns(held.moved, (*held.ended, (fact.at, fact.kind == "BusinessClosed")))
    return found


def plot(
    promises: Sequence[Obligation], told: Iterable[Recorded], now: datetime, locale: str, timezone: str
) -> Plot | None:
    """None while nothing has changed yet: one state is no plot."""
    moments = _thinned(stacked(promises, turns(told), now), now)
    if len(moments) < 2:
        return None
    say = translator(locale).gettext

    def number(count: int) -> str:
        return formats.number(count, locale)

    used = [band for band in Band if any(m.counts.get(band) for m in moments)]
    last = moments[-1].counts
    return Plot(
        pieces=tuple(_pieces(moments, used, now)),
        label="; ".join(f"{say(WORDS[band])}: {number(last.get(band, 0))}" for band in used),
        keys=tuple(Key(COLOURS[band], f"{say(WORDS[band])}: {number(last.get(band, 0))}") for band in reversed(used)),
        heads=(say(N_("From")), *(say(WORDS[band]) for band in used)),
        rows=tuple(
            (formats.calendar_date(m.at, locale, timezone), *(number(m.counts.get(band, 0)) for band in used))
            for m in moments
        ),
        ends=(formats.calendar_date(moments[0].at, locale, timezone), formats.calendar_date(now, locale, timezone)),
    )


def _thinned(moments: list[Moment], now: datetime) -> list[Moment]:
    """At most one step in each stretch of time, the last."""
    if not moments:
        return []
    begun = moments[0].at
    stretch = max((now - begun) / STEPS, timedelta(seconds=1))
    kept = {(m.at - begun) // stretch: m for m in moments}
    return list(kept.values())


def _pieces(moments: list[Moment], used: list[Band], now: datetime) -> Iterable[Piece]:
    """Every band as one piece for each stretch in which it stays as it is."""
    begun = moments[0].at
    span = Decimal(max((now - begun).total_seconds(), 1))
    xs = [_percent(Decimal((m.at - begun).total_seconds()), span) for m in moments]
    most = max(sum(m.counts.values()) for m in moments)
    for n, moment in enumerate(moments):
        end, below = xs[n + 1] if n + 1 < len(xs) else _FULL, 0
        for band in used:
            count = moment.counts.get(band, 0)
            if count:
                yield Piece(xs[n], end - xs[n], _tall(most - below - count, most), _tall(count, most), COLOURS[band])
            below += count


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal("0.1"))


def _tall(count: int, most: int) -> Decimal:
    return (Decimal(count * HEIGHT) / most).quantize(Decimal("0.1"))
