"""What a till's file comes to, in the reader's language: sums for each window, and every line that is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaigns.tally import TillState
from campaigns.values import Campaign, Window
from core import formats
from core.i18n import N_, translator
from pledges.till_files import COLUMNS, Columns, Look, Mark, Order, Table
from pledges.till_files.values import Refused, Repeated, Sale, Summed
from pledges.values import TillFigures, TillTotal
from web.typed import Typed

LABELS = {
    "date": N_("Date, or date and time"),
    "time": N_("Time, if it has its own column"),
    "amount": N_("Amount that was paid, with tax"),
    "tax": N_("Tax in it"),
    "units": N_("How many were sold"),
    "customers": N_("Customers"),
    "receipt": N_("Receipt number"),
}
FIGURES = {
    "takings": N_("Takings"),
    "tax": N_("Tax in it"),
    "units": N_("Things sold"),
    "transactions": N_("Receipts"),
    "customers": N_("Customers"),
}
ORDERS = [
    ("", N_("As the dates in the file show")),
    (Order.DAY_FIRST.value, N_("Day first: 31.12. or 31/12")),
    (Order.MONTH_FIRST.value, N_("Month first: 12/31")),
]
MARKS = [
    ("", N_("As the amounts in the file show")),
    (Mark.COMMA.value, N_("Comma: 1.234,50")),
    (Mark.POINT.value, N_("Point: 1,234.50")),
]
_SHOWN = 30


@dataclass(frozen=True)
class Hours:
    """One window of the preview: the figures it comes to, or why it does not count."""

    when: str
    lines: str
    figures: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class Listed:
    """Lines that are left out, for one reason: how many, and the first of them."""

    title: str
    lines: tuple[str, ...]
    more: str


def columns(form: Typed) -> Columns:
    """The columns as they were chosen. Raises Invalid."""
    chosen = {name: form.value(name) for name in COLUMNS}
    order, mark = (form.value(name) for name in ("order", "mark"))
    return Columns(
        **chosen,
        items=form.value("items") == "yes",
        order=Order(order) if order in set(Order) else Order.AUTO,
        mark=Mark(mark) if mark in set(Mark) else Mark.AUTO,
    )


def shown(held: Columns) -> Typed:
    """Columns as the form's values."""
    values = {name: getattr(held, name) for name in COLUMNS}
    return Typed.start("", **values, order=held.order.value, mark=held.mark.value, items="yes" if held.items else "no")


def choices(table: Table) -> list[tuple[str, str]]:
    """The file's columns as options, each with the first cells below it."""
    return [(head, _example(table, head)) for head in table.heads]


def _example(table: Table, head: str) -> str:
    cells = [cell for cell in table.column(head)[:20] if cell][:2]
    return f"{head}: {', '.join(cells)[:40]}" if cells else head


def open_windows(campaign: Campaign, tills: Iterable[TillTotal], now: datetime) -> list[Window]:
    """The windows whose total can still be declared: over, and not answered."""
    answered = {till.window for till in tills if till.state != TillState.DECLARED}
    return [w for w in campaign.windows if w.closes_at <= now and w.id not in answered]


class Teller:
    """Says what was found in a file, in the reader's language and the campaign's zone."""

    def __init__(self, campaign: Campaign, locale: str) -> None:
        self.campaign, self.locale = campaign, locale
        self.say = translator(locale).gettext
        self.plural = translator(locale).ngettext

    def hours(self, found: Look, windows: Sequence[Window]) -> list[Hours]:
        """Every window of the campaign, also those that the file cannot be counted for."""
        sums = {summed.window: summed for summed in found.windows}
        open_ = {window.id for window in windows}
        return [self._hours(window, sums.get(window.id), window.id in open_) for window in self.campaign.windows]

    def _hours(self, window: Window, summed: Summed | None, is_open: bool) -> Hours:
        when = formats.span(window.opens_at, window.closes_at, self.locale, self.campaign.timezone)
        if not is_open:
            closed = N_("Not over yet, or answered already: the file changes nothing here.")
            return Hours(when, "", (), self.say(closed))
        if summed is None or summed.figures is None:
            return Hours(when, "", (), self.say(N_("No line of the file falls into these hours.")))
        text = self.plural("{n} line counts", "{n} lines count", summed.lines)
        return Hours(when, text.format(n=self._number(summed.lines)), tuple(self._figures(summed.figures)), "")

    def _figures(self, figures: TillFigures) -> Iterable[tuple[str, str]]:
        for name, words in FIGURES.items():
            value = getattr(figures, name)
            if value is not None:
                is_money = name in {"takings", "tax"}
                written = formats.money(value, self.locale, exact=True) if is_money else self._number(value)
                yield self.say(words), written

    def first(self, found: Look) -> list[str]:
        """The first lines that count, as they were understood."""
        return [self._sale(sale) for sale in found.first]

    def left_out(self, found: Look) -> list[Listed]:
        """What is left out, by reason; reasons without a line are not there."""
        outside = [self._sale(sale) for sale in found.outside]
        repeated = [self._repeated(each) for each in found.repeated]
        empty = [self._line(line) for line in found.empty]
        titles = (
            self.plural("{n} line is outside the hours", "{n} lines are outside the hours", len(outside)),
            self.plural(
                "{n} line repeats a receipt number and is counted once",
                "{n} lines repeat a receipt number and are counted once",
                len(repeated),
            ),
            self.plural(
                "{n} line has no date or no amount, such as a total",
                "{n} lines have no date or no amount, such as totals",
                len(empty),
            ),
        )
        told = [self._listed(*each) for each in zip(titles, (outside, repeated, empty), strict=True)]
        return [each for each in told if each.lines]

    def refused(self, found: Look) -> Listed:
        """What cannot be read: nothing counts until it can."""
        lines = [self._refused(each) for each in found.refused]
        return self._listed(self.plural("{n} cell cannot be read", "{n} cells cannot be read", len(lines)), lines)

    def _listed(self, title: str, lines: Sequence[str]) -> Listed:
        rest = len(lines) - _SHOWN
        more = self.say(N_("and {n} more")).format(n=self._number(rest)) if rest > 0 else ""
        return Listed(title.format(n=self._number(len(lines))), tuple(lines[:_SHOWN]), more)

    def _line(self, line: int) -> str:
        return self.say(N_("Line {number}")).format(number=line)

    def _sale(self, sale: Sale) -> str:
        when = formats.moment(sale.at, self.locale, self.campaign.timezone)
        amount = formats.money(sale.amount, self.locale, exact=True)
        return f"{self._line(sale.line)}: {when}, {amount}"

    def _repeated(self, each: Repeated) -> str:
        same = N_("{line}: number {receipt} stands on line {first}, word for word")
        other = N_("{line}: number {receipt} stands on line {first}, and says something else there")
        text = self.say(same if each.same else other)
        return text.format(line=self._line(each.line), receipt=each.receipt[:40], first=each.first)

    def _refused(self, each: Refused) -> str:
        text = N_("{line}, column “{column}”: {why}") if each.line else N_("Sum of the column “{column}”: {why}")
        why = formats.say(each.message, self.locale)
        return self.say(text).format(line=self._line(each.line), column=each.column, why=why)

    def _number(self, value: int) -> str:
        return formats.number(value, self.locale)
