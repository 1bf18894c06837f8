"""Taking out of evidence what must not be seen: for the business, and for whom the agreement names."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import service as businesses
from businesses.followthrough import COLUMNS, ROWS, Document, Obligation, of_cells, of_drawn
from businesses.service import Asking
from core.errors import Invalid, NotFound
from web import uploads
from web.pages.edge import Act, Visitor, Who, several, typed, words
from web.pages.following.reading import Following, promise
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import documents
from web.views.promises import Reader

router = APIRouter(prefix="/promises/{promise_id}/redact")
CELLS = [[f"{row}-{column}" for column in range(COLUMNS)] for row in range(ROWS)]


@router.get("")
def show(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """All that was filed: of each note words can be taken out, photos are blackened, documents hidden."""
    return _page(request, here, who, promise_id, "redact")


@router.post("/notes/{evidence_id}")
def note(promise_id: str, evidence_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """Words of a note."""

    def work(session: Session) -> str:
        businesses.redact_note(session, here.clock, _asking(who), evidence_id, words(act.form, "passage"))
        return f"/promises/{promise_id}#filed"

    try:
        return act.do(work)
    except Invalid as wrong:
        refused = {evidence_id: typed(act.form, f"{evidence_id}-").refused(wrong)}
        return _page(request, here, who, promise_id, "redact", refused=refused)


@router.post("/documents/{document_id}")
def hide(promise_id: str, document_id: str, here: SiteDep, who: Who, act: Act) -> Response:
    """A document as a whole: who may open it from now on."""

    def work(session: Session) -> str:
        businesses.hide_document(session, here.clock, _asking(who), document_id)
        return f"/promises/{promise_id}#filed"

    return act.do(work)


@router.get("/photos/{document_id}")
def photo(promise_id: str, document_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """The photo under a grid, or to draw on."""
    return _page(request, here, who, promise_id, "redact_photo", document_id)


@router.post("/photos/{document_id}")
def blacken(promise_id: str, document_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """A new picture takes its place; it is made before the transaction, and swept out if that fails."""
    act.demand_token()
    held = _photo(_read(here, who, promise_id)[1], document_id)
    try:
        boxes = of_cells(several(act.form, "cell")) + of_drawn(words(act.form, "boxes"))
        new = uploads.blackened(here, held, boxes)
    except Invalid as wrong:
        form = typed(act.form).refused(wrong)
        return _page(request, here, who, promise_id, "redact_photo", document_id, form=form)

    def work(session: Session) -> str:
        businesses.redact_photo(session, here.clock, _asking(who), document_id, new)
        return f"/promises/{promise_id}#filed"

    return act.do(work)


def _asking(who: Visitor) -> Asking:
    return Asking(who.person, who.shop.id if who.shop else "")


def _read(here: Site, who: Visitor, promise_id: str) -> tuple[Following, Obligation]:
    """Raises NotFound; NotSignedIn and Forbidden for whoever may not take anything out."""
    with here.db.reading() as session:
        held, o = promise(session, here.clock, promise_id)
        businesses.sees_as(session, o, who.person, who.shop.id if who.shop else "")
    return held, o


def _photo(o: Obligation, document_id: str) -> Document:
    found = (file for filed in o.evidence for file in filed.files if file.id == document_id and file.is_photo)
    held = next(found, None)
    if held is None:
        raise NotFound("There is no such photo")
    return held


def _page(
    request: Request,
    here: Site,
    who: Visitor,
    promise_id: str,
    name: str,
    document_id: str = "",
    *,
    form: Typed | None = None,
    refused: dict[str, Typed] | None = None,
) -> Response:
    held, o = _read(here, who, promise_id)
    reader, forms = held.reader(locale_of(request)), refused or {}
    told: dict[str, Any] = {"form": form or next(iter(forms.values()), Typed())}
    if document_id:
        told |= {"photo": documents.shown(_photo(o, document_id), o, reader), "photo_id": document_id, "cells": CELLS}
    else:
        told["filings"] = [
            (filed, forms.get(filed.id, Typed(prefix=f"{filed.id}-")), _shown(filed.files, o, reader))
            for filed in reversed(o.evidence)
        ]
    status = 422 if told["form"].errors else 200
    return render(request, f"following/{name}.html", status=status, promise=o, lang=reader.lang, **told)


def _shown(files: tuple[Document, ...], o: Obligation, reader: Reader) -> list[tuple[str, documents.Shown]]:
    return [(file.id, documents.shown(file, o, reader)) for file in files]
