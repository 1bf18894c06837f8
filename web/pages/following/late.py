"""What is late now, by place: for neighbours and journalists, as a page, a feed, and by mail."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries
from core.errors import Invalid
from core.i18n import N_, translator
from notifications import service as notifications
from web.pages.edge import PublicAct, typed, words
from web.pages.following.promises import BRIEFLY
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import late as views

router = APIRouter()
Place = Annotated[str, Query(max_length=120)]
Country = Annotated[str, Query(max_length=2)]
NOTICES = {
    "mailed": N_("Look into your mail: news come when you confirm them there."),
    "confirmed": N_("Confirmed. You hear the next morning when something is late there; one click stops it."),
}


@router.get("/late")
def page(request: Request, here: SiteDep, place: Place = "", country: Country = "") -> Response:
    """Every promise that is late at this instant, in a place or everywhere."""
    return _page(request, here, place, country, Typed.start(place=place, country=country))


@router.get("/late.atom")
def feed(request: Request, here: SiteDep, place: Place = "", country: Country = "") -> Response:
    """The same for feed readers."""
    with here.db.reading() as session:
        now = here.clock.now(session)
        found = queries.late_now(session, now, place, country)
    address = here.url(f"/late.atom{_query(place, country)}")
    told = views.feed(found, now, locale_of(request), here.url("").rstrip("/"), address)
    return Response(told, media_type="application/atom+xml", headers={"Cache-Control": "public, max-age=300"})


@router.post("/late")
def subscribe(request: Request, here: SiteDep, act: PublicAct) -> Response:
    """Ask for it by mail; nothing comes before the address is confirmed."""
    place, country = words(act.form, "place"), words(act.form, "country")

    def work(session: Session) -> str:
        locale = locale_of(request)
        notifications.subscribe(session, here.clock, words(act.form, "email"), place, country, locale)
        return f"/late{_query(place, country, done='mailed')}"

    try:
        return act.do(work, most=30)
    except Invalid as wrong:
        return _page(request, here, place[:120], country[:2], typed(act.form).refused(wrong))


@router.get("/late/{reader}/confirm")
def look(reader: str, request: Request, token: str = "") -> Response:
    """Opening the link changes nothing: scanners open links."""
    return render(request, "following/late_confirm.html", reader=reader, token=token)


@router.post("/late/{reader}/confirm")
def confirm(reader: str, here: SiteDep, act: PublicAct) -> Response:
    def work(session: Session) -> str:
        place, country = notifications.confirm(session, here.clock, here.keys, reader, words(act.form, "token"))
        return f"/late{_query(place, country, done='confirmed')}"

    return act.do(work)


def _query(place: str, country: str, **more: str) -> str:
    held = {name: value for name, value in {"place": place, "country": country, **more}.items() if value}
    return f"?{urlencode(held)}" if held else ""


def _page(request: Request, here: Site, place: str, country: str, form: Typed) -> Response:
    locale = locale_of(request)
    with here.db.reading() as session:
        now = here.clock.now(session)
        found = queries.late_now(session, now, place, country)
    notice = NOTICES.get(request.query_params.get("done", ""), "")
    return render(
        request,
        "following/late.html",
        status=422 if form.errors else 200,
        headers={"Cache-Control": "no-store"} if form.errors else BRIEFLY,
        notice=translator(locale).gettext(notice) if notice else None,
        form=form,
        lines=views.lines(found, now, locale),
        place=place,
        country=country,
        feed=f"/late.atom{_query(place, country)}",
    )
