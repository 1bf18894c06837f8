"""Photos and PDFs that people send as proof: photos are written anew, plain PDFs kept as they are."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from core import pictures
from core.errors import refuse, require
from core.files import Files

PHOTO, PDF = "photo", "pdf"
MOST_BYTES = pictures.MOST_BYTES
MOST_OBJECTS = 50_000
"""An invoice has hundreds, a scanned folder some thousands."""
_TAIL = 2048

_ACTIONS = frozenset({
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute",
})  # fmt: skip
"""What a PDF can do by itself or by a click, beyond turning to a page and opening a link (ISO 32000-1, 12.6.4)."""
_KEYS = frozenset({"/JS", "/JavaScript", "/AA", "/XFA", "/RichMediaContent"})
"""Entries that hold scripts, actions on events, or forms that are programs (ISO 32000-1, 12.6.3, 12.7.8)."""
_XML = frozenset({"/text/xml", "/application/xml"})
"""What may be embedded: the figures of an electronic invoice (ZUGFeRD, Factur-X)."""
_MENDED = b"\nstartxref\n1\n%%EOF\n"
"""Without its table of places a file is read as viewers do: its parts are looked for from the beginning."""
_IN_PLAIN = re.compile(rb"/(JavaScript|Launch|SubmitForm|ImportData|RichMediaExecute)\b")
"""The same where it stands in the file as it is: a viewer that mends a damaged file finds it there, too."""


@dataclass(frozen=True)
class Kept:
    """A photo or a PDF in the store: which of both, its name there, and how many bytes it has."""

    form: str
    name: str
    size: int


def keep(files: Files, content: bytes, field: str) -> Kept:
    """Keep a photo (without its metadata) or a plain PDF.

    Raises Invalid for anything else, for more than 10 MB, and for a PDF that runs scripts, starts programs, carries
    other files than an invoice's XML, is locked, or cannot be read. Those are put aside for the operator.
    """
    if not content.startswith(b"%PDF-"):
        cleaned = pictures.cleaned(files, content, field)
        return Kept(PHOTO, files.put(cleaned), len(cleaned))
    require(len(content) <= MOST_BYTES, field, "a document of 10 MB at most")
    require(b"%%EOF" in content[-_TAIL:], field, "this PDF is cut off; send it again")
    if wrong := _unfit(content):
        files.quarantine(content)
        refuse(field, wrong)
    return Kept(PDF, files.put(content), len(content))


def _unfit(content: bytes) -> str:
    """Why a PDF is not taken; empty for a plain one."""
    try:
        reader = PdfReader(io.BytesIO(content if b"startxref" in content[-_TAIL:] else content + _MENDED))
        if reader.is_encrypted:
            return "this PDF is locked; send one that opens without a password"
        empty = not len(reader.pages)
        active = bool(_IN_PLAIN.search(content)) or any(_acts(held) for held in _dictionaries(reader))
    except Exception:  # what a damaged or hostile file raises in the reader is not one kind of error
        empty, active = True, False
    if empty:
        return "this PDF cannot be read: print it to a PDF anew, or send a photo"
    return "this PDF can run something when it is opened: print it to a PDF anew, or send a photo" if active else ""


def _acts(held: DictionaryObject) -> bool:
    """Whether this part of a PDF does something, or carries another file than XML."""
    embedded = held.get("/Type") == "/EmbeddedFile" and held.get("/Subtype") not in _XML
    return embedded or held.get("/S") in _ACTIONS or not _KEYS.isdisjoint(held)


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, in compressed object streams too. Raises ValueError for more than it may have."""
    places = {(number, edition) for edition, numbers in reader.xref.items() for number in numbers}
    places |= {(number, 0) for number in reader.xref_objStm}
    if len(places) > MOST_OBJECTS:
        raise ValueError("too many objects")
    waiting: list[PdfObject | None] = [reader.trailer]
    waiting += (reader.get_object(IndirectObject(number, edition, reader)) for number, edition in sorted(places))
    while waiting:
        held = waiting.pop()
        if isinstance(held, DictionaryObject):
            yield held
            waiting += (held.raw_get(key) for key in held)
        elif isinstance(held, ArrayObject):
            waiting += held
