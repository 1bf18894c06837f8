"""Taking out of evidence what must not be seen."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import queries
from businesses import service as businesses
from businesses.followthrough import Obligation, of_numbers
from businesses.service import Asking
from businesses.values import Business
from core.errors import NotFound, refuse
from core.idempotency import Answer
from web import uploads
from web.api import bodies as b
from web.api.obligations import answer
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.pages.edge import stored_document
from web.site import MaybePerson, MaybeShop, Site, SiteDep

router = ApiRouter(tags=["keeping the word"])


class BoxBody(b.Body):
    """A part of the photo in percent of its width and height, from the upper left."""

    x: b.Number
    y: b.Number
    width: b.Number
    height: b.Number


class RedactionBody(b.Body):
    """``boxes`` of a photo; or ``visibility`` of a document as a whole."""

    boxes: Annotated[list[BoxBody], Field(max_length=100)] = Field(default_factory=list)
    visibility: Literal["checker"] | None = None


class PassageBody(b.Body):
    passage: b.Short


def _asking(person: Person | None, shop: Business | None) -> Asking:
    return Asking(person, shop.id if shop else "")


@router.post("/evidence-files/{document_id}/redaction")
def redact(
    document_id: str, body: RedactionBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post
) -> Response:
    """Blacken parts of a photo, or let only whom the agreement names open a document (they, and the business)."""
    asking = _asking(person, shop)
    o = _promise(here, document_id, asking)
    if body.visibility and body.boxes:
        refuse("visibility", "either parts of a photo, or a document as a whole")
    if body.visibility:
        return post(body, lambda s: answer(s, here, businesses.hide_document(s, here.clock, asking, document_id), 200))
    boxes = of_numbers([str(n) for n in (box.x, box.y, box.width, box.height)] for box in body.boxes)
    held = next(file for filed in o.evidence for file in filed.files if file.id == document_id)
    new = uploads.blackened(here, held, boxes)

    def work(session: Session) -> Answer:
        return answer(session, here, businesses.redact_photo(session, here.clock, asking, document_id, new), 200)

    return post(body, work)


def _promise(here: Site, document_id: str, asking: Asking) -> Obligation:
    """The promise of a document. Raises NotFound; NotSignedIn and Forbidden for whoever may not take anything out."""
    with here.db.reading() as session:
        o = queries.obligation(session, queries.promise_of_document(session, document_id))
        businesses.sees_as(session, o, asking.person, asking.business)
    return o


@router.get("/evidence-files/{document_id}/original", response_class=Response)
def original(document_id: str, here: SiteDep, person: MaybePerson, shop: MaybeShop) -> Response:
    """A redacted photo as it was, until the verdict (the business, and whom the agreement names)."""
    with here.db.reading() as session:
        held = businesses.original_for(session, document_id, person, shop.id if shop else "")
    return stored_document(here, held)


@router.post("/obligations/{obligation_id}/evidence/{evidence_id}/redaction")
def take_out(
    obligation_id: str,
    evidence_id: str,
    body: PassageBody,
    here: SiteDep,
    person: MaybePerson,
    shop: MaybeShop,
    post: Post,
) -> Response:
    """Take words out of a note, here and in the record (the business, and whom the agreement names)."""

    def work(session: Session) -> Answer:
        if evidence_id not in {filed.id for filed in queries.obligation(session, obligation_id).evidence}:
            raise NotFound("There is no such evidence")
        asking = _asking(person, shop)
        held = businesses.redact_note(session, here.clock, asking, evidence_id, body.passage)
        return answer(session, here, held, 200)

    return post(body, work)
