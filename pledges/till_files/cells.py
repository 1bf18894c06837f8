"""What one cell says: an amount, a count, an instant, as tills of many countries write them.

How amounts and dates are written is told by the whole column: "1,234" alone could be either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import TypeVar

from babel.numbers import get_currency_symbol

from core import zones
from core.errors import refuse, require
from core.money import Money, decimals_of
from pledges.till_files.values import Mark, Order

Value = TypeVar("Value")

_BLANKS = "\u00a0\u202f\u2009\u2007"
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"} | dict.fromkeys(_BLANKS, " "))
_OTHER = {Mark.COMMA: Mark.POINT, Mark.POINT: Mark.COMMA}
_GROUPED = r"\d{{1,3}}(?:[{other} '’]\d{{2,3}})*[{other} '’]\d{{3}}"
_NUMBERS = {
    mark: re.compile(rf"(\d+|{_GROUPED.format(other=other)}|)(?:{re.escape(mark)}(\d+))?", re.ASCII)
    for mark, other in _OTHER.items()
}
_DATE = re.compile(r"(\d{1,4})[./-] ?(\d{1,2})[./-] ?(\d{4}|\d{2})(?!\d)")
_TIME = re.compile(
    r"[T, ]*(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)? ?([ap]\.?m\.?)?(?: ?Uhr)? ?(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


def mark_of(cells: Iterable[str], currency: str, separator: str) -> Mark:
    """What stands before the cents in most amounts of a column.

    Where no amount tells, a file separated by semicolons comes from a country that writes commas.
    """
    decimals, votes = decimals_of(currency), Counter[Mark]()
    for cell in cells:
        votes.update(_told(_bare(cell, currency)[1], decimals))
    if votes:
        return votes.most_common(1)[0][0]
    return Mark.COMMA if separator == ";" else Mark.POINT


def _told(digits: str, decimals: int) -> list[Mark]:
    """What one amount tells of the mark: thousands are grouped by three, and cents are as many as the currency has."""
    marks = re.findall(r"[.,]", digits) if re.fullmatch(r"[\d.,'’ ]+", digits) else []
    if not marks:
        return []
    last = Mark(marks[-1])
    if len(set(marks)) > 1:
        return [last]
    before, _, after = digits.rpartition(last)
    grouped = len(marks) > 1 or (len(after) == 3 and decimals != 3 and re.fullmatch(r"[1-9]\d{0,2}", before))
    return [_OTHER[last]] if grouped else [last]


def amount(cell: str, currency: str, mark: Mark) -> Money:
    """ "1.234,50 €", "-12.50", "12,50-", "(12.50)". Raises Invalid, also for another currency's sign."""
    below, digits = _bare(cell, currency)
    found = _NUMBERS[mark].fullmatch(digits)
    require(found and digits, "", "“{cell}” is no amount in {currency}", cell=cell[:40], currency=currency)
    assert found
    whole, cents = found.groups("")
    kept = cents[: decimals_of(currency)] + cents[decimals_of(currency) :].rstrip("0")
    plain = re.sub(r"\D", "", whole) or "0"
    read = Money.parse(f"{plain}.{kept}" if kept else plain, currency, "")
    return -read if below else read


def _bare(cell: str, currency: str) -> tuple[bool, str]:
    """Whether an amount is below 0, and its digits with their marks: no sign, no currency."""
    text = cell.translate(_MINUS).strip()
    for sign in (currency, get_currency_symbol(currency, "en"), get_currency_symbol(currency, "de")):
        text = text.removeprefix(sign).removesuffix(sign).strip()
    bracketed = text.startswith("(") and text.endswith(")")
    inner = text[1:-1].strip() if bracketed else text
    below = bracketed or inner.startswith("-") or inner.endswith("-")
    inner = inner.removeprefix("-") if inner.startswith(("-", "+")) else inner.removesuffix("-")
    for sign in (currency, get_currency_symbol(currency, "en")):
        inner = inner.strip().removeprefix(sign).removesuffix(sign)
    return below, inner.removeprefix("+").strip()


def count(cell: str, mark: Mark) -> int:
    """A whole number: "3", "3,00", "-1" of a refund. Raises Invalid."""
    text = cell.translate(_MINUS).strip()
    found = _NUMBERS[mark].fullmatch(text.removeprefix("-"))
    whole, part = found.groups("") if found else ("", "")
    require(whole and len(whole) < 12 and not part.strip("0"), "", "“{cell}” is no whole number", cell=cell[:40])
    number = int(re.sub(r"\D", "", whole))
    return -number if text.startswith("-") else number


def order_of(cells: Iterable[str], days: Collection[date]) -> Order:
    """Whether days or months come first, by what the dates allow; else by which of both finds more of the ``days``."""
    parts = [found.groups() for cell in cells if (found := _DATE.match(cell.strip()))]
    short = [(int(first), int(second)) for first, second, _ in parts if len(first) < 3]
    if any(first > 12 for first, _ in short):
        return Order.DAY_FIRST
    if any(second > 12 for _, second in short):
        return Order.MONTH_FIRST
    wanted = {(day.month, day.day) for day in days}
    months_first = sum((first, second) in wanted for first, second in short)
    days_first = sum((second, first) in wanted for first, second in short)
    return Order.MONTH_FIRST if months_first > days_first else Order.DAY_FIRST


def moment(cell: str, order: Order, zone: str, clock: str = "") -> datetime:
    """ "12.06.2027 09:30", "6/12/2027 9:30 AM", "2027-06-12T09:30:00Z": an instant in UTC; local time without offset.

    ``clock``: the cell of the time, where it has a column of its own. Of an hour that comes twice when clocks are put
    back, the first is meant. Raises Invalid.
    """
    text = cell.translate(_MINUS).strip()
    found = _DATE.match(text)
    require(found, "", "“{cell}” is no date", cell=cell[:40])
    assert found
    day = _day(found.groups(""), order, cell)
    said = clock or text[found.end() :]
    time = _TIME.fullmatch(said)
    require(time, "", "“{cell}” has no time of day: choose the column of the time", cell=(clock or cell)[:40])
    assert time
    hour, minute, second, half, offset = time.groups("")
    local = f"{day}T{_hour(int(hour), half):02}:{minute}:{second or '00'}"
    if offset:
        return _read(lambda: zones.instant(datetime.fromisoformat(f"{local}{offset}"), ""), said)
    return _read(lambda: zones.local_instant(local, zone, ""), said)


def _day(parts: tuple[str, ...], order: Order, cell: str) -> date:
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) > 2:
        year, month, day = first, second, third
    else:
        day, month = (second, first) if order == Order.MONTH_FIRST else (first, second)
        year = third if third > 99 else 2000 + third
    return _read(lambda: date(year, month, day), cell)


def _hour(hour: int, half: str) -> int:
    return hour if not half else hour % 12 + (12 if half[0] in "pP" else 0)


def _read(work: Callable[[], Value], cell: str) -> Value:
    try:
        return work()
    except ValueError:
        refuse("", "“{cell}” is no date and time that exists", cell=cell[:40])
