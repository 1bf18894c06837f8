"""A circle about a promise, for its sides: open it, accept who leads it, accept what it came to."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import service as businesses
from businesses.circles import queries, service
from businesses.circles.values import Circle, Named
from businesses.service.following import Speaker
from core.errors import Invalid, refuse
from web.pages.edge import Act, Acting, Visitor, Who, typed
from web.pages.edge import words as sent
from web.pages.following.reading import promise
from web.pages.following.together import speaker
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import circles as views
from web.views import following as watching
from web.views import promises as slips

router = APIRouter(prefix="/promises/{promise_id}/circle")
Step = Callable[[Session, Speaker], object]


@router.get("")
def show(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """Where it stands, and what waits for the reader's side."""
    return _page(request, here, who, promise_id, Typed())


@router.post("")
def open_(promise_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """Open one; the monitor leads it, or somebody named by their address."""

    def work(session: Session, speaks: Speaker) -> None:
        service.open_circle(session, here.clock, speaks, promise_id, _named(act))

    return _do(request, act, promise_id, work)


@router.post("/facilitator")
def facilitator(promise_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """Accept whoever is to lead, or not; or name somebody else after a no."""
    circle, answer = sent(act.form, "circle"), sent(act.form, "answer")

    def work(session: Session, speaks: Speaker) -> None:
        if answer:
            service.answer_facilitator(session, here.clock, speaks, circle, agrees=answer == "yes")
        else:
            service.name_another(session, here.clock, speaks, circle, _named(act))

    return _do(request, act, promise_id, work)


@router.post("/remedy")
def remedy(promise_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """Accept what the circle came to, or not."""
    circle, offered = sent(act.form, "circle"), sent(act.form, "remedy")
    agrees = sent(act.form, "answer") == "yes"

    def work(session: Session, speaks: Speaker) -> None:
        service.answer_remedy(session, here.clock, speaks, circle, offered, agrees=agrees)

    return _do(request, act, promise_id, work)


def _named(act: Acting) -> Named | None:
    """Whom the form names to lead; None for the monitor. Raises Invalid where nothing was chosen."""
    leads = sent(act.form, "leads")
    if leads not in {"monitor", "named"}:
        refuse("leads", "choose one")
    return Named(sent(act.form, "email"), sent(act.form, "name")) if leads == "named" else None


def _do(request: Request, act: Acting, promise_id: str, step: Step) -> Response:
    def work(session: Session) -> str:
        step(session, speaker(session, promise(session, act.here.clock, promise_id)[1], act.who))
        return f"/promises/{promise_id}/circle"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _page(request, act.here, act.who, promise_id, typed(act.form).refused(wrong))


def _page(request: Request, here: Site, who: Visitor, promise_id: str, form: Typed) -> Response:
    with here.db.reading() as session:
        held, o = promise(session, here.clock, promise_id)
        side = businesses.demand_side(session, o, speaker(session, o, who))
        known = queries.of_obligation(session, o.id)
    reader = held.reader(locale_of(request))
    slip = slips.followed([o], held.now, reader)[0]
    going = _going(known)
    return render(
        request,
        "following/circle.html",
        status=422 if form.errors else 200,
        headers={"Cache-Control": "no-store"},
        promise=watching.watch(o, slip, held.now, reader),
        part=views.part(going, side, reader) if going else None,
        told=views.told(known, reader),
        can_open=going is None and queries.is_called_for(o, held.now),
        monitored=bool(reader.monitors),
        form=form if form.values or form.errors else Typed.start(leads="monitor" if reader.monitors else "named"),
        lang=reader.lang,
    )


def _going(known: list[Circle]) -> Circle | None:
    return known[-1] if known and known[-1].ending is None else None
