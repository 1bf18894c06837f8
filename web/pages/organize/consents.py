"""Organizers name who speaks for the people whom promises affect, or record what a meeting said."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from businesses import queries as businesses
from businesses.consent import Meeting, Representative, Wish
from businesses.service.consenting import OPEN, Asking, Recorded
from campaigns.values import State
from core.errors import Invalid, refuse
from core.i18n import N_, translator
from web.pages.edge import Act, Acting, Visitor, Who, typed, words
from web.pages.organize.acts import fields_of
from web.pages.organize.team import organizer_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import consenting
from web.typed import Typed
from web.views.consents import Asked, asked
from web.views.promises import Reader, monitors

router = APIRouter()
Done = Annotated[str, Query(max_length=20)]
NOTICES = {"ask": N_("They get a link by mail."), "record": N_("The answer is recorded and public.")}


@router.get("/organize/{slug}/consents")
def show(slug: str, request: Request, here: SiteDep, who: Who, done: Done = "") -> Response:
    say = translator(locale_of(request)).gettext
    return _page(request, here, who, slug, notice=say(NOTICES[done]) if done in NOTICES else None)


@router.post("/organize/{slug}/consents")
def ask(slug: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """Send a representative the link, or record a meeting's answer."""
    person, wish = act.who.demand_person(), words(act.form, "do")

    def work(session: Session) -> str:
        asking = _asking(act, recorded=wish == "record")
        consenting.ask(session, here.clock, person, slug, asking)
        return f"/organize/{slug}/consents?done={'record' if asking.recorded else 'ask'}"

    try:
        return act.do(work)
    except Invalid as wrong:
        place = f"{words(act.form, 'place')}-{wish}-"
        return _page(request, here, who, slug, refused=(place, typed(act.form, place).refused(_own(wrong))))


def _own(wrong: Invalid) -> Invalid:
    """A refusal in the names of the form's fields."""
    return Invalid([replace(e, field=e.field.removeprefix("recorded.")) for e in wrong.errors])


def _asking(act: Acting, *, recorded: bool) -> Asking:
    known = Representative(words(act.form, "email"), words(act.form, "name"), words(act.form, "show_name") == "yes")
    about = (words(act.form, "bid"), words(act.form, "commitment"), known)
    return Asking(*about, _recorded(act)) if recorded else Asking(*about)


def _recorded(act: Acting) -> Recorded:
    fields = fields_of(act)
    on, said = fields.day("on"), words(act.form, "answer")
    fields.require(on or fields.has("on"), "on", "say on which day they met")
    fields.require(said in {Wish.AGREE, Wish.REFUSE}, "answer", "choose one")
    fields.require(fields.has("note"), "note", "say how it is known: who met, and what was decided")
    fields.check()
    if on is None:
        refuse("on", "say on which day they met")
    return Recorded(Wish(said), Meeting(on, words(act.form, "note")), words(act.form, "seat") == "yes")


def _page(
    request: Request,
    here: Site,
    who: Visitor,
    slug: str,
    *,
    refused: tuple[str, Typed] | None = None,
    notice: str | None = None,
) -> Response:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        bids = [] if campaign.state == State.DRAFT else businesses.visible_bids(session, campaign)
        standing = [bid for bid in bids if bid.stands]
        known = businesses.consents_of(session, standing)
        shops = businesses.businesses(session, [bid.business for bid in standing])
        team = accounts.members(session, campaign.team)
    reader = Reader(locale_of(request), campaign.language, campaign.timezone, monitors(team))
    lines = asked(standing, shops, known, reader)
    return render(
        request,
        "organize/consents.html",
        status=422 if refused else 200,
        notice=notice,
        campaign=campaign,
        lines=lines,
        sealed=businesses.are_sealed(campaign),
        open=campaign.state in OPEN,
        refused=refused[1] if refused else Typed(),
        forms=_forms(lines) | dict([refused] if refused else []),
    )


def _forms(lines: list[Asked]) -> dict[str, Typed]:
    """Two forms for each promise, with ids of their own."""
    places = [(f"{line.place}-{wish}-", line) for line in lines for wish in ("ask", "record")]
    return {place: Typed.start(place, email=line.email, name=line.name) for place, line in places}
