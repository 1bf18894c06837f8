"""From a template's name and its values to a PDF, by the compiler inside the typst wheel: nothing is downloaded.

Values go in as data. A template shows strings and never evaluates them, so whatever people typed stays text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, Literal

import typst

from core.i18n import LOCALES, translator
from core.wire import Json

TEMPLATES = Path(__file__).parent
STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, titled, in a declared language, every picture described: a screen reader can read it."""


def pdf(template: str, values: Json, locale: str) -> bytes:
    """The paper ``template`` (like "agreement") in a language of LOCALES. Same values, same bytes.

    ``values`` are plain JSON; ``title`` and ``foot`` stand in every paper (paper.typ).
    """
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs(values, locale),
        pdf_standards=STANDARD,
        timestamp=0,
    )


def picture(template: str, values: Json, locale: str, form: Literal["png", "svg"]) -> bytes:
    """One page as a picture: a point of the template is a pixel."""
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        ignore_system_fonts=True,
        format=form,
        ppi=72,
        sys_inputs=inputs(values, locale),
    )


def inputs(values: Json, locale: str) -> dict[str, str]:
    """What a template reads: the values beside what every paper says in its language."""
    pages = translator(locale).gettext("Page {page} of {pages}")
    return {"paper": json.dumps({"lang": locale, "pages": pages, **values})}


def language(locale: str) -> str:
    """The language a paper is printed in: the campaign's own, English where we have no catalogue for it."""
    return locale if locale in LOCALES else LOCALES[0]
