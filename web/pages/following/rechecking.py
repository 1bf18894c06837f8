"""Months later: the form in which whom the agreement names says whether a promise is still kept."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import followthrough
from businesses import service as businesses
from businesses.followthrough import Outcome
from core.errors import Invalid, refuse
from core.i18n import N_, translator
from web.pages.edge import Act, Visitor, Who, typed
from web.pages.edge import words as sent
from web.pages.following.acting import demand_judge, desk, page
from web.rendering import locale_of
from web.site import Site, SiteDep
from web.typed import Typed
from web.views.facts_in_words.of_promises import OUTCOMES

router = APIRouter(prefix="/promises/{promise_id}")
HINTS = {
    Outcome.STILL_KEPT: N_("As it was promised, and it is there today"),
    Outcome.LAPSED: N_("It was kept, and is no more"),
    Outcome.UNKNOWN: N_("It cannot be found out"),
}


@router.get("/recheck")
def form(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """What was seen in this re-check, and three answers."""
    return _page(request, here, who, promise_id, Typed())


@router.post("/recheck")
def answer(promise_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """Still kept, lapsed or unknown, with a public reason."""

    def work(session: Session) -> str:
        outcome, person = _chosen(sent(act.form, "outcome")), who.demand_person()
        businesses.answer_recheck(session, here.clock, person, promise_id, outcome, sent(act.form, "reason"))
        return f"/promises/{promise_id}#again"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _page(request, here, who, promise_id, typed(act.form).refused(wrong))


def _chosen(word: str) -> Outcome:
    if word not in {outcome.value for outcome in Outcome}:
        refuse("outcome", "choose one")
    return Outcome(word)


def _page(request: Request, here: Site, who: Visitor, promise_id: str, form: Typed) -> Response:
    with here.db.reading() as session:
        asked = desk(session, here, who, promise_id)
        demand_judge(session, asked)
    say = translator(locale_of(request)).gettext
    options = [(o.value, say(OUTCOMES[o.value]).capitalize(), say(HINTS[o])) for o in Outcome]
    is_open = followthrough.open_recheck(asked.promise, asked.held.now) is not None and asked.settled
    return page(request, "recheck", asked, form, 422 if form.errors else 200, options=options, is_open=is_open)
