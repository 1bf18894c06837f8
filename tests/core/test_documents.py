"""PDFs that people send: plain ones are kept as they are, those that do something are put aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import documents
from core.documents import Kept
from core.errors import Invalid
from core.files import FolderFiles

PAGES = "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj"


def pdf(root: str = "", more: str = "", trailer: str = "") -> bytes:
    """A page with nothing on it; ``root`` goes into the catalogue, ``more`` are further objects."""
    objects = f"1 0 obj<</Type/Catalog/Pages 2 0 R{root}>>endobj {PAGES} {more}"
    return f"%PDF-1.7\n{objects}\ntrailer<</Root 1 0 R{trailer}>>\n%%EOF\n".encode()


PDF = pdf()
XML = "4 0 obj<</Type/EmbeddedFile/Subtype/{}/Length 1>>stream\nx\nendstream endobj"
LINK = "4 0 obj<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://example.org)>>>>endobj"
DOES = {
    "a script on opening": pdf("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    "a script, its name escaped": pdf("/OpenAction 4 0 R", "4 0 obj<</S/J#61vaScript/#4aS(x)>>endobj"),
    "a script deep inside": pdf("/Names<</Dests[1 [<</JS(x)>>]]>>"),
    "an action on an event": pdf("/AA<</WC 4 0 R>>", "4 0 obj<</S/Named>>endobj"),
    "a program": pdf(more="4 0 obj<</S/Launch/F(calc.exe)>>endobj"),
    "a form that is a program": pdf("/AcroForm<</XFA(x)>>"),
    "another file": pdf(more=XML.format("application#2foctet-stream")),
    "a lock": pdf(trailer="/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(x)/P 0>>"),
    "no pages": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n",
}


@pytest.mark.parametrize(
    "content",
    [PDF, pdf(more=LINK), pdf(more=XML.format("text#2fxml")), pdf("/OpenAction[3 0 R/Fit]")],
    ids=["empty page", "link", "invoice's XML", "opens at a page"],
)
def test_a_plain_pdf_is_kept_as_it_is(tmp_path: Path, content: bytes):
    files = FolderFiles(tmp_path)
    kept = documents.keep(files, content, "file")
    assert kept == Kept("pdf", kept.name, len(content))
    assert files.get(kept.name) == content


@pytest.mark.parametrize("content", DOES.values(), ids=DOES)
def test_a_pdf_that_does_something_is_put_aside(tmp_path: Path, content: bytes):
    with pytest.raises(Invalid) as refused:
        documents.keep(FolderFiles(tmp_path), content, "file")
    assert refused.value.field == "file"
    assert not (tmp_path / "files").exists()
    assert sum(place.is_file() for place in (tmp_path / "quarantine").rglob("*")) == 1
