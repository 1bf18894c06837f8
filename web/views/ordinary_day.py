"""An ordinary day as the fields of the bid builder, and back; and which of its figures the promises need."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from businesses.commitments import Basis, Commitment, PerUnit, Share
from businesses.values import Baseline
from campaigns.values import Campaign
from core.i18n import N_
from core.money import Money, total
from web.views import conversion
from web.views.fields import Fields

Figure = TypeVar("Figure")

NEEDS = {
    "takings": N_("over what is it extra? Say what an ordinary day brings"),
    "tax_share": N_("a share of the net needs the tax, so that bids can be compared"),
    "margin": N_("a share of the profit needs the profit, so that bids can be compared"),
    "units": N_("a sum for each needs how many are sold, so that bids can be compared"),
}
"""Why a figure is asked for."""


def read(fields: Fields, campaign: Campaign, made: Sequence[Commitment]) -> Baseline | None:
    """What an ordinary day brings, with source and date; None where nothing was typed and no promise needs it."""
    asked = _needed(campaign, made)
    for name in asked:
        field = _field(name)
        fields.require(fields.has(field), field, NEEDS[name])
    takings = _windows(fields, "baseline.takings", lambda name: fields.money(name, campaign.currency))
    days = _days(fields, campaign)
    if not takings and days and len(campaign.windows) == 1:
        takings = (_mean(days),)
    if not takings:
        fields.require(not asked, _field("takings"), "say what an ordinary day brings")
        return None
    return _read(fields, takings, days)


def _days(fields: Fields, campaign: Campaign) -> tuple[Money, ...]:
    """Single days, one after the other with semicolons: a comma may stand before the cents."""
    typed = [each for each in re.split(r"[;\n]", fields.raw("baseline.days")) if each.strip()]
    read_ = [fields.amount("baseline.days", each, campaign.currency) for each in typed]
    return tuple(each for each in read_ if each is not None)


def _mean(days: Sequence[Money]) -> Money:
    whole = total(list(days), days[0].currency)
    return Money.rounded(whole.amount / len(days), whole.currency)


def _read(fields: Fields, takings: tuple[Money, ...], days: tuple[Money, ...]) -> Baseline | None:
    source = fields.text("baseline.source", 300, 1)
    fields.require(fields.has("baseline.recorded_on"), "baseline.recorded_on", "say when it was recorded")
    day, visibility = fields.day("baseline.recorded_on"), fields.raw("baseline.visibility")
    tax_share, margin = (fields.number(f"baseline.{name}") for name in ("tax_share", "margin"))
    units = _windows(fields, "baseline.units", fields.whole)
    shown_to = "checker" if visibility == "checker" else "public"
    about = fields.raw("baseline.about") == "yes"
    given = (takings, source, shown_to, day, tax_share, margin, units, days, about)
    return fields.keep(lambda: Baseline(*given), "baseline")


def _windows(fields: Fields, prefix: str, read_: Callable[[str], Figure | None]) -> tuple[Figure, ...]:
    """One figure for all windows, or one for each; none where nothing was typed."""
    names = [f"{prefix}.{n}" for n in fields.indices(prefix)]
    if not fields.has(*names):
        return ()
    single = fields.has(names[0]) and not fields.has(*names[1:])
    for name in [] if single else names:
        fields.require(fields.has(name), name, "please fill this in")
    figures = [read_(name) for name in (names[:1] if single else names)]
    return tuple(figure for figure in figures if figure is not None)


def _needed(campaign: Campaign, made: Sequence[Commitment]) -> list[str]:
    """An extra is counted from an ordinary day; the rest is needed where a stated estimate converts by it."""
    estimate = campaign.bidding.estimate if campaign.bidding else None
    bases = {held.basis for held in made if isinstance(held, Share)}
    by_unit = any(isinstance(held, PerUnit) for held in made)
    needed = {
        "takings": Basis.EXTRA in bases,
        "tax_share": estimate and Basis.NET in bases,
        "margin": estimate and Basis.PROFIT in bases,
        "units": estimate and estimate.units is None and by_unit,
    }
    return [name for name, is_needed in needed.items() if is_needed]


def _field(name: str) -> str:
    """The field, or the first of those for each window."""
    return f"baseline.{name}.0" if name in {"takings", "units"} else f"baseline.{name}"


def shown(held: Baseline, locale: str) -> dict[str, str]:
    """A recorded ordinary day as the form's values."""
    values = {"source": held.source, "visibility": held.visibility}
    values["recorded_on"] = held.recorded_on.isoformat() if held.recorded_on else ""
    for name, share in (("tax_share", held.tax_share), ("margin", held.margin)):
        values[name] = "" if share is None else conversion.number(share, locale)
    values |= {f"takings.{n}": conversion.number(figure.amount, locale) for n, figure in enumerate(held.takings)}
    values["days"] = "; ".join(conversion.number(each.amount, locale) for each in held.days)
    values["about"] = "yes" if held.about else ""
    values |= {f"units.{n}": str(count) for n, count in enumerate(held.units)}
    return {f"baseline.{name}": value for name, value in values.items()}
