"""QR codes as inline SVG: black on white whatever the colours around them, and named for who cannot see them."""

from __future__ import annotations

import segno
from markupsafe import Markup

QUIET = 2
"""Modules of white inside the picture; the frame around it (.qr) adds the other two that the standard asks for."""


def picture(text: str) -> str:
    """The code as an SVG file of its own, for papers."""
    drawn: str = segno.make_qr(text, error="m").svg_inline(border=QUIET)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def qr(text: str, label: str) -> Markup:
    """The code for ``text`` (an address), with ``label`` as its spoken name."""
    drawn = segno.make_qr(text, error="m").svg_inline(border=QUIET, omitsize=True, svgclass=None, lineclass=None)
    opening = Markup('<svg role="img" aria-label="{}"').format(label)
    return opening + Markup(drawn.removeprefix("<svg"))  # noqa: S704  # segno draws squares, it never repeats the text
