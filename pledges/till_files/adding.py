"""What the file comes to for each window, and what is left out of it, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from campaigns.values import Campaign, Window
from core.errors import Invalid, require
from core.money import Money, total
from core.zones import zone
from pledges.till_files import cells
from pledges.till_files.table import Table
from pledges.till_files.values import NEEDED, Columns, Look, Mark, Order, Refused, Repeated, Sale, Summed
from pledges.values import TillFigures

Value = TypeVar("Value")
_SHOWN = 3


def look(table: Table, columns: Columns, campaign: Campaign, windows: Sequence[Window]) -> Look:
    """Sum a file for these windows of a campaign, in its time zone. Where windows overlap, a line counts in the first.

    Raises Invalid while no column of dates or of amounts is chosen, or one that the file has not.
    """
    for name in NEEDED:
        require(getattr(columns, name), name, "choose the column")
    for name, head in columns.chosen.items():
        require(head in table.heads, name, "the file has no column “{head}”", head=head)
    reader = _Reader.of(table, columns, campaign)
    sales = list(reader.sales())
    inside = [(window, sale) for sale in sales if (window := _window(windows, sale.at))]
    summed = [_summed(w, [s for window, s in inside if window is w], columns, reader) for w in windows]
    return Look(
        windows=tuple(summed),
        outside=tuple(sale for sale in sales if not _window(windows, sale.at)),
        repeated=tuple(reader.repeated),
        empty=tuple(reader.empty),
        refused=tuple(reader.refused),
        refunds=sum(sale.amount.minor < 0 for _, sale in inside),
        first=tuple(sale for _, sale in inside[:_SHOWN]),
    )


def _window(windows: Sequence[Window], at: datetime) -> Window | None:
    """From the opening on, and before the closing."""
    return next((w for w in windows if w.opens_at <= at < w.closes_at), None)


def _summed(window: Window, sales: Sequence[Sale], columns: Columns, reader: _Reader) -> Summed:
    if not sales:
        return Summed(window.id, 0, None)
    try:
        return Summed(window.id, len(sales), _figures(sales, columns, reader.currency))
    except Invalid as wrong:
        reader.refused += [Refused(0, _head(columns, error.field), error.message) for error in wrong.errors]
        return Summed(window.id, len(sales), None)


def _head(columns: Columns, figure: str) -> str:
    """The column that a sum comes from."""
    return str(getattr(columns, "amount" if figure == "takings" else figure, ""))


def _figures(sales: Sequence[Sale], columns: Columns, currency: str) -> TillFigures:
    """A refund takes from the takings and is no receipt of its own."""
    paid = [sale for sale in sales if sale.amount.minor >= 0]
    receipts = len({sale.receipt for sale in paid}) if columns.items else len(paid)
    return TillFigures(
        takings=total([sale.amount for sale in sales], currency),
        tax=total([sale.tax or Money.zero(currency) for sale in sales], currency) if columns.tax else None,
        units=sum(sale.units or 0 for sale in sales) if columns.units else None,
        transactions=receipts,
        customers=sum(sale.customers or 0 for sale in sales) if columns.customers else None,
    )


@dataclass
class _Reader:
    """Reads lines one by one, and remembers what it leaves out and why."""

    table: Table
    columns: Columns
    currency: str
    zone: str
    mark: Mark
    order: Order
    empty: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)
    _known: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table, columns: Columns, campaign: Campaign) -> _Reader:
        """A reader that has looked at the whole columns, to know how amounts and dates are written."""
        money = [*table.column(columns.amount), *table.column(columns.tax)]
        mark = columns.mark or cells.mark_of(money, campaign.currency, table.separator)
        held = zone(campaign.timezone)
        days = {at.astimezone(held).date() for w in campaign.windows for at in (w.opens_at, w.closes_at)}
        order = columns.order or cells.order_of(table.column(columns.date), days)
        return cls(table, columns, campaign.currency, campaign.timezone, mark, order)

    def sales(self) -> Iterator[Sale]:
        """Every line that can be read and is not a repetition."""
        places = {name: self.table.heads.index(head) for name, head in self.columns.chosen.items()}
        for line, row in self.table.lines:
            cell = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
            if not cell["date"] or not cell["amount"]:
                self.empty.append(line)
            elif not self._repeats(line, cell.get("receipt", ""), row) and (sale := self._sale(line, cell)):
                yield sale

    def _repeats(self, line: int, receipt: str, row: tuple[str, ...]) -> bool:
        if self.columns.items or not receipt:
            return False
        first, said = self._known.setdefault(receipt, (line, row))
        if first != line:
            self.repeated.append(Repeated(line, receipt, first, same=said == row))
        return first != line

    def _sale(self, line: int, cell: dict[str, str]) -> Sale | None:
        at = self._cell(line, "date", lambda: self._moment(cell))
        amount = self._cell(line, "amount", lambda: cells.amount(cell["amount"], self.currency, self.mark))
        tax = self._maybe(line, cell, "tax", lambda said: cells.amount(said, self.currency, self.mark))
        units = self._maybe(line, cell, "units", lambda said: cells.count(said, self.mark))
        customers = self._maybe(line, cell, "customers", lambda said: cells.count(said, self.mark))
        if at is None or amount is None:
            return None
        return Sale(line, at, amount, tax, units, customers, cell.get("receipt", ""))

    def _moment(self, cell: dict[str, str]) -> datetime:
        return cells.moment(cell["date"], self.order, self.zone, cell.get("time", ""))

    def _maybe(self, line: int, cell: dict[str, str], name: str, read: Callable[[str], Value]) -> Value | None:
        said = cell.get(name, "")
        return self._cell(line, name, lambda: read(said)) if said else None

    def _cell(self, line: int, name: str, read: Callable[[], Value]) -> Value | None:
        """One cell; what cannot be read is kept with its line and the head of its column."""
        try:
            return read()
        except Invalid as wrong:
            self.refused.append(Refused(line, getattr(self.columns, name), wrong.message))
            return None
