"""A page that says no: whom the agreement names looks at it, before anybody else hears of it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries
from businesses import service as businesses
from businesses.pages import Answer, Looked
from core.errors import Forbidden, Invalid
from web.pages.edge import Act, Visitor, Who, typed, words
from web.pages.following.acting import demand_judge, desk
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import pages

router = APIRouter(prefix="/promises/{promise_id}")


@router.get("/page")
def show(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """The last look, what a reader of the page saw then, and two answers while one is asked for."""
    return _page(request, here, who, promise_id, Typed())


@router.post("/page")
def answer(promise_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """It is so, and public; or the page does show it, and the look is set aside."""

    def work(session: Session) -> str:
        agrees, person = words(act.form, "do") == "agree", who.demand_person()
        note = words(act.form, "note")
        businesses.answer_page(session, here.clock, person, words(act.form, "look"), agrees=agrees, note=note)
        return f"/promises/{promise_id}#page"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _page(request, here, who, promise_id, typed(act.form).refused(wrong))


def _page(request: Request, here: Site, who: Visitor, promise_id: str, form: Typed) -> Response:
    with here.db.reading() as session:
        asked = desk(session, here, who, promise_id)
        demand_judge(session, asked)
        looks = queries.looks(session, promise_id)
    watch = asked.promise.commitment.watch
    if watch is None:
        raise Forbidden("This promise names no page")
    reader = asked.held.reader(locale_of(request))
    return render(
        request,
        "following/page.html",
        status=422 if form.errors else 200,
        campaign=asked.held.campaign,
        promise=asked.promise,
        lang=reader.lang,
        wanted=pages.wanted(watch, reader.locale),
        watch=watch,
        open=_open(looks),
        looks=[pages.told(look, reader) for look in looks],
        form=form,
    )


def _open(looks: list[Looked]) -> Looked | None:
    """The look that waits for an answer: the newest that does."""
    return next((look for look in looks if look.answer == Answer.ASKED), None)
