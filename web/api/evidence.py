"""What a business files on its promises: a note, a number, a list, a link, invoices, photos and PDFs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from businesses import queries
from businesses import service as businesses
from businesses.values import Business
from core import documents
from core.errors import Forbidden, Invalid
from core.idempotency import Answer
from web import uploads
from web.api import bodies as b
from web.api.obligations import answer
from web.api.posting import Post
from web.api.proofs import PROOF, ProofBody, Sent
from web.api.routing import ApiRouter
from web.pages.edge import several, stored_document, words
from web.site import CurrentShop, MaybePerson, MaybeShop, Site, SiteDep

router = ApiRouter(tags=["keeping the word"])
MULTIPART = "multipart/form-data"
_SCHEMA = b.EvidenceBody.model_json_schema()
_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
_FORM = {**_SCHEMA, "properties": {**_SCHEMA["properties"], "file": _FILES}}
EITHER = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": _SCHEMA}, MULTIPART: {"schema": _FORM}},
    }
}


async def filed_body(request: Request) -> AsyncIterator[FormData | b.EvidenceBody]:
    """What was sent: JSON, or a form with the files themselves. Files in it are gone with the request."""
    if request.headers.get("content-type", "").startswith(MULTIPART):
        async with request.form() as form:
            yield form
    else:
        yield _checked(await request.body())


Filed = Annotated[FormData | b.EvidenceBody, Depends(filed_body)]


def _checked(sent: bytes | dict[str, Any]) -> b.EvidenceBody:
    """Raises RequestValidationError, as FastAPI does where it reads a body itself."""
    try:
        return b.EvidenceBody.model_validate_json(sent) if isinstance(sent, bytes) else b.EvidenceBody(**sent)
    except ValidationError as wrong:
        found = wrong.errors(include_url=False, include_context=False)
        raise RequestValidationError([{**error, "loc": ("body", *error["loc"])} for error in found]) from wrong


@router.post("/obligations/{obligation_id}/evidence-files", status_code=201, openapi_extra=PROOF)
def send(obligation_id: str, shop: CurrentShop, here: SiteDep, sent: Sent, post: Post) -> Response:
    """A photo or a PDF, as the body: answered with what ``POST evidence`` takes it by (business)."""
    _demand_own(here, shop, obligation_id)
    kept = documents.keep(here.files, sent, "file")
    told = {"file": uploads.token(here, kept), "form": kept.form, "sha256": kept.name, "size": kept.size}
    return post(ProofBody(content=kept.name), lambda _: Answer(201, told))


@router.post("/obligations/{obligation_id}/evidence", status_code=201, openapi_extra=EITHER)
def file(obligation_id: str, sent: Filed, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """The business says how far it is. As a form, ``file`` is the photos and PDFs themselves; as JSON, their tokens."""
    body = sent
    if not isinstance(body, b.EvidenceBody):
        _demand_own(here, shop, obligation_id)
        body = _of_form(here, body)
    tokens = [body.file] if isinstance(body.file, str) else body.file
    told = {"note": body.note, "value": body.value, "items": body.list, "url": body.url}
    papers = [uploads.opened(here, token) for token in tokens if token]
    filed = {**told, "files": papers, "visibility": body.visibility, "invoiced_on": body.invoiced_on}

    def work(session: Session) -> Answer:
        held = businesses.file_evidence(session, here.clock, shop, obligation_id, filed)
        return answer(session, here, held, 201)

    return post(body, work)


def _of_form(here: Site, form: FormData) -> b.EvidenceBody:
    """The same as JSON would tell it. Raises Invalid where one of the files is not taken: then none is filed."""
    kept, wrong = uploads.keep_all(here, form, "file")
    if wrong:
        raise Invalid(wrong)
    names = ("note", "value", "invoiced_on", "url", "visibility")
    told: dict[str, Any] = {name: words(form, name) for name in names if words(form, name)}
    tokens = [*several(form, "file"), *(uploads.token(here, each) for each in kept)]
    return _checked({**told, "list": several(form, "list"), "file": tokens})


def _demand_own(here: Site, shop: Business, obligation_id: str) -> None:
    """Before anything of it is kept. Raises NotFound and Forbidden."""
    with here.db.reading() as session:
        if queries.obligation(session, obligation_id).business != shop.id:
            raise Forbidden("This is another business's promise")


@router.get("/evidence-files/{document_id}", response_class=Response)
def shown(document_id: str, here: SiteDep, person: MaybePerson, shop: MaybeShop) -> Response:
    """The file itself: a photo, or a PDF as an attachment; where it is not public, for whom the agreement names."""
    with here.db.reading() as session:
        held = businesses.document_for(session, document_id, person, shop.id if shop else "")
    return stored_document(here, held)
