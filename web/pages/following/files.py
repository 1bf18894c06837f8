"""The photos and PDFs that were filed on a promise: for everybody, or for whom the agreement names."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from businesses import service as businesses
from businesses.followthrough import Document
from core.errors import NotFound
from web.pages.edge import BRIEFLY, Visitor, Who, stored_document
from web.pages.photos import drawn
from web.site import Site, SiteDep

router = APIRouter(prefix="/promises/{promise_id}/files")


@router.get("/{document_id}-small.{form}")
def small(promise_id: str, document_id: str, form: Literal["avif", "jpg"], here: SiteDep, who: Who) -> Response:
    """A photo as a page shows it."""
    held = _document(here, who, document_id)
    if not held.is_photo:
        raise NotFound("There is no such photo")
    cache = {"Cache-Control": "no-store" if held.hidden else BRIEFLY}
    return Response(drawn(here, held.sha256, form), media_type=f"image/{form.replace('jpg', 'jpeg')}", headers=cache)


@router.get("/{document_id}/original")
def original(promise_id: str, document_id: str, here: SiteDep, who: Who) -> Response:
    """A redacted photo as it was before, for its business and whom the agreement names, until the verdict."""
    with here.db.reading() as session:
        held = businesses.original_for(session, document_id, who.person, who.shop.id if who.shop else "")
    return stored_document(here, held)


@router.get("/{document_id}")
def whole(promise_id: str, document_id: str, here: SiteDep, who: Who) -> Response:
    """The photo, or the PDF as an attachment."""
    return stored_document(here, _document(here, who, document_id))


def _document(here: Site, who: Visitor, document_id: str) -> Document:
    with here.db.reading() as session:
        return businesses.document_for(session, document_id, who.person, who.shop.id if who.shop else "")
