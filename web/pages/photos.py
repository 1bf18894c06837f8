"""Photos that everybody may see: those that the team approved, for as long as it does not take them away."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from campaigns import queries as campaigns
from campaigns.press import queries as press
from core import pictures
from core.errors import NotFound
from web.pages.kept import Kept
from web.site import Site, SiteDep
from web.views.photos import SIDE

router = APIRouter()
SMALL: dict[str, pictures.Form] = {"avif": "AVIF", "jpg": "JPEG"}
HEADERS = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
"""Five minutes: one that was taken away is gone from every cache soon after."""
smalls: Kept[bytes] = Kept(60)
"""Small ones, drawn once for all who look within a minute. Whether one is still public is asked each time."""


@router.get("/campaigns/{slug}/photos/{photo_id}-small.{form}")
def small(slug: str, photo_id: str, form: Literal["avif", "jpg"], here: SiteDep) -> Response:
    """As a page shows it."""
    name = _public(here, slug, photo_id)
    return Response(drawn(here, name, form), media_type=f"image/{form.replace('jpg', 'jpeg')}", headers=HEADERS)


@router.get("/campaigns/{slug}/photos/{photo_id}")
def whole(slug: str, photo_id: str, here: SiteDep) -> Response:
    """As it may be printed: a JPEG of at most 2400 pixels, without metadata."""
    content = here.files.get(_public(here, slug, photo_id))
    return Response(content, media_type="image/jpeg", headers=HEADERS)


def drawn(here: Site, name: str, form: str) -> bytes:
    """The small one of a kept picture."""
    key = (here.settings.home, name, form)
    return smalls.get(key, lambda: pictures.smaller(here.files.get(name), SIDE, SMALL[form]))


def _public(here: Site, slug: str, photo_id: str) -> str:
    """The name of its file. Raises NotFound, also for one that waits for approval."""
    with here.db.reading() as session:
        campaign = campaigns.by_slug(session, slug)
        if not campaign.is_public:
            raise NotFound("There is no such campaign")
        return press.public_photo(session, campaign.id, photo_id).picture.name
