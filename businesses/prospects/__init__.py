"""Shops that organizers think of asking: a private list. Who declined is never public (DOMAIN.md, 20)."""

from businesses.prospects.lists import COLUMNS, Refused, Sheet, export, read
from businesses.prospects.values import MOST, TEXTS, Entry, Prospect, Stage, entry

__all__ = [
    "COLUMNS",
    "MOST",
    "TEXTS",
    "Entry",
    "Prospect",
    "Refused",
    "Sheet",
    "Stage",
    "entry",
    "export",
    "read",
]
