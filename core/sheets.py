"""Tables as people keep them: CSV as their program wrote it, and CSV in which no cell becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.errors import refuse, require

UTF8, UTF16, LATIN1 = "UTF-8", "UTF-16", "Latin-1"
_SEPARATORS = (",", ";", "\t")
_QUOTED = re.compile(r'"[^"]*"')
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Row:
    """One line of a table: the number of the line on which it begins, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def decode(content: bytes, field: str) -> tuple[str, str]:
    """The text of a file and the encoding it was read in. What is not UTF is taken for Latin-1, as Windows writes it.

    Raises Invalid for what is no text at all.
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), UTF16
    if codec := _bare_utf16(content):
        return content.decode(codec, errors="replace"), UTF16
    require(b"\x00" not in content, field, "this is not a text file; save the table as CSV and choose that file")
    try:
        return content.removeprefix(BOM_UTF8).decode("utf-8"), UTF8
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), LATIN1


def _bare_utf16(content: bytes) -> str:
    """UTF-16 without a mark: every second byte of what stands in Latin letters is zero."""
    even, odd = content[::2], content[1::2]
    for codec, zeros, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros and len(even) == len(odd) and zeros.count(0) > len(zeros) * 0.9 and 0 not in letters:
            return codec
    return ""


def rows(text: str, field: str) -> tuple[list[str], list[Row]]:
    """The columns of a table in the order of its first line, and its rows; empty lines are passed over.

    Commas, semicolons and tabs separate, whichever the first line has most of. Raises Invalid for a quotation mark
    that is never closed, naming its line.
    """
    told = lines(text, field)
    _, first = next(told, (0, []))
    heads = [head.strip() for head in first]
    named = [head.casefold() for head in heads]
    return heads, [Row(line, dict(zip(named, cells, strict=False))) for line, cells in told]


def lines(text: str, field: str) -> Iterator[tuple[int, list[str]]]:
    """Every line that holds something, with the number of the line on which it begins. Raises Invalid as ``rows``."""
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            refuse(field, "line {line} cannot be read: is a quotation mark missing there?", line=line)
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, [_unquoted(cell) for cell in cells]


def separator(text: str) -> str:
    """What separates the cells: of comma, semicolon and tab the one that the first line has most of, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=_QUOTED.sub("", first).count)


def _unquoted(cell: str) -> str:
    """A cell without the quote by which ``write`` keeps it from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def write(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """CSV with a BOM, by which spreadsheets know UTF-8; cells that they would run get a quote (OPERATIONS.md)."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    csv.writer(out).writerows([_safe(cell) for cell in line] for line in (heads, *lines))
    return out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
