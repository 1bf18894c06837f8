"""Posters, flyers, the result as a poster, and pictures to share: one set of words, drawn at the size asked for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final, Literal

from core.wire import Json
from web.assets import contents
from web.papers import printing
from web.qr import picture
from web.views.materials import Material
from web.views.result_poster import Poster

Sheet = Literal["a4", "a3", "flyers"]
Paper = Literal["a4", "a5"]
SHEETS: Final[tuple[Sheet, ...]] = ("a4", "a3", "flyers")
CARDS: Final[dict[str, tuple[int, int]]] = {"share": (1200, 630), "square": (1080, 1080), "badge": (320, 96)}
"""Width and height in pixels: what networks show under a link, a square one, and what other sites carry."""


def sheet(told: Material, kind: Sheet) -> bytes:
    """A poster on A4 or A3, or A4 with four flyers of A6 to cut, as a PDF."""
    return printing.pdf("poster", _values(told) | {"sheet": kind}, told.lang)


def result(told: Material, poster: Poster, link: str, kind: Literal["a4", "a3"]) -> bytes:
    """The result on A4 or A3, as a PDF. ``link`` is the page with every figure."""
    where = ", ".join(part for part in (told.title, told.place) if part)
    values = _values(told) | asdict(poster) | {"where": where, "qr": picture(link), "short": _short(link)}
    return printing.pdf("result", values | {"sheet": kind}, told.lang)


@dataclass(frozen=True)
class Contract:
    """The words of the window contract, in the campaign's language."""

    title: str
    words: str
    checks: str
    ask: str
    small: str
    alt: str
    place: str


def contract(told: Contract, link: str, kind: Paper, locale: str) -> bytes:
    """A promise for the shop's window, as a PDF. ``link`` is where customers count."""
    logo = contents()["favicon.svg"].decode()
    values = {**asdict(told), "foot": told.title, "qr": picture(link), "logo": logo, "short": _short(link)}
    return printing.pdf("window", values | {"sheet": kind}, locale)


def card(told: Material, kind: str, form: Literal["png", "svg"] = "png") -> bytes:
    """A picture of one of CARDS."""
    width, height = CARDS[kind]
    values = _values(told) | {"width": width, "height": height, "kind": kind}
    return printing.picture("card", values, told.lang, form)


def badge(words: str, locale: str, form: Literal["png", "svg"] = "png") -> bytes:
    """A badge that says ``words``, as large as a campaign's."""
    width, height = CARDS["badge"]
    logo = contents()["favicon.svg"].decode()
    values: Json = {"words": words, "logo": logo, "width": width, "height": height, "kind": "badge", "pieces": []}
    return printing.picture("card", values, locale, form)


def _values(told: Material) -> Json:
    logo = contents()["favicon.svg"].decode()
    return {**asdict(told), "foot": told.title, "qr": picture(told.link), "logo": logo, "short": _short(told.link)}


def _short(link: str) -> str:
    """The address as one types it."""
    return link.partition("://")[2] or link
