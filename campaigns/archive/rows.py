"""A file of real campaigns, line by line: read whole, checked cell by cell, every word kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlsplit

from campaigns.archive.countries import CODES
from campaigns.archive.estimates import has_two_readings, read_estimate
from core.currencies import DECIMALS
from core.errors import FieldError, Invalid, Message, refuse, require
from core.money import Money, decimals_of

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
LONGEST = 2000
"""Characters a cell may hold: enough for any remark, and little enough to read by rule in no time."""
Numbered = tuple[int, list[str]]


@dataclass(frozen=True)
class Row:
    """One campaign of the file, every cell as it stands there: the names are the file's columns."""

    id: str
    city: str
    country: str
    date: str
    business: str
    bid_as_published: str
    bid_basis: str
    bid_pct: str
    currency: str
    takings: str
    takings_note: str
    people: str
    people_note: str
    committed_money: str
    baseline: str
    outcome: str
    caveat: str
    sources: str

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses of the pages it was taken from."""
        return tuple(page.strip() for page in self.sources.split("|") if page.strip())


COLUMNS = tuple(field.name for field in fields(Row))


def decode(content: bytes) -> str:
    """The file's text. Raises Invalid naming the line whose bytes are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as found:
        line = content.count(b"\n", 0, found.start) + 1
        refuse(f"line {line}", "this is not UTF-8 text; save the file as CSV in UTF-8")


def read_rows(text: str) -> list[Row]:
    """All campaigns of a CSV file. Raises Invalid with every fault found, each by its line and column."""
    (_, header), *lines = _lines(text) or [(1, [])]
    _check_header(header)
    require(lines, "line 2", "there is no campaign below the first line")
    faults = [fault for line, cells in lines for fault in _misfit(line, cells)]
    rows = [(line, _row(header, cells)) for line, cells in lines if len(cells) == len(COLUMNS)]
    faults += [fault for line, row in rows for fault in _faults(line, row)]
    faults += _repeated(rows)
    if faults:
        raise Invalid(faults)
    return [row for _, row in rows]


def is_day(text: str) -> bool:
    """Whether "2009-06-13" stands in the calendar."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _lines(text: str) -> list[Numbered]:
    """Each record with the line it begins on; empty lines are passed over."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    records, begins = [], 1
    try:
        for cells in reader:
            records.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as broken:
        refuse(f"line {begins}", "this is not CSV: {reason}", reason=str(broken))
    return [(line, cells) for line, cells in records if cells]


def _row(header: list[str], cells: list[str]) -> Row:
    return Row(**dict(zip(header, cells, strict=True)))


def _check_header(header: list[str]) -> None:
    missing = ", ".join(column for column in COLUMNS if column not in header)
    require(not missing, "line 1", "missing here: {columns}; columns are parted by commas", columns=missing)
    strange = ", ".join(_shown(column) for column in header if column not in COLUMNS)
    require(not strange, "line 1", "not known here: {columns}; nothing of a file may be lost", columns=strange)
    require(len(header) == len(COLUMNS), "line 1", "each column may stand here once")


def _misfit(line: int, cells: list[str]) -> list[FieldError]:
    if len(cells) == len(COLUMNS):
        return []
    text = "{found} cells where {expected} belong; a comma inside a cell needs quotation marks around the cell"
    return [FieldError(f"line {line}", Message(text, {"found": len(cells), "expected": len(COLUMNS)}))]


def _faults(line: int, row: Row) -> list[FieldError]:
    found = []
    for column in COLUMNS:
        try:
            _check_text(getattr(row, column))
            CHECKS.get(column, _anything)(row)
        except Invalid as refused:
            found += [FieldError(f"line {line}, column {column}", error.message) for error in refused.errors]
    return found


def _repeated(rows: list[tuple[int, Row]]) -> list[FieldError]:
    first: dict[str, int] = {}
    text = "{id} stands in line {first} already; each campaign needs an id of its own"
    return [
        FieldError(f"line {line}, column id", Message(text, {"id": _shown(row.id), "first": first[row.id]}))
        for line, row in rows
        if first.setdefault(row.id, line) != line
    ]


def _check_text(cell: str) -> None:
    require(len(cell) <= LONGEST, "", "at most {most} characters", most=LONGEST)
    found = _UNPRINTABLE.search(cell)
    code = f"U+{ord(found.group()):04X}" if found else ""
    require(not found, "", "holds the control character {code}; take it out", code=code)


def _anything(_row: Row) -> None:
    """Words are taken as they come."""


def _check_id(row: Row) -> None:
    require(ID.fullmatch(row.id), "", "give an id of up to 40 letters, digits, - and _, like C1")


def _check_country(row: Row) -> None:
    known = not row.country or row.country in CODES
    require(known, "", "{code} is not a country code like DE, FI or US", code=_shown(row.country))


def _check_date(row: Row) -> None:
    if not row.date:
        return
    require(_DAY.fullmatch(row.date), "", "write the date like 2009-06-13, or leave it empty if unknown")
    require(is_day(row.date), "", "there is no such day as {day}", day=row.date)


def _check_business(row: Row) -> None:
    require(row.business.strip(), "", "name the business")


def _check_currency(row: Row) -> None:
    if row.currency or row.takings or row.committed_money:
        decimals_of(row.currency)


def _check_percent(row: Row) -> None:
    _check_number(row.bid_pct, "percent", "write a share in percent like 22 or 12.5, or leave it empty if unknown")


def _check_people(row: Row) -> None:
    _check_number(row.people, "people", "write a number like 400 or 100-150, or leave it empty if unknown")
    require("." not in row.people, "", "people are counted in whole numbers")


def _check_takings(row: Row) -> None:
    _check_money(row.takings, row.currency)


def _check_committed(row: Row) -> None:
    _check_money(row.committed_money, row.currency)


def _check_money(cell: str, currency: str) -> None:
    _check_number(cell, currency, "write an amount like 2000.84 or 1000-2000, or leave it empty if unknown")
    figure = read_estimate(cell, currency)
    for bound in (figure.low, figure.high) if figure and currency in DECIMALS else ():
        if bound is not None:
            Money.parse(f"{bound:f}", currency)


def _check_number(cell: str, unit: str, advice: str) -> None:
    require(not cell.strip() or read_estimate(cell, unit), "", advice)
    both = {"thousands": cell.strip().replace(".", ""), "decimals": cell.strip() + "0"}
    require(not has_two_readings(cell), "", "can be read in two ways; write {thousands} or {decimals}", **both)


def _check_sources(row: Row) -> None:
    require(row.pages, "", "name the pages this comes from, parted by |")
    for page in row.pages:
        require(_is_page(page), "", "{page} is not an address like https://example.org/page", page=_shown(page))


def _is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", address)


def _shown(cell: str) -> str:
    """A cell short and clean enough to stand in a message."""
    clean = _UNPRINTABLE.sub("\ufffd", cell)
    return clean if len(clean) <= 60 else clean[:59] + "…"


CHECKS: dict[str, Callable[[Row], None]] = {
    "id": _check_id,
    "country": _check_country,
    "date": _check_date,
    "business": _check_business,
    "bid_pct": _check_percent,
    "currency": _check_currency,
    "takings": _check_takings,
    "people": _check_people,
    "committed_money": _check_committed,
    "sources": _check_sources,
}
"""What a column must look like, where not every word will do."""
