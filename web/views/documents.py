"""Photos and PDFs of evidence, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from businesses.followthrough import Document, Obligation
from core import formats
from core.documents import Kept
from core.i18n import N_
from web.views.promises import Reader

WORDS = {"photo": N_("Photo, {size}"), "pdf": N_("Document (PDF), {size}")}


@dataclass(frozen=True)
class Shown:
    """One file: where it is, what it is and how large; ``hidden`` where only whom the agreement names may open it."""

    address: str
    photo: bool
    hidden: bool
    words: str
    sha256: str


def shown(held: Document, o: Obligation, reader: Reader) -> Shown:
    return Shown(f"/promises/{o.id}/files/{held.id}", held.is_photo, held.hidden, named(held, reader), held.sha256)


def named(held: Document | Kept, reader: Reader) -> str:
    """ "Photo, 340 kB": what it is and how large; what it was called is not known here."""
    return reader.say(WORDS[held.form]).format(size=formats.file_size(held.size, reader.locale))
