"""The business shows how far it is: a note, a number, a list, a link, an invoice, photos and documents."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries
from businesses import service as businesses
from businesses.followthrough import Visibility
from businesses.values import Business
from core.documents import Kept
from core.errors import Conflict, FieldError, Forbidden, Invalid
from core.wire import Json
from web import uploads
from web.pages.edge import Act, Acting, several, typed, words
from web.pages.shop.promise import fields_of, page
from web.typed import Typed

router = APIRouter()


@dataclass(frozen=True)
class Files:
    """The files of a form: those kept now or with an earlier try of the same form, and what is wrong with others."""

    kept: list[Kept]
    wrong: list[FieldError]

    def demand(self) -> None:
        """Raise Invalid where one of them was not taken."""
        if self.wrong:
            raise Invalid(self.wrong)


@router.post("/shop/promises/{obligation_id}/evidence")
def evidence(obligation_id: str, act: Act) -> Response:
    """Files are kept first, so that none is lost by what is refused after; what was typed is shown again."""
    shop = act.who.demand_shop()
    act.demand_token()
    _demand_own(act, shop, obligation_id)
    files = _files(act)

    def work(session: Session) -> str:
        businesses.file_evidence(session, act.here.clock, shop, obligation_id, _filed(act, files))
        return f"/shop/promises/{obligation_id}?done=evidence"

    try:
        return act.do(work)
    except Invalid as wrong:
        form = _again(act, files).refused(wrong)
        return page(act.request, act.here, shop, obligation_id, refused=("evidence", form))
    except Conflict as late:
        form = _again(act, files).refused(Invalid([FieldError("", late.message)]))
        return page(act.request, act.here, shop, obligation_id, refused=("evidence", form), status=409)


def _demand_own(act: Acting, shop: Business, obligation_id: str) -> None:
    """Before anything of it is kept. Raises NotFound and Forbidden."""
    with act.here.db.reading() as session:
        if queries.obligation(session, obligation_id).business != shop.id:
            raise Forbidden("This is another business's promise")


def _files(act: Acting) -> Files:
    kept, wrong = uploads.keep_all(act.here, act.form, "file")
    return Files([*(uploads.opened(act.here, token) for token in several(act.form, "kept")), *kept], wrong)


def _filed(act: Acting, files: Files) -> Json:
    """What was typed, as the use-case takes it. Raises Invalid for all that is wrong with it."""
    fields = fields_of(act)
    value, invoiced_on = fields.number("value"), fields.day("invoiced_on")
    fields.keep(files.demand)
    fields.check()
    return {
        "note": words(act.form, "note"),
        "value": value,
        "invoiced_on": invoiced_on,
        "items": [line for line in words(act.form, "list").splitlines() if line.strip()],
        "url": words(act.form, "url"),
        "files": files.kept,
        "visibility": fields.choice("visibility", Visibility, Visibility.PUBLIC),
    }


def _again(act: Acting, files: Files) -> Typed:
    """The same form with its files, which need not be chosen again."""
    tokens = [uploads.token(act.here, kept) for kept in files.kept]
    return typed(act.form, "evidence-").with_value("kept", tokens)
