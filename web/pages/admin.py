"""The operator's page: what is stuck, whose words wait to be read, and cancelling what breaks the terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import queries as businesses
from businesses import service as business_service
from campaigns import queries as campaigns
from campaigns import service as campaign_service
from campaigns.press import service as press
from campaigns.values import State
from core import health
from core.errors import Invalid, NotFound, refuse, require
from core.i18n import N_
from web.pages.edge import Act, Who, typed, words
from web.rendering import render
from web.site import Site, SiteDep
from web.typed import Typed

router = APIRouter()


def admin(here: SiteDep, who: Who) -> Person:
    """The platform's admin, by CARROTMOB_ADMINS. To everybody else the page does not exist."""
    person = who.demand_person()
    if person.email not in here.settings.admin_emails:
        raise NotFound("There is nothing here")
    return person


Admin = Annotated[Person, Depends(admin)]


@dataclass(frozen=True)
class Waiting:
    """Words of a spot check that nobody has read yet."""

    id: str
    at: datetime
    note: str
    promise: str


@dataclass(frozen=True)
class Health:
    """What an operator looks at first."""

    beat: datetime | None
    mail: int
    overdue: int
    states: dict[State, int]


@router.get("/admin")
def page(request: Request, here: SiteDep, person: Admin, done: str = "") -> Response:
    return _show(request, here, Typed.start(), notice=_NOTICES.get(done))


_NOTICES = {
    "shown": N_("The words are shown now."),
    "cancelled": N_("The campaign is cancelled, with your reason."),
    "gone": N_("It is taken away, and its file is deleted."),
}
_PHOTO = re.compile(r"/campaigns/(?P<slug>[^/\s]+)/photos/(?P<photo>[0-9a-f]{32})")


def _show(request: Request, here: Site, form: Typed, *, status: int = 200, notice: str | None = None) -> Response:
    with here.db.reading() as session:
        waiting, state = _waiting(session), _health(session, here)
    return render(request, "admin.html", status=status, form=form, notice=notice, waiting=waiting, health=state)


def _waiting(session: Session) -> list[Waiting]:
    held = businesses.hidden_checks(session)
    promises = {id_: businesses.obligation(session, id_).words for id_ in {c.obligation for c in held}}
    return [Waiting(c.id, c.at, c.note, promises[c.obligation]) for c in held]


def _health(session: Session, here: Site) -> Health:
    now = here.clock.now(session)
    return Health(
        beat=health.last_beat(session, "worker"),
        mail=health.waiting_mail(session),
        overdue=campaigns.overdue(session, now),
        states=campaigns.count_by_state(session),
    )


@router.post("/admin/checks/{check_id}/show")
def show(check_id: str, here: SiteDep, person: Admin, act: Act) -> Response:
    """Let the words of a spot check be seen."""

    def work(session: Session) -> str:
        business_service.show_check(session, here.clock, person, check_id, admin=True)
        return "/admin?done=shown"

    return act.do(work)


@router.post("/admin/cancel")
def cancel(request: Request, here: SiteDep, person: Admin, act: Act) -> Response:
    """End a campaign that breaks the terms, with a public reason."""

    def work(session: Session) -> str:
        require(words(act.form, "sure"), "sure", "tick this: it cannot be undone")
        slug, reason = words(act.form, "slug").strip(), words(act.form, "reason")
        campaign_service.cancel(session, here.clock, person, slug, reason, operator=True)
        return "/admin?done=cancelled"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _show(request, here, typed(act.form).refused(wrong), status=422)


@router.post("/admin/photo")
def take_down(request: Request, here: SiteDep, person: Admin, act: Act) -> Response:
    """Take a photo away for somebody who is in it, whoever's campaign shows it."""
    gone = list[str]()

    def work(session: Session) -> str:
        found = _PHOTO.search(words(act.form, "photo"))
        if found is None:
            refuse("photo", "copy the address of the photo here, as its words on the page link to it")
        where = found["slug"], found["photo"]
        gone.append(press.remove_photo(session, here.clock, person, *where, operator=True))
        return "/admin?done=gone"

    try:
        answer = act.do(work)
    except Invalid as wrong:
        return _show(request, here, typed(act.form).refused(wrong), status=422)
    for name in gone:
        here.files.remove(name)
    return answer
