"""Pictures that people send: read, turned upright and written anew, so that place, time and device are left behind."""

from __future__ import annotations

import io
import secrets
import warnings
from collections.abc import Iterable
from itertools import pairwise
from math import ceil, floor
from typing import Literal

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from core.errors import refuse, require
from core.files import Files

MOST_BYTES = 10 * 2**20
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
"""Enough to read a signed sheet of paper; a phone's photo is made smaller."""
FORMATS = ("JPEG", "PNG")
Form = Literal["AVIF", "JPEG"]
QUALITY: dict[Form, int] = {"AVIF": 50, "JPEG": 75}
_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, EOFError, Image.DecompressionBombError, Warning)
"""What Pillow raises for files that are damaged, cut off, or made to fill the memory."""


def keep(files: Files, content: bytes, field: str, *, own: bool = False) -> str:
    """Keep a photo as a JPEG without metadata; gives its name. What cannot be read is put aside for the operator.

    With ``own`` the same photo sent twice is two files: each can be deleted without asking who else needs it. Raises
    Invalid for nothing, for more than 10 MB or 50 million pixels, and for what is no JPEG or PNG.
    """
    return files.put(cleaned(files, content, field, own=own))


def cleaned(files: Files, content: bytes, field: str, *, own: bool = False) -> bytes:
    """A photo as ``keep`` would keep it. Raises the same."""
    require(content, field, "choose a photo")
    require(len(content) <= MOST_BYTES, field, "a photo of 10 MB at most")
    try:
        return _clean(content, field, secrets.token_bytes(16) if own else b"")
    except _UNREADABLE:
        files.quarantine(content)
        refuse(field, "this is no photo that can be read: send a JPEG or PNG")


def blackened(content: bytes, boxes: Iterable[tuple[float, float, float, float]]) -> bytes:
    """A kept picture anew, with black over these parts (x, y, width, height in percent), a pixel beyond each edge."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as kept:
        shown = kept.convert("RGB")
    pen = ImageDraw.Draw(shown)
    wide, high = shown.width / 100, shown.height / 100
    for x, y, width, height in boxes:
        upper_left = floor(x * wide) - 1, floor(y * high) - 1
        pen.rectangle((*upper_left, ceil((x + width) * wide) + 1, ceil((y + height) * high) + 1), fill="black")
    written = io.BytesIO()
    shown.save(written, "JPEG", quality=85)
    return written.getvalue()


def likeness(content: bytes) -> str:
    """What a picture looks like, as 64 hexadecimal digits: where it gets darker from left to right, on 16 by 16 places.

    The same photo saved again, made smaller or sent through a messenger differs in a few of the 256 (difference hash).
    """
    with Image.open(io.BytesIO(content), formats=FORMATS) as kept:
        places = kept.convert("L").resize((17, 16)).tobytes()
    rows = [places[n : n + 17] for n in range(0, len(places), 17)]
    darker = [left > right for row in rows for left, right in pairwise(row)]
    return f"{int(''.join('01'[each] for each in darker), 2):064x}"


def size(content: bytes) -> tuple[int, int]:
    """Width and height of a kept picture, in pixels."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as kept:
        return kept.size


def smaller(content: bytes, side: int, form: Form) -> bytes:
    """A kept picture for a page: ``side`` pixels at its longest, as the small AVIF or the JPEG that all can read."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as kept:
        kept.draft("RGB", (side, side))
        shown = kept.convert("RGB")
    shown.thumbnail((side, side))
    written = io.BytesIO()
    shown.save(written, form, quality=QUALITY[form])
    return written.getvalue()


def _clean(content: bytes, field: str, mark: bytes) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=FORMATS) as sent:
            require(sent.width * sent.height <= MOST_PIXELS, field, "a photo of 50 million pixels at most")
            upright = ImageOps.exif_transpose(sent).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=85, comment=mark)
    return written.getvalue()
