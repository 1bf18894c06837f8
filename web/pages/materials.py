"""Everything that carries a campaign elsewhere: posters, flyers, pictures, the press page, a widget and a badge."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from campaigns.press import queries as press_queries
from campaigns.values import State
from core import formats
from core.errors import NotFound
from web.pages import kept
from web.pages.agreement import pdf
from web.pages.campaign.known import AFTER, Known, gather
from web.pages.campaign.routes import known_to
from web.pages.campaign.shown import show
from web.papers import leaflets
from web.rendering import locale_of, render
from web.security import policy
from web.site import Site, SiteDep
from web.views import photos
from web.views.materials import Material, material

router = APIRouter()
A_MINUTE = {"Cache-Control": "public, max-age=60"}
ELSEWHERE = {"Cross-Origin-Resource-Policy": "cross-origin", **A_MINUTE}
"""Pictures that other sites show."""
FRAMED = {
    "Content-Security-Policy": policy(frame_ancestors="*", form_action="'none'"),
    "Cache-Control": "public, max-age=15",
}
SHEETS: dict[str, leaflets.Sheet] = {"poster-a4": "a4", "poster-a3": "a3", "flyers": "flyers"}
Form = Literal["png", "svg"]
Theme = Literal["", "light", "dark"]


def _known(request: Request, here: Site, slug: str) -> Known:
    """Raises NotFound, also for a draft of somebody else's."""
    with here.db.reading() as session:
        return gather(session, here.clock, known_to(session, request, here, slug))


def _told(here: Site, known: Known) -> Material:
    link = here.url(f"/campaigns/{known.campaign.slug}")
    final = known.result if known.campaign.state in AFTER else None
    return material(known.campaign, known.names, known.commitments, link, final)


def _private(known: Known, answer: Response) -> Response:
    """A draft is its team's own, and kept for nobody."""
    if known.campaign.state == State.DRAFT:
        answer.headers["Cache-Control"] = "no-store"
    return answer


async def _printed(request: Request, here: Site, slug: str, make: Callable[[Material], Response]) -> Response:
    """Drawn once for all who ask within a minute."""

    def drawn() -> Response:
        known = _known(request, here, slug)
        return _private(known, make(_told(here, known)))

    return await kept.printed(request, here.db, drawn)


@router.get("/campaigns/{slug}/print/{name}.pdf")
async def sheet(slug: str, name: str, request: Request, here: SiteDep) -> Response:
    """A poster on A4 or A3, or four flyers on an A4, in the campaign's language."""
    if name not in SHEETS:
        raise NotFound("There is no such paper")
    file = f"{name}-{slug}.pdf"
    return await _printed(request, here, slug, lambda told: pdf(leaflets.sheet(told, SHEETS[name]), file))


@router.get("/campaigns/{slug}/pictures/{name}.{form}")
async def picture(slug: str, name: str, form: str, request: Request, here: SiteDep) -> Response:
    """What networks show under a link (1200 x 630), a square one (1080 x 1080), and the badge, which is also SVG."""
    if name not in leaflets.CARDS or not (form == "png" or (form == "svg" and name == "badge")):
        raise NotFound("There is no such picture")
    kind: Form = "svg" if form == "svg" else "png"
    media_type = "image/svg+xml" if form == "svg" else "image/png"

    def drawn(told: Material) -> Response:
        return Response(leaflets.card(told, name, kind), media_type=media_type, headers=ELSEWHERE)

    return await _printed(request, here, slug, drawn)


@router.get("/campaigns/{slug}/widget")
async def widget(slug: str, request: Request, here: SiteDep, theme: Theme = "") -> Response:
    """A live piece of the campaign for a frame on any site: no cookies, as wide as the frame, renewing itself.

    In the campaign's language, as its badge and its posters are: who reads there has chosen nothing here. Dark where
    the reader's device is; ``theme`` is for a host that is always dark or always light.
    """

    def make() -> Response:
        known = _known(request, here, slug)
        told = _told(here, known)
        request.state.locale = told.lang
        shown = show(known, told.lang)
        answer = render(request, "materials/widget.html", headers=FRAMED, shown=shown, link=told.link, theme=theme)
        del answer.headers["Vary"]
        return _private(known, answer)

    return await kept.polled(request, here.db, make)


@router.get("/campaigns/{slug}/press")
async def press(slug: str, request: Request, here: SiteDep) -> Response:
    """Facts, figures, contact, pictures and papers, and what to paste into a page of one's own."""
    return await kept.public(request, here.db, lambda: _press(slug, request, here))


def _press(slug: str, request: Request, here: Site) -> Response:
    locale = locale_of(request)
    with here.db.reading() as session:
        known = gather(session, here.clock, known_to(session, request, here, slug))
        approved = press_queries.approved(session, known.campaign.id)
        contact = press_queries.contact(session, known.campaign.id)
    told = _told(here, known)
    answer = render(
        request,
        "materials/press.html",
        headers=A_MINUTE,
        shown=show(known, locale),
        told=told,
        at=formats.moment(known.now, locale, known.campaign.timezone),
        operator=here.settings.operator_name,
        contact=contact,
        photos=photos.shown(approved, slug),
        frame=_frame(told),
        badge=_badge(told),
    )
    return _private(known, answer)


def _frame(told: Material) -> str:
    """The widget as one pastes it. Its height is the host's to choose; 600 pixels hold most campaigns."""
    title = escape(told.words)
    return (
        f'<iframe src="{told.link}/widget" title="{title}" width="100%" height="600" '
        'style="border:0;max-width:40rem" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )


def _badge(told: Material) -> str:
    width, height = leaflets.CARDS["badge"]
    return (
        f'<a href="{told.link}"><img src="{told.link}/pictures/badge.svg" alt="{escape(told.words)}" '
        f'width="{width}" height="{height}"></a>'
    )
