"""Bids converted to an expected sum, in the reader's words: the formula, what is missing, and the ordinary day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from businesses.converting import Expected, written
from businesses.values import Baseline, Confirmed, Offer, Seen
from campaigns.values import Estimate
from core import formats
from core.i18n import N_, translator
from core.money import Money
from core.wire import plain
from web.views.promises import Detail, Reader, Words

LACKS = {
    "tax_share": N_("the tax in its takings"),
    "margin": N_("its profit in percent of its takings"),
    "baseline": N_("what an ordinary day brings"),
    "units": N_("how many it sells on an ordinary day"),
}
"""The figures that a conversion may miss."""


def formula(found: Expected, locale: str) -> str:
    """ "22% × (€5,000 - €2,000) = €660"; the sum alone where the checker confirmed it."""
    amount = formats.money(found.amount, locale) if found.amount else "?"
    if not found.pieces:
        return amount
    shown = written(found.pieces, lambda share: percent(share, locale), lambda m: formats.money(m, locale),
                    lambda count: formats.number(count, locale))  # fmt: skip
    shown = shown.replace(" x ", " × ").replace(" - ", " \N{MINUS SIGN} ")
    return f"{shown} = {amount}" if len(found.pieces) > 1 else shown


def percent(share: Decimal, locale: str) -> str:
    """Without trailing zeros."""
    return formats.percent(Decimal(plain(share)), locale)


def number(figure: Decimal, locale: str) -> str:
    """Without trailing zeros."""
    return formats.number(Decimal(plain(figure)), locale)


def lacking(names: Sequence[str], locale: str) -> str:
    """The figures that are missing, in words."""
    say = translator(locale).gettext
    return ", ".join(say(LACKS[name]) for name in names)


def stated(estimate: Estimate, reader: Reader) -> str:
    """The crowd estimate in one line, with its source."""
    locale, say = reader.locale, reader.say
    told = [say(N_("takings of {amount}")).format(amount=formats.money(estimate.takings, locale))]
    if estimate.units is not None:
        told.append(say(N_("{count} things sold")).format(count=formats.number(estimate.units, locale)))
    if estimate.people is not None:
        told.append(formats.people(estimate.people, locale))
    return ", ".join(told)


def ordinary_day(baseline: Baseline, locale: str) -> str:
    """ "€1,120, tax 16%, profit 20%, 410 sold (Mean of four Saturdays, 3 March 2027)"."""
    say = translator(locale).gettext
    told = [_sums(baseline.takings, locale)]
    if baseline.about:
        told[0] = say(N_("about {amount}")).format(amount=told[0])
    if baseline.days:
        low, high = (formats.money(bound(baseline.days), locale) for bound in (min, max))
        text = say(N_("{n} days between {low} and {high}"))
        told.append(text.format(n=len(baseline.days), low=low, high=high))
    if baseline.tax_share is not None:
        told.append(say(N_("tax {share}")).format(share=percent(baseline.tax_share, locale)))
    if baseline.margin is not None:
        told.append(say(N_("profit {share}")).format(share=percent(baseline.margin, locale)))
    if baseline.units:
        units = ", ".join(formats.number(count, locale) for count in baseline.units)
        told.append(say(N_("{count} sold")).format(count=units))
    known = [baseline.source] if baseline.source else []
    if baseline.recorded_on:
        known.append(formats.calendar_date(baseline.recorded_on, locale))
    return ", ".join(told) + (f" ({', '.join(known)})" if known else "")


def _sums(takings: Sequence[Money], locale: str) -> str:
    return ", ".join(formats.money(each, locale) for each in takings)


def usual(offer: Offer, seen: Seen | None, reader: Reader) -> list[Detail]:
    """The ordinary day as everybody may know it, and whether the checker has seen what is kept back."""
    label = reader.say(N_("Ordinary day"))
    if offer.baseline is None:
        return []
    if not offer.baseline.hidden:
        return [(label, ordinary_day(offer.baseline, reader.locale))]
    if seen is None:
        return [(label, reader.say(N_("Known to the checker only")))]
    texts = {
        "monitor": N_("Not published; seen by the monitor on {day}"),
        "organizer": N_("Not published; seen by the organizers on {day}"),
    }
    return [(label, reader.say(texts[seen.by]).format(day=formats.calendar_date(seen.on, reader.locale)))]


def changes(offer: Offer, confirmed: Sequence[Confirmed], reader: Reader) -> list[Detail]:
    """Would it be done anyway; what is done, what was planned, and what of it somebody has seen: never blended."""
    labels = (N_("Anyway?"), N_("Done"), N_("Planned"))
    told: list[Detail] = [
        (reader.say(label), reader.said(words))
        for label, words in zip(labels, (offer.anyway, offer.done_already, offer.planned), strict=True)
        if words
    ]
    return told + [(reader.say(N_("Confirmed")), _seen(each, reader)) for each in confirmed]


def _seen(each: Confirmed, reader: Reader) -> Words:
    texts = {
        "monitor": N_("{note} (seen by the monitor on {day})"),
        "organizer": N_("{note} (seen by the organizers on {day})"),
    }
    return reader.say(texts[each.by]).format(note=each.note, day=formats.calendar_date(each.on, reader.locale))
