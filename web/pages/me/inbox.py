"""What waits for whoever checks promises: across all campaigns, the next term first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import service as businesses
from core.i18n import N_
from web.pages.edge import Act, Who
from web.pages.me.page import PRIVATE
from web.rendering import render
from web.site import SiteDep
from web.trips.waiting import inbox

router = APIRouter()
TASKS = {
    "verdict": (N_("Say what became of it"), N_("Confirm the verdict")),
    "recheck": (N_("Is it still kept?"), N_("Answer the re-check")),
    "extension": (N_("More time is asked for"), N_("Answer: more time or not")),
    "page": (N_("A page does not agree"), N_("Look at the page")),
    "words": (N_("Somebody wrote what they saw"), N_("I have read it: show it")),
    "till": (N_("A till total is disputed"), N_("Decide it")),
}
"""What is to be done, and the words of its button."""


@router.get("/me/inbox")
def show(request: Request, here: SiteDep, who: Who) -> Response:
    person = who.demand_person()
    with here.db.reading() as session:
        waiting = inbox(session, person, here.clock.now(session))
    return render(request, "me/inbox.html", headers=PRIVATE, waiting=waiting, tasks=TASKS)


@router.post("/me/inbox/words/{check_id}")
def show_words(check_id: str, here: SiteDep, who: Who, act: Act) -> Response:
    """Let words of a spot check be seen, after reading them: for the campaign's monitor."""

    def work(session: Session) -> str:
        businesses.show_check(session, here.clock, who.demand_person(), check_id, admin=False)
        return "/me/inbox"

    return act.do(work)
