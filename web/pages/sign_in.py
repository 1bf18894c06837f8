"""Signing in by a mailed link and out again. The same answer for every address, known or not."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from core import limits, tokens
from core.errors import FieldError, Forbidden, Invalid
from web.pages.edge import Act, PublicAct, Who, cookie_name, forget, remember, typed, words
from web.pages.language import remember_language
from web.rendering import locale_of, render
from web.security import local_path
from web.site import Site, SiteDep
from web.typed import Typed

router = APIRouter()
Next = Annotated[str, Query(max_length=300)]
PRIVATE = {"Cache-Control": "no-store"}
LINKS_AN_HOUR = 5
"""How many links one address is sent in an hour: enough for a slow mail server, too few to bother somebody."""


@router.get("/sign-in")
def page(request: Request, who: Who, next: Next = "") -> Response:
    """Where one writes one's address."""
    return form_page(request, Typed.start(next=local_path(next, "/me")), signed_in=who.person)


def form_page(request: Request, form: Typed, status: int = 200, **more: object) -> Response:
    """The sign-in form; also the answer to who needs to sign in for what they sent."""
    context = {"signed_in": None, "why": "", **more}
    return render(request, "sign_in/form.html", status=status, headers=PRIVATE, form=form, **context)


@router.post("/sign-in")
def ask(request: Request, here: SiteDep, act: PublicAct) -> Response:
    """Ask for a link. Nothing tells whether the address is known here."""
    form = typed(act.form)
    next_path = local_path(words(act.form, "next")[:300], "/me")

    def work(session: Session) -> str:
        email = words(act.form, "email")
        accounts.request_link(session, here.clock, email, next_path, locale_of(request))
        _count(session, here, email)
        return "/sign-in/sent"

    try:
        return act.do(work, most=30)
    except Invalid as wrong:
        return form_page(request, form.refused(wrong), status=422)


def _count(session: Session, here: Site, email: str) -> None:
    if here.settings.rate_limit == "on":
        key = f"link:{tokens.digest(email.strip().lower())}"
        limits.count(session, key, LINKS_AN_HOUR, 3600, here.clock.now(session))


@router.get("/sign-in/sent")
def sent(request: Request) -> Response:
    return render(request, "sign_in/sent.html", headers=PRIVATE)


@router.get("/sign-in/use")
def knock(request: Request, token: Annotated[str, Query(max_length=200)] = "") -> Response:
    """The link in the mail: a button, because scanners open links."""
    return render(request, "sign_in/use.html", headers=PRIVATE, token=token)


@router.post("/sign-in/use")
def use(request: Request, here: SiteDep, who: Who, act: PublicAct) -> Response:
    """Use the link up, once, and open a session in place of any earlier one of this browser."""
    opened: list[str] = []
    locale = locale_of(request)

    def work(session: Session) -> str:
        token, person, next_path = accounts.use_link(session, here.clock, words(act.form, "token"), locale)
        if who.person:
            accounts.sign_out(session, who.person, request.cookies.get(cookie_name("person", here), ""))
        opened.extend((token, person.locale))
        return local_path(next_path, "/me")

    try:
        answer = act.do(work, most=60)
    except Forbidden as spent:
        refused = Typed.start(next="/me").refused(Invalid([FieldError("", spent.message)]))
        return form_page(request, refused, status=403)
    remember_language(answer, opened[1], here)
    return remember(answer, "person", opened[0], here)


@router.post("/sign-out")
def sign_out(request: Request, here: SiteDep, act: Act) -> Response:
    """End this browser's session."""

    def work(session: Session) -> str:
        if act.who.person:
            accounts.sign_out(session, act.who.person, request.cookies.get(cookie_name("person", here), ""))
        return "/"

    return forget(act.do(work), "person", here)
