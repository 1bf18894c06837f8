"""The crew link: the organizers' page that holds it, and the page on which helpers join by it, without an address."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import DOOR, Member, Role
from campaigns import queries as campaigns
from campaigns import rules
from campaigns.values import Campaign
from core.errors import Invalid
from core.i18n import N_, translator
from web.pages.edge import Act, Acting, Visitor, Who, remember, typed, words
from web.pages.organize.team import organizer_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import inviting
from web.typed import Typed

router = APIRouter()
Token = Annotated[str, Query(max_length=200)]
NOTICES = {
    "renewed": N_("There is a new link. The old one opens nothing any more."),
    "removed": N_("They are off the crew."),
}


@router.get("/organize/{slug}/crew")
def show(
    slug: str, request: Request, here: SiteDep, who: Who, done: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """The link with its code, to be shown around or printed, and who has joined."""
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        crew = [m for m in accounts.members(session, campaign.team) if m.role == Role.CREW]
        link = inviting.crew_link(session, here, campaign)
    say = translator(locale_of(request)).gettext
    notice = say(NOTICES[done]) if done in NOTICES else None
    return render(request, "door/link.html", campaign=campaign, crew=crew, link=link, notice=notice)


@router.post("/organize/{slug}/crew/link")
def renew(slug: str, act: Act) -> Response:
    """A new link, where the old one got into the wrong hands."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        inviting.renew_crew_link(session, act.here.clock, person, slug)
        return f"/organize/{slug}/crew?done=renewed"

    return act.do(work)


@router.post("/organize/{slug}/crew/{member_id}/remove")
def remove(slug: str, member_id: str, act: Act) -> Response:
    person = act.who.demand_person()

    def work(session: Session) -> str:
        inviting.remove_crew(session, act.here.clock, person, slug, member_id)
        return f"/organize/{slug}/crew?done=removed"

    return act.do(work)


@router.get("/door/{slug}/join")
def asked(slug: str, request: Request, here: SiteDep, who: Who, token: Token = "") -> Response:
    """Who asks for help. Looking at it joins nobody: previews of links look, too."""
    with here.db.reading() as session:
        campaign = _open(session, here, slug, token)
        if accounts.roles(session, campaign.team, who.person).intersection(DOOR):
            return RedirectResponse(f"/door/{slug}", 303)
    return _page(request, here, who, campaign, token, Typed())


@router.post("/door/{slug}/join")
def join(slug: str, request: Request, act: Act) -> Response:
    """Join, and be signed in on this phone."""
    token = words(act.form, "token")
    with act.here.db.reading() as session:
        campaign = _open(session, act.here, slug, token)
    try:
        # What `do` keeps of a form that was sent twice is encrypted: it may hold the sign-in.
        signed_in = act.do(lambda session: _join(session, act, slug, token), most=60).headers["location"]
    except Invalid as wrong:
        return _page(request, act.here, act.who, campaign, token, typed(act.form).refused(wrong), 422)
    answer = RedirectResponse(f"/door/{slug}", 303)
    return answer if act.who.person else remember(answer, "person", signed_in, act.here)


def _join(session: Session, act: Acting, slug: str, token: str) -> str:
    name, locale = words(act.form, "name"), locale_of(act.request)
    person = inviting.join_crew(session, act.here, slug, token, act.who.person, name=name, locale=locale)
    return "" if act.who.person else accounts.sign_in(session, act.here.clock.now(session), person)


def _open(session: Session, here: Site, slug: str, token: str) -> Campaign:
    """The campaign whose crew link this is. Raises NotFound, Forbidden, and Conflict once nothing is counted."""
    campaign = campaigns.by_slug(session, slug)
    accounts.demand_crew_token(session, here.keys, campaign.team, token)
    rules.demand(campaign, *rules.BEFORE_FINAL)
    return campaign


def _page(
    request: Request, here: Site, who: Visitor, campaign: Campaign, token: str, form: Typed, status: int = 200
) -> Response:
    with here.db.reading() as session:
        team: list[Member] = accounts.members(session, campaign.team)
    asking = [m.name for m in team if m.role in (Role.OWNER, Role.CO_ORGANIZER) and m.name]
    shown: dict[str, Any] = {"campaign": campaign, "token": token, "asking": asking, "person": who.person}
    return render(request, "door/join.html", status=status, form=form, **shown)
