"""A business's badge, for its window and for other sites: its rule, how it stands, and the picture itself."""

from __future__ import annotations

from html import escape
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import badge as rules
from businesses import queries
from businesses.badge import Badge
from businesses.values import Business
from core.errors import NotFound
from core.i18n import LOCALES
from web.pages import kept
from web.pages.following.promises import BRIEFLY
from web.pages.materials import ELSEWHERE
from web.papers import leaflets
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.views import word as words

router = APIRouter(prefix="/businesses/{slug}")
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def _held(session: Session, here: Site, slug: str) -> tuple[Business, Badge]:
    shop = queries.profile(session, slug)
    return shop, rules.badge(queries.promises_of(session, shop.id), here.clock.now(session))


@router.get("/badge")
def page(slug: str, request: Request, here: SiteDep) -> Response:
    """The rule with its threshold, whether it is met now and what stands against it, and what to paste."""
    locale = locale_of(request)
    with here.db.reading() as session:
        shop, held = _held(session, here, slug)
    said = words.badge_words(held, shop.name, locale)
    link = here.url(f"/businesses/{slug}")
    return render(
        request,
        "following/badge.html",
        headers=BRIEFLY,
        business=shop,
        earned=held.earned,
        said=said,
        needed=rules.LEAST,
        against=[words.AGAINST[reason] for reason in held.against],
        code=_code(link, said, locale),
        size=leaflets.CARDS["badge"],
        lang=locale,
    )


def _code(link: str, said: str, locale: str) -> str:
    width, height = leaflets.CARDS["badge"]
    picture = f"{link}/badge.svg?lang={locale}"
    return f'<a href="{link}"><img src="{picture}" alt="{escape(said)}" width="{width}" height="{height}"></a>'


@router.get("/badge.{form}")
async def picture(slug: str, form: str, request: Request, here: SiteDep, lang: str = "en") -> Response:
    """The badge while it is earned; else a picture that only says where the record is. Kept for a minute, no longer."""
    if form not in TYPES:
        raise NotFound("There is no such picture")
    kind: Literal["png", "svg"] = "svg" if form == "svg" else "png"
    locale = lang if lang in LOCALES else LOCALES[0]

    def drawn() -> Response:
        with here.db.reading() as session:
            shop, held = _held(session, here, slug)
        drawing = leaflets.badge(words.badge_words(held, shop.name, locale), locale, kind)
        return Response(drawing, media_type=TYPES[form], headers=ELSEWHERE)

    return await kept.printed(request, here.db, drawn)
