"""How it works, and what the law asks an operator to say: their own files, or the plain truth where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from core.i18n import N_
from core.settings import Settings
from web.rendering import locale_of, render
from web.site import SiteDep

router = APIRouter()
BRIEFLY = {"Cache-Control": "public, max-age=60"}
LONGEST = 200_000
"""Bytes of a legal text that are shown; more is a wrong file."""

TITLES = {
    "privacy": N_("Privacy"),
    "imprint": N_("Imprint"),
    "terms": N_("Terms"),
    "contact": N_("Contact"),
}


@dataclass(frozen=True)
class Text:
    """An operator's own text, and the language it is in where the file says so."""

    words: str
    lang: str


def operators_text(settings: Settings, name: str, locale: str) -> Text | None:
    """``privacy.de.md`` for German readers, else ``privacy.md``; None where the operator has set neither."""
    if settings.legal_folder is None:
        return None
    for file, lang in ((f"{name}.{locale}.md", locale), (f"{name}.md", "")):
        path: Path = settings.legal_folder / file
        if path.is_file():
            return Text(path.read_bytes()[:LONGEST].decode("utf-8", "replace"), lang)
    return None


@router.get("/how-it-works")
def how(request: Request) -> Response:
    """The whole loop on one page."""
    return render(request, "about/how.html", headers=BRIEFLY)


@router.get("/privacy")
def privacy(request: Request, here: SiteDep) -> Response:
    """What is stored, why, how long: true of this software, with the operator's own words where they set them."""
    return _page(request, here.settings, "privacy")


@router.get("/imprint")
def imprint(request: Request, here: SiteDep) -> Response:
    return _page(request, here.settings, "imprint")


@router.get("/terms")
def terms(request: Request, here: SiteDep) -> Response:
    return _page(request, here.settings, "terms")


@router.get("/contact")
def contact(request: Request, here: SiteDep) -> Response:
    return _page(request, here.settings, "contact")


def _page(request: Request, settings: Settings, name: str) -> Response:
    text = operators_text(settings, name, locale_of(request))
    return render(
        request, "about/legal.html", headers=BRIEFLY, about=name, title=TITLES[name], text=text, settings=settings
    )
