"""The till total of each window as a form: what is known, what is still to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from campaigns.tally import TillState
from campaigns.values import Campaign, Window
from core import formats
from pledges.values import TillFigures, TillTotal
from web.typed import Typed
from web.views.fields import Fields
from web.views.proofs import Link

MONEY = ("takings", "tax", "cost", "baseline")
COUNTS = ("units", "transactions", "customers")


@dataclass(frozen=True)
class TillLine:
    """One window from the shop's side. ``open``: its total can be entered, or entered anew."""

    window: str
    when: str
    open: bool
    over: bool
    till: TillTotal | None
    form: Typed
    proofs: tuple[Link, ...] = ()

    @property
    def state(self) -> str:
        return self.till.state.value if self.till else ""


def figures(fields: Fields, currency: str) -> TillFigures:
    """What was typed. Raises Invalid naming everything refused."""
    takings = fields.money("takings", currency)
    fields.require(takings is not None or fields.has("takings"), "takings", "write what the till took, like 2000.84")
    rest: dict[str, Any] = {name: fields.money(name, currency) for name in MONEY[1:]}
    rest |= {name: fields.whole(name) for name in COUNTS}
    made = fields.keep(lambda: TillFigures(takings, **rest)) if takings is not None else None
    fields.check()
    assert made
    return made


def lines(
    campaign: Campaign,
    tills: Iterable[TillTotal],
    now: datetime,
    locale: str,
    proofs: Mapping[str, tuple[Link, ...]] | None = None,
) -> list[TillLine]:
    """Every window, in order; ``proofs`` by till total."""
    known = {till.window: till for till in tills}
    made = [_line(campaign, window, known.get(window.id), now, locale) for window in campaign.windows]
    return [replace(line, proofs=(proofs or {}).get(line.till.id, ()) if line.till else ()) for line in made]


def _line(campaign: Campaign, window: Window, till: TillTotal | None, now: datetime, locale: str) -> TillLine:
    over = window.closes_at <= now
    return TillLine(
        window=window.id,
        when=formats.span(window.opens_at, window.closes_at, locale, campaign.timezone),
        open=over and (till is None or till.state == TillState.DECLARED),
        over=over,
        till=till,
        form=Typed.start(f"{window.id}-", **_shown(till, locale)) if till else Typed(prefix=f"{window.id}-"),
    )


def _shown(till: TillTotal, locale: str) -> dict[str, str]:
    values = {"visibility": till.visibility.value}
    for name in MONEY:
        amount = getattr(till.figures, name)
        if amount is not None:
            values[name] = formats.amount(amount, locale)
    counts = {name: getattr(till.figures, name) for name in COUNTS}
    return values | {name: formats.number(count, locale) for name, count in counts.items() if count is not None}
