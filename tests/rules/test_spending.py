"""When two photos are taken for one receipt."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from core import pictures
from pledges.values import Receipt


def receipt(words: str = "14.20", quality: int = 85, size: tuple[int, int] = (600, 900)) -> bytes:
    """A photo of a slip of paper on a dark table."""
    paper = Image.new("RGB", (600, 900), "#30261c")
    draw = ImageDraw.Draw(paper)
    draw.polygon([(90, 60), (520, 90), (500, 860), (70, 830)], fill="white")
    for n, line in enumerate((words, "Bella Cafe", "2 x Kaffee", "1 x Kuchen", "Danke")):
        draw.text((140, 130 + n * 130), line, fill="black", font_size=56)
    written = io.BytesIO()
    paper.resize(size).save(written, "JPEG", quality=quality)
    return written.getvalue()


def test_photos_of_two_receipts_are_told_apart():
    def looks(content: bytes) -> Receipt:
        return Receipt("", pictures.likeness(content))

    turned = io.BytesIO()
    Image.open(io.BytesIO(receipt("9.80"))).rotate(6, fillcolor="#30261c").save(turned, "JPEG")
    assert looks(receipt()).resembles(looks(receipt(quality=30)))
    assert not looks(receipt()).resembles(looks(turned.getvalue()))
