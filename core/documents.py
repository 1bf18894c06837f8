"""Photos and PDFs that people send as proof: photos are written anew, PDFs kept as they are, never shown inline."""

from __future__ import annotations

from core import pictures
from core.errors import require
from core.files import Files

PHOTO, PDF = "photo", "pdf"
MOST_BYTES = pictures.MOST_BYTES
_TAIL = 2048


def keep(files: Files, content: bytes, field: str) -> tuple[str, str]:
    """Keep a photo (without its metadata) or a PDF; gives which of both it is, and its name.

    Raises Invalid for anything else, and for more than 10 MB.
    """
    if not content.startswith(b"%PDF-"):
        return PHOTO, pictures.keep(files, content, field)
    require(len(content) <= MOST_BYTES, field, "a document of 10 MB at most")
    require(b"%%EOF" in content[-_TAIL:], field, "this PDF is cut off; send it again")
    return PDF, files.put(content)
