"""Campaigns as cards: the bargain, when and where, and the one figure or stamp that says how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from businesses.commitments import Commitment
from businesses.followthrough import Obligation
from businesses.queries import Asks
from businesses.values import Bid, Business
from campaigns.rules import is_reached
from campaigns.tally import DoorSums, PledgeSums
from campaigns.values import Campaign, GoAheadKind, State
from core import formats
from core.i18n import N_, translator
from core.money import Money
from pledges.queries import Live
from web.track import Track
from web.views import outcome, standing
from web.views.bargain import bargain
from web.views.progress import heads_of
from web.views.promises import Stamp, stamp
from web.views.word import summary

_ASKING = frozenset({State.BIDDING, State.CHOOSING})
_PLEDGING = frozenset({State.AGREED, State.PLEDGING, State.TIPPED, State.MISSED})
_DAY = frozenset({State.MOBBING, State.COUNTING})


@dataclass(frozen=True)
class Around:
    """What stands around several campaigns, by their ids: one query for each kind, whatever their number."""

    now: datetime
    businesses: Mapping[str, Business] = field(default_factory=dict)
    bids: Mapping[str, Bid] = field(default_factory=dict)
    live: Mapping[str, Live] = field(default_factory=dict)
    asks: Mapping[str, Asks] = field(default_factory=dict)
    promises: Mapping[str, Sequence[Obligation]] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """A campaign in a list. ``bold`` leads ``rest``; ``bar`` and ``stamp`` are left out where there is none."""

    slug: str
    label: str
    title: str
    lang: str
    small: str
    bar: Track | None
    bar_label: str
    icon: str
    bold: str
    rest: str
    stamp: Stamp | None


def card(c: Campaign, around: Around, locale: str) -> Card:
    """One card, in the reader's language; the bargain stays in the campaign's."""
    said = bargain(c, _names(c, around), _commitments(c, around))
    bar, bar_label, icon, bold, rest = _figure(c, around, locale)
    return Card(
        slug=c.slug,
        label=standing.label(c, locale),
        title=said.words,
        lang=said.lang,
        small=_small(c, locale),
        bar=bar,
        bar_label=bar_label,
        icon=icon,
        bold=bold,
        rest=rest,
        stamp=_stamp(c, around, locale),
    )


def _names(c: Campaign, around: Around) -> list[str]:
    return [around.businesses[w.business].name for w in c.winners if w.business in around.businesses]


def _commitments(c: Campaign, around: Around) -> list[Commitment]:
    return [held for w in c.winners if w.bid in around.bids for held in around.bids[w.bid].promised]


def _small(c: Campaign, locale: str) -> str:
    """ "Lörrach. Saturday 12 June 2027, 9:00 to 18:00". The zone stands on the campaign's page."""
    first = c.windows[0] if c.windows else None
    when = formats.span(first.opens_at, first.closes_at, locale, c.timezone) if first else ""
    return ". ".join(part for part in (c.place, when) if part)


_Figure = tuple[Track | None, str, str, str, str]
_NOTHING: _Figure = (None, "", "", "", "")


def _figure(c: Campaign, around: Around, locale: str) -> _Figure:
    live = around.live.get(c.id)
    if c.state in _ASKING:
        return _asked(around.asks.get(c.id), locale)
    if c.state in _PLEDGING and live:
        return _pledged(c, live.pledges, locale)
    if c.state in _DAY and live:
        return _came(live.door, locale)
    if c.tally is not None:
        return None, "", "", "", outcome.headline(c.tally, _names(c, around), locale)
    if c.state == State.CANCELLED:
        return None, "", "alert", translator(locale).gettext(N_("It does not take place.")), c.reason
    return _NOTHING


def _asked(asks: Asks | None, locale: str) -> _Figure:
    if asks is None or not asks.people:
        return _NOTHING
    words = translator(locale).ngettext("{people} person asks.", "{people} people ask.", asks.people)
    rest = translator(locale).gettext(N_("They would spend about {amount}."))
    bold = words.format(people=formats.number(asks.people, locale))
    return None, "", "people", bold, rest.format(amount=formats.money(asks.amount, locale))


def _pledged(c: Campaign, sums: PledgeSums, locale: str) -> _Figure:
    """The bar towards the go-ahead, or without one the people alone; hatched, for it is promised."""
    people, amount, target = sums.confirmed.people, sums.confirmed.amount, c.go_ahead.target
    plan = translator(locale).ngettext("{people} person plans to come.", "{people} people plan to come.", people)
    bold = plan.format(people=formats.number(people, locale))
    if target is None:
        return None, "", "people", bold, ""
    undecided = c.state == State.PLEDGING and not is_reached(c, people, amount)
    rest = _missing(c, target, people, amount, locale) if undecided else ""
    if c.go_ahead.kind == GoAheadKind.HEADCOUNT:
        return Track.part(people, int(target)), heads_of(people, int(target), locale), "", bold, rest
    label = translator(locale).gettext(N_("{amount} of {target} pledged"))
    wanted = formats.money(Money.rounded(target, c.currency), locale)
    told = label.format(amount=formats.money(amount, locale), target=wanted)
    return Track.part(amount.amount, target), told, "", bold, rest


def _missing(c: Campaign, target: Decimal, people: int, amount: Money, locale: str) -> str:
    if c.go_ahead.kind == GoAheadKind.MONEY:
        missing = formats.money(Money.rounded(target, c.currency) - amount, locale)
        return translator(locale).gettext(N_("{amount} more makes it happen.")).format(amount=missing)
    count = int(target) - people
    words = translator(locale).ngettext("{n} more makes it happen.", "{n} more make it happen.", count)
    return words.format(n=formats.number(count, locale))


def _came(door: DoorSums, locale: str) -> _Figure:
    words = translator(locale).ngettext("{people} person came so far.", "{people} people came so far.", door.people)
    spent = translator(locale).gettext(N_("{amount} noted at the door."))
    bold = words.format(people=formats.number(door.people, locale))
    return None, "", "people", bold, spent.format(amount=formats.money(door.spent, locale)) if door.reports else ""


def _stamp(c: Campaign, around: Around, locale: str) -> Stamp | None:
    """One stamp for all promises where they agree; else that of the one that fell due last."""
    held = around.promises.get(c.id, ())
    stamps = [stamp(o, around.now, locale) for o in held]
    if not stamps:
        return None
    fallen = [s for s, o in zip(stamps, held, strict=True) if s.state not in {"not_due", "in_progress"}]
    return summary(stamps, locale) or (fallen[-1] if fallen else stamps[0])
