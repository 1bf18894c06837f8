"""Which column is what: proposed by its head, as tills name them in English, German and French."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pledges.till_files.values import COLUMNS, Columns

HEADS = {
    "amount": (
        "amount gross", "gross amount", "gross total", "gross sales", "gross", "total incl tax", "total incl vat",
        "grand total", "total", "takings", "sales", "amount", "brutto", "bruttobetrag", "bruttoumsatz", "betrag brutto",
        "umsatz brutto", "gesamtbetrag", "gesamt", "umsatz", "summe", "betrag", "preis", "total ttc", "montant ttc",
        "ttc", "montant",
    ),
    "tax": (
        "tax", "tax amount", "sales tax", "vat", "vat amount", "gst", "mwst", "ust", "mehrwertsteuer", "umsatzsteuer",
        "steuer", "steuerbetrag", "mwst betrag", "ust betrag", "tva", "iva",
    ),
    "receipt": (
        "receipt", "receipt no", "receipt number", "receipt id", "transaction", "transaction id", "transaction no",
        "order", "order id", "order number", "invoice", "invoice number", "bon", "bonnr", "bon nr", "bonnummer",
        "beleg", "belegnr", "beleg nr", "belegnummer", "rechnung", "rechnungsnummer", "vorgang", "vorgangsnummer",
        "ticket", "numero", "id", "no", "nr",
    ),
    "date": (
        "date", "datetime", "date time", "date and time", "timestamp", "created at", "closed at", "datum",
        "datum uhrzeit", "datum zeit", "belegdatum", "bondatum", "buchungsdatum", "verkaufsdatum", "zeitpunkt",
        "zeitstempel", "tag", "day", "date heure",
    ),
    "time": ("time", "clock", "uhrzeit", "zeit", "belegzeit", "bonzeit", "heure"),
    "units": ("units", "quantity", "qty", "items", "pieces", "menge", "anzahl", "stück", "stueck", "stk", "quantite"),
    "customers": (
        "customers", "guests", "covers", "persons", "people", "pax", "kunden", "gäste", "personen",
        "couverts",
    ),
}  # fmt: skip
"""The heads of each column, the surest first."""


def propose(heads: Sequence[str], remembered: Columns | None = None) -> Columns:
    """The columns by their heads. What the business chose before goes first, where the file still has its columns."""
    if remembered and set(remembered.chosen.values()) <= set(heads):
        return remembered
    found: dict[str, Any] = {name: _surest(name, heads) for name in COLUMNS}
    return Columns(**found)


def _surest(name: str, heads: Sequence[str]) -> str:
    """The head that a till most likely gives this column; "" for none."""
    fitting = [head for head in heads if meaning(head) == name]
    return min(fitting, key=lambda head: HEADS[name].index(_said(head)), default="")


@lru_cache(maxsize=4096)
def meaning(head: str) -> str:
    """The column that a head names; "" for none."""
    said = _said(head)
    return next((name for name, known in HEADS.items() if said in known), "")


def _said(head: str) -> str:
    """A head without its unit, its signs and its capitals: "Betrag (EUR)" and "betrag:" are "betrag"."""
    bare = re.sub(r"\(.*?\)|\[.*?\]|\b(eur|usd|gbp|chf)\b|[€$£]", " ", head.casefold())
    return " ".join(re.findall(r"[^\W\d_]+", bare))
