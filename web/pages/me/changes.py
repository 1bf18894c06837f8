"""What a person changes of themselves, down to leaving."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from campaigns.values import State
from core import audit
from core.errors import Invalid, require
from notifications import rules as mail_rules
from notifications import service as notifications
from web.pages.edge import Act, Who, forget, typed, words
from web.pages.language import remember_language
from web.pages.me.page import PRIVATE, gather, show
from web.rendering import render
from web.site import SiteDep
from web.trips import leaving
from web.typed import Typed

router = APIRouter()
_OWN = ("name", "locale", "timezone", "digest_hour")
_ENDED = {State.DONE, State.CANCELLED}


@router.post("/me")
def change(request: Request, here: SiteDep, act: Act) -> Response:
    """Name, language, time zone and the hour of the digest, which waiting digests follow."""
    person, form = act.who.demand_person(), typed(act.form)

    def work(session: Session) -> str:
        changed = accounts.update_person(session, person, {name: words(act.form, name) for name in _OWN})
        notifications.reschedule(session, here.clock, changed)
        return "/me?done=saved"

    try:
        return remember_language(act.do(work), words(act.form, "locale"), here)
    except Invalid as wrong:
        return show(request, here, act.who, form=form.refused(wrong), status=422)


@router.post("/me/mail")
def mail(here: SiteDep, act: Act) -> Response:
    """How often each followed campaign writes, and whether duties do."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        for held in notifications.preferences(session, person).follows:
            if wished := words(act.form, f"follow.{held.campaign}"):
                frequency = mail_rules.frequency(wished, f"follow.{held.campaign}")
                notifications.set_frequency(session, here.clock, person, frequency, held.campaign)
        notifications.set_duties(session, person, on=bool(words(act.form, "duties")))
        return "/me?done=mail#mail"

    return act.do(work)


@router.post("/me/sessions/{session_id}")
def end(session_id: str, act: Act) -> Response:
    """End one sign-in."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        accounts.revoke(session, person, session_id)
        return "/me?done=ended#sessions"

    return act.do(work)


@router.post("/me/sessions")
def end_all(here: SiteDep, act: Act) -> Response:
    """End every sign-in and every API token, this one too."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        accounts.revoke(session, person)
        audit.note(session, person.id, "person.revoke_all", person.id, here.clock.now(session))
        return "/sign-in"

    return forget(act.do(work), "person", here)


@router.post("/me/token")
def token(request: Request, here: SiteDep, act: Act) -> Response:
    """A bearer token for the API, shown once: only its digest is kept."""
    person, made = act.who.demand_person(), [""]

    def work(session: Session) -> str:
        made[0] = accounts.api_token(session, here.clock, person.email)
        audit.note(session, person.id, "person.api_token", person.id, here.clock.now(session))
        return "/me#token"

    answer = act.do(work, most=20)
    return show(request, here, act.who, token=made[0]) if made[0] else answer


@router.get("/me/erase")
def erasing(request: Request, here: SiteDep, who: Who) -> Response:
    """What goes and what stays, before one leaves."""
    return _erasing(request, here, who, Typed())


def _erasing(request: Request, here: SiteDep, who: Who, form: Typed) -> Response:
    person = who.demand_person()
    with here.db.reading() as session:
        mine = gather(session, person)
    left = [c for c, roles in mine.teams if "owner" in roles and c.state not in _ENDED]
    status = 422 if form.errors else 200
    return render(request, "me/erase.html", status=status, headers=PRIVATE, mine=mine, left=left, form=form)


@router.post("/me/erase")
def erase(request: Request, here: SiteDep, act: Act) -> Response:
    """Leave: the person, their addresses, follows and sign-ins go; the public sums stay."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        require(words(act.form, "sure") == "yes", "sure", "tick this, so that nobody leaves by a slip")
        leaving.erase(session, here.clock, person)
        return "/me/erased"

    try:
        return forget(act.do(work), "person", here)
    except Invalid as wrong:
        return _erasing(request, here, act.who, typed(act.form).refused(wrong))


@router.get("/me/erased")
def erased(request: Request) -> Response:
    return render(request, "me/erased.html", headers=PRIVATE)
