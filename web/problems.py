"""Domain errors become pages or problem documents, in this one place (RFC 9457, DESIGN.md rule 8)."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException

from core import formats
from core.errors import Busy, DomainError, FieldError, Invalid, Message, NotSignedIn
from core.i18n import N_
from core.wire import Json
from web.pages.edge import ShopNotKnown
from web.rendering import locale_of, render
from web.typed import Typed

log = logging.getLogger(__name__)


class ProblemField(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """An RFC 9457 problem document."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemField] | None = None


DOCUMENTED: dict[int | str, dict[str, Any]] = {
    status: {"description": words, "model": Problem}
    for status, words in {
        401: "Nobody is signed in",
        403: "Not yours",
        404: "Unknown, or you may not know that it exists",
        409: "The state forbids it; detail says which state and what would allow it",
        413: "Too large",
        422: "Malformed, or against a rule: errors names the fields",
        429: "Too often; Retry-After says how long to wait",
        503: "Busy; nothing was done, Retry-After says how long to wait",
    }.items()
}
"""What every call may answer beside its own answer."""


def install(app: FastAPI) -> None:
    """Answer every kind of refusal in one manner."""
    app.add_exception_handler(DomainError, _domain)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _database)
    app.add_exception_handler(DataError, _unfit)
    app.add_exception_handler(Exception, _ours)


async def _domain(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    fields = error.errors if isinstance(error, Invalid) else []
    wait = getattr(error, "retry_after", None)
    if isinstance(error, NotSignedIn) and not isinstance(error, ShopNotKnown) and not is_api(request):
        return _to_sign_in(request, error)
    return answer(request, error.status, error.message, fields, retry_after=wait)


def _to_sign_in(request: Request, error: NotSignedIn) -> Response:
    """A page that needs somebody leads to the sign-in form, and from there back; what was sent to it was not done."""
    if request.method in {"GET", "HEAD"}:
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'next': wanted[:300]})}", 303)
    form, why = Typed.start(next=request.url.path), formats.say(error.message, locale_of(request))
    return render(request, "sign_in/form.html", status=401, form=form, signed_in=None, why=why)


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields: dict[str, FieldError] = {}
    for found in error.errors():
        place = _place(found["loc"])
        fields.setdefault(place, FieldError(place, Message(_words(found))))
    return answer(request, 422, Message("Please mend what is marked"), list(fields.values()))


_BRANCHES = frozenset({"body", "query", "path", "header", "str", "int", "bool", "constrained-str"})


def _place(location: Sequence[str | int]) -> str:
    """ "commitments.0.share" from where pydantic looked; the names of a union's branches are left out."""
    parts = [str(part) for part in location if part not in _BRANCHES]
    return ".".join(p for p in parts if not p[:1].isupper() and "[" not in p) or "body"


def _words(error: dict[str, Any]) -> str:
    if error["type"] == "missing":
        return "please fill this in"
    return str(error["msg"]).removeprefix("Value error, ")


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    # The framework's own words for an unknown address help nobody on.
    bare = error.status_code == HTTPStatus.NOT_FOUND and error.detail == HTTPStatus.NOT_FOUND.phrase
    words = Message("This address may be mistyped, or the page has moved.") if bare else Message(str(error.detail))
    reply = answer(request, error.status_code, words, [])
    reply.headers.update(error.headers or {})
    return reply


async def _unfit(request: Request, error: Exception) -> Response:
    """An address with a character that no database carries (NUL): nothing is called so. Else it is ours."""
    assert isinstance(error, DataError)
    if "NUL" not in str(error.orig):
        raise error
    return answer(request, 404, Message("There is nothing here"), [])


async def _database(request: Request, error: Exception) -> Response:
    """A lock not had in time, a database that is away: nothing was done, so trying again is right. Else it is ours."""
    assert isinstance(error, OperationalError)
    if not (error.connection_invalidated or _BUSY.search(str(error.orig))):
        raise error
    log.warning("the database is busy or away: %s", error.orig)
    words = Message("The database is busy. Nothing was lost: please try again in a moment.")
    return answer(request, Busy.status, words, [], retry_after=Busy.retry_after)


_BUSY = re.compile(r"locked|lock timeout|statement timeout|connection|terminating|shutting down|starting up|full")


async def _ours(request: Request, error: Exception) -> Response:
    """Our own mistake: logged by the server, told plainly, without details."""
    return answer(request, 500, Message("Something went wrong here. Nothing was lost; please try again later."), [])


def is_api(request: Request) -> bool:
    path = request.url.path
    return path.startswith("/api/") or path in {"/demo/clock", "/demo/mail"}


def answer(
    request: Request,
    status: int,
    message: Message,
    fields: list[FieldError],
    *,
    retry_after: int | None = None,
    more: Json | None = None,
) -> Response:
    """A problem document for programs, a page for people. ``more``: members of the document beside the usual ones."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    if not is_api(request):
        return page(request, status, message, fields, headers)
    locale = locale_of(request)
    body: Json = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": formats.say(message, locale),
    }
    if status == 422:
        body["errors"] = [{"field": e.field, "message": formats.say(e.message, locale)} for e in fields]
    return JSONResponse(body | (more or {}), status, headers, media_type="application/problem+json")


def page(
    request: Request, status: int, message: Message, fields: list[FieldError], headers: dict[str, str] | None = None
) -> Response:
    """A refusal as a page: what is wrong, field by field, and a way on."""
    locale = locale_of(request)
    words = [f"{formats.say(e.message, locale)} ({e.field})" for e in fields] or [formats.say(message, locale)]
    title = formats.say(TITLES.get(status, TITLES[500]), locale)
    return render(request, "error.html", status=status, headers=headers, title=title, words=" ".join(words))


TITLES = {
    401: N_("Please sign in first"),
    403: N_("This is not yours to do"),
    404: N_("There is nothing here"),
    409: N_("This is not possible now"),
    413: N_("That is too large"),
    422: N_("Something needs mending"),
    429: N_("That was often"),
    500: N_("Something went wrong here"),
    503: N_("Too many at once"),
}
