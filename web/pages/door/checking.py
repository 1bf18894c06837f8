"""The door: codes are scanned with the phone's own camera or typed; the whole screen answers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import DOOR
from businesses import queries as businesses
from campaigns import queries as campaigns
from campaigns.values import Campaign
from core.errors import Conflict, DomainError, Invalid, NotFound, refuse
from core.i18n import N_
from pledges import queries as pledges
from pledges import service
from pledges.rules.codes import read, spoken
from pledges.rules.door import Elsewhere
from pledges.values import Arrival, Pledge
from web.pages.edge import Act, Acting, Visitor, Who, typed, words
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import slots
from web.views.fields import Fields

router = APIRouter()
Code = Annotated[str, Query(max_length=40)]
Already = Annotated[str, Query(max_length=5)]


@router.get("/door/{slug}")
def wait(slug: str, request: Request, here: SiteDep, who: Who, code: Code = "", done: Already = "") -> Response:
    """Waiting for the next person; with ``code`` (the camera opened the QR) one button away from letting them in."""
    notice = N_("Taken back.") if done == "back" else None
    return _waiting(request, here, who, slug, Typed.start("", code=code), notice=notice)


@router.post("/door/{slug}")
def check_in(slug: str, request: Request, act: Act) -> Response:
    """Somebody comes: by code, or counted without one. What the last person spent is noted in the same step."""
    act.who.demand_person()
    try:
        about = f":{words(act.form, 'do')}:{words(act.form, 'code')[:20]}"
        return act.do(lambda session: _check_in(session, act, slug), most=6000, about=about)
    except Invalid as wrong:
        return _waiting(request, act.here, act.who, slug, typed(act.form).refused(wrong), status=422)
    except (NotFound, Conflict) as wrong:
        return _refused(request, act, slug, wrong)


@router.get("/door/{slug}/in/{check_in_id}")
def answer(slug: str, check_in_id: str, request: Request, here: SiteDep, who: Who, already: Already = "") -> Response:
    """Green: welcome. Amber: already here."""
    with here.db.reading() as session:
        campaign = door(session, who, slug)
        came = pledges.check_in(session, check_in_id)
        if came.campaign != campaign.id:
            raise NotFound("There is no such check-in")
        pledge = pledges.pledge(session, came.pledge) if came.pledge else None
        view = _view(session, campaign, request)
    return render(
        request,
        "door/answer.html",
        **view,
        came=came,
        pledge=pledge,
        code=spoken(pledge.code) if pledge else "",
        slot=slots.of(campaign, pledge.slot, locale_of(request)) if pledge else "",
        already=bool(already),
        form=Typed(),
    )


@router.post("/door/{slug}/undo")
def undo(slug: str, act: Act) -> Response:
    """A slip, taken back."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        service.undo_check_in(session, act.here.clock, person, words(act.form, "came"))
        return f"/door/{slug}?done=back"

    return act.do(work)


def _check_in(session: Session, act: Acting, slug: str) -> str:
    campaign = campaigns.by_slug(session, slug)
    fields = Fields({name: words(act.form, name) for name in act.form}, locale_of(act.request))
    spent, party = fields.money("spent", campaign.currency), fields.whole("party")
    fields.check()
    if words(act.form, "came"):
        told = {"yes": True, "no": False}.get(words(act.form, "anyway"))
        last = words(act.form, "came")
        service.note_spending(session, act.here.clock, act.who.demand_person(), last, spent, anyway=told)
    walk_in = words(act.form, "do") == "walk_in"
    if not walk_in and not fields.has("code"):
        return _no_code(act, slug)
    nonce = words(act.form, "key")[:64] if walk_in else ""
    code, venue = "" if walk_in else fields.raw("code"), stood(act.request, campaign)
    arrival = Arrival(code, walk_in, party=party or None, nonce=nonce, venue=venue)
    came, already = service.check_in(session, act.here.clock, slug, act.who.demand_person(), arrival)
    return f"/door/{slug}/in/{came.id}{'?already=yes' if already else ''}"


def _no_code(act: Acting, slug: str) -> str:
    """Saving what was spent and going on to wait is fine; letting in nobody is not."""
    if not words(act.form, "came"):
        refuse("code", "type the code, or count a walk-in")
    return f"/door/{slug}"


def _waiting(
    request: Request,
    here: Site,
    who: Visitor,
    slug: str,
    form: Typed,
    *,
    status: int = 200,
    notice: str | None = None,
) -> Response:
    with here.db.reading() as session:
        campaign = door(session, who, slug)
        pledge = _pledge(session, campaign, form.value("code"))
        came = pledges.arrival_of(session, pledge.id) if pledge else None
        view = _view(session, campaign, request)
    code = spoken(pledge.code) if pledge else form.value("code")
    slot = slots.of(campaign, pledge.slot, locale_of(request)) if pledge else ""
    view |= {"pledge": pledge, "came": came, "code": code, "slot": slot, "told": notice}
    return render(request, "door/wait.html", status=status, form=form, **view)


def _refused(request: Request, act: Acting, slug: str, wrong: DomainError) -> Response:
    """Amber: why this code is not taken, and how to go on. What was typed stays."""
    with act.here.db.reading() as session:
        view = _view(session, door(session, act.who, slug), request)
    view |= {"title": title(wrong), "told": wrong.message, "form": typed(act.form)}
    return render(request, "door/refused.html", status=wrong.status, **view)


def title(wrong: DomainError) -> str:
    """Two words that can be read across a room."""
    match wrong:
        case Elsewhere():
            return N_("Another campaign")
        case NotFound():
            return N_("Unknown code")
    return N_("Not this one")


def door(session: Session, who: Visitor, slug: str) -> Campaign:
    """The campaign. Raises NotSignedIn and Forbidden for whoever is not on its door."""
    campaign = campaigns.by_slug(session, slug)
    accounts.demand_role(session, campaign.team, who.demand_person(), DOOR)
    return campaign


def _pledge(session: Session, campaign: Campaign, code: str) -> Pledge | None:
    """Who probably stands there, to be greeted by name of the code; None for what is no code of this campaign."""
    try:
        return pledges.pledge_by_code(session, campaign.id, read(code)) if code else None
    except Invalid:
        return None


def known(campaign: Campaign, venue: str) -> str:
    """The winner at whose door somebody says they stand; "" where there is one door only, or no such winner."""
    won = {winner.business for winner in campaign.winners}
    return venue if len(won) > 1 and venue in won else ""


def stood(request: Request, campaign: Campaign) -> str:
    """The same, as this phone remembers it."""
    return known(campaign, request.cookies.get("venue", ""))


def _view(session: Session, campaign: Campaign, request: Request) -> dict[str, Any]:
    """What every screen of the door shows: where one is, and how many are in, here and in all."""
    held = businesses.businesses(session, [w.business for w in campaign.winners])
    shops = {w.business: held[w.business].name for w in campaign.winners if w.business in held}
    venue, counted = stood(request, campaign), pledges.door(session, campaign.id, campaign.currency)
    return {
        "campaign": campaign,
        "where": shops.get(venue) or ", ".join(shops.values()) or campaign.title,
        "inside": counted.people,
        "own": dict(counted.venues).get(venue, 0) if venue else None,
        "venue": venue,
        "doors": shops if len(shops) > 1 else {},
        "blank": Typed(prefix="held-"),
    }
