"""Photos and PDFs sent with a form or a call: kept first, and named by a token, so that nothing is sent twice."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile

from businesses.followthrough import Box, Document, demand_boxes
from businesses.service.following import MOST_FILES, Blackened
from core import documents, pictures
from core.documents import Kept
from core.errors import FieldError, Invalid, Message, NotFound, refuse
from web.site import Site

_PURPOSE = "evidence file"


def token(here: Site, kept: Kept) -> str:
    """By which a kept file is filed later: its form, name and size, and our word that we kept it."""
    told = f"{kept.form}:{kept.name}:{kept.size}"
    return f"{told}:{here.keys.token(_PURPOSE, told)}"


def opened(here: Site, sent: str) -> Kept:
    """The kept file of a token. Raises Invalid for one that we have not made."""
    told, _, word = sent.rpartition(":")
    if not here.keys.fits(_PURPOSE, told, word):
        refuse("file", "send the file first")
    form, name, size = told.split(":")
    return Kept(form, name, int(size))


def keep_all(here: Site, form: FormData, field: str) -> tuple[list[Kept], list[FieldError]]:
    """Keep the files of a form field, at most as many as one filing has, and say what is wrong with the others."""
    kept, wrong = list[Kept](), list[FieldError]()
    sent = [each for each in form.getlist(field) if isinstance(each, UploadFile) and each.size]
    for each in sent[:MOST_FILES]:
        try:
            kept.append(keep_one(here, each, field))
        except Invalid as refused:
            wrong += refused.errors
    if len(sent) > MOST_FILES:
        wrong.append(FieldError(field, Message("at most {most} files at once", {"most": MOST_FILES})))
    return kept, wrong


def blackened(here: Site, held: Document, boxes: tuple[Box, ...]) -> Blackened:
    """Keep a photo anew with these parts black. Raises Invalid for none or too many, NotFound for what is no photo."""
    demand_boxes(boxes)
    if not held.is_photo:
        raise NotFound("There is no such photo")
    parts = [(float(b.x), float(b.y), float(b.width), float(b.height)) for b in boxes]
    content = pictures.blackened(here.files.get(held.sha256), parts)
    return Blackened(held.sha256, here.files.put(content), len(content), len(boxes))


def keep_one(here: Site, sent: UploadFile, field: str) -> Kept:
    """Keep one file. Raises Invalid; one that is too large is not read into the memory for that."""
    if (sent.size or 0) > documents.MOST_BYTES:
        refuse(field, "this file is too large: 10 MB at most for each")
    return documents.keep(here.files, sent.file.read(), field)
