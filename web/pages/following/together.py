"""What no side decides alone: one page for the business, the organizers, the monitor and the people affected."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import service as businesses
from businesses.followthrough import Obligation
from businesses.values import Business
from core.errors import Invalid, NotSignedIn
from web.pages.edge import Act, Visitor, Who, typed
from web.pages.edge import words as sent
from web.pages.following.reading import promise
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import following as views
from web.views import promises as slips
from web.views import together

router = APIRouter(prefix="/promises/{promise_id}")


def speaker(session: Session, o: Obligation, who: Visitor) -> Person | Business:
    """As whom a visitor speaks of a promise: the shop of its own, else the person. Raises NotSignedIn."""
    if who.shop and businesses.side_of(session, o, who.shop):
        return who.shop
    if who.person is None:
        raise NotSignedIn("Please sign in first")
    return who.person


@router.get("/together")
def show(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """Where it stands, and the answers that wait for the reader's side."""
    return _page(request, here, who, promise_id, Typed())


@router.post("/together/instead")
def instead(promise_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """Propose another thing in the promise's place, or answer what was proposed."""

    def work(session: Session) -> str:
        speaks = _speaks(session, here, who, promise_id)
        answer, proposed = sent(act.form, "answer"), sent(act.form, "substitute")
        if proposed:
            agrees = answer == "yes"
            businesses.answer_substitute(session, here.clock, speaks, promise_id, proposed, agrees=agrees)
        else:
            told = (sent(act.form, "words"), sent(act.form, "reason"))
            businesses.propose_substitute(session, here.clock, speaks, promise_id, *told)
        return f"/promises/{promise_id}/together"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _page(request, here, who, promise_id, typed(act.form).refused(wrong))


def _speaks(session: Session, here: Site, who: Visitor, promise_id: str) -> Person | Business:
    return speaker(session, promise(session, here.clock, promise_id)[1], who)


def _page(request: Request, here: Site, who: Visitor, promise_id: str, form: Typed) -> Response:
    with here.db.reading() as session:
        held, o = promise(session, here.clock, promise_id)
        side = businesses.demand_side(session, o, speaker(session, o, who))
    reader = held.reader(locale_of(request))
    slip = slips.followed([o], held.now, reader)[0]
    return render(
        request,
        "following/together.html",
        status=422 if form.errors else 200,
        campaign=held.campaign,
        promise=views.watch(o, slip, held.now, reader),
        instead=together.instead(o, reader),
        asked=bool(o.substitute and side in o.substitute.waits_for),
        form=form,
        lang=reader.lang,
    )
