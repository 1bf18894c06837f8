"""A list of shops from a CSV file and back into one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from businesses.prospects.values import MOST, Entry, Prospect, entry
from core import sheets
from core.errors import Invalid, Message, require
from core.wire import encode

COLUMNS = {
    "name": ("name", "shop", "business", "laden", "geschäft", "betrieb"),
    "contact": ("contact", "email", "e-mail", "mail", "phone", "kontakt", "telefon"),
    "place": ("place", "street", "address", "ort", "straße", "strasse", "adresse"),
    "note": ("note", "notes", "notiz", "notizen", "bemerkung"),
}
"""By which heads a column is known; of several for one field the first that holds something counts."""


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken, the line on which it stands, and why."""

    line: int
    field: str
    message: Message


@dataclass(frozen=True)
class Sheet:
    """What a file would bring: shops that are new, those on the list already by line and name, rows refused, columns
    that mean nothing here."""

    fresh: tuple[Entry, ...]
    known: tuple[tuple[int, str], ...]
    refused: tuple[Refused, ...]
    unused: tuple[str, ...]


def read(text: str, field: str, held: Collection[str]) -> Sheet:
    """Sort a file's rows into new, known and refused. ``held`` are the matches on the list.

    Raises Invalid where the first line has no column of names, or a quotation mark is never closed.
    """
    heads, rows = sheets.rows(text, field)
    named = {head.casefold() for head in heads}
    has_names = named.intersection(COLUMNS["name"])
    require(has_names, field, "the first line must name the columns; one of them is “name”")
    matches, fresh, known, refused = set(held), [], [], []
    for row in rows:
        try:
            made = _entry(row, len(matches))
        except Invalid as wrong:
            refused += [Refused(row.line, error.field, error.message) for error in wrong.errors]
            continue
        if made.match in matches:
            known.append((row.line, made.name))
        else:
            fresh.append(made)
        matches.add(made.match)
    return Sheet(tuple(fresh), tuple(known), tuple(refused), _unused(heads))


def _entry(row: sheets.Row, held: int) -> Entry:
    require(held < MOST, "name", "a list has room for {most} shops", most=MOST)
    return entry({field: _cell(row, heads) for field, heads in COLUMNS.items()})


def _cell(row: sheets.Row, heads: Iterable[str]) -> str:
    return next((cell for head in heads if (cell := row.cells.get(head, "").strip())), "")


def _unused(heads: Iterable[str]) -> tuple[str, ...]:
    known = {head for heads in COLUMNS.values() for head in heads}
    return tuple(head for head in heads if head and head.casefold() not in known)


def export(prospects: Iterable[Prospect]) -> str:
    """The list as CSV; what it writes it can read again."""
    heads = ("name", "place", "contact", "note", "state", "why", "changed_at")
    return sheets.write(heads, (_cells(held) for held in prospects))


def _cells(held: Prospect) -> tuple[str, ...]:
    it = held.entry
    return (it.name, it.place, it.contact, it.note, held.stage.value, it.why, str(encode(held.changed_at)))
