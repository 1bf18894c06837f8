"""Photos and PDFs of evidence, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from businesses.followthrough import Document, Obligation
from core import formats
from core.documents import Kept
from core.i18n import N_, translator
from web.views.facts_in_words.of_promises import REDACTORS
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
    redacted: str = ""


def shown(held: Document, o: Obligation, reader: Reader) -> Shown:
    address, words = f"/promises/{o.id}/files/{held.id}", named(held, reader)
    return Shown(address, held.is_photo, held.hidden, words, held.sha256, _redacted(held, reader))


def _redacted(held: Document, reader: Reader) -> str:
    """ "2 parts were redacted by the business on 12 June 2027"; empty where none was."""
    if held.redaction is None or not held.redaction.parts:
        return ""
    text = translator(reader.locale).ngettext(
        "{n} part was redacted on {day}, by: {who}", "{n} parts were redacted, the last on {day}, by: {who}",
        held.redaction.parts,
    )  # fmt: skip
    day = formats.calendar_date(held.redaction.at, reader.locale, reader.timezone)
    who = reader.say(REDACTORS[held.redaction.by])
    return text.format(n=formats.number(held.redaction.parts, reader.locale), day=day, who=who)


def named(held: Document | Kept, reader: Reader) -> str:
    """ "Photo, 340 kB": what it is and how large; what it was called is not known here."""
    return reader.say(WORDS[held.form]).format(size=formats.file_size(held.size, reader.locale))
