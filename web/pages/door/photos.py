"""Photos of the day, for organizers and crew: added once the people in them were asked, approved, taken away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS
from campaigns.press import queries, service
from campaigns.press.values import Picture
from core import pictures
from core.errors import Invalid
from core.i18n import N_, translator
from web.pages.door.checking import door
from web.pages.edge import Act, Acting, Visitor, Who, kept_photo, typed, words
from web.pages.photos import drawn
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views.photos import small

router = APIRouter()
NOTICES = {
    "added": N_("The photo is in. Nobody else sees it before somebody approves it below."),
    "approved": N_("Everybody sees it now, on the result page and on the press page."),
    "gone": N_("It is taken away, and its file is deleted."),
    "contact": N_("The press page says so now."),
}


@router.get("/door/{slug}/photos")
def show(
    slug: str, request: Request, here: SiteDep, who: Who, done: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    return _page(request, here, who, slug, notice=NOTICES.get(done, ""))


@router.post("/door/{slug}/photos")
def add(slug: str, request: Request, act: Act) -> Response:
    """The photo is kept first, so that it is not lost by what is refused after."""
    act.demand_token()
    with act.here.db.reading() as session:
        door(session, act.who, slug)
    form = typed(act.form)
    try:
        photo = kept_photo(act, "photo", own=True)
        form = form.with_value("kept", photo)
        name = photo.partition(":")[0]
        picture = Picture(name, *pictures.size(act.here.files.get(name)))
        return act.do(lambda session: _add(session, act, slug, picture))
    except Invalid as wrong:
        return _page(request, act.here, act.who, slug, photo=form.refused(wrong))


def _add(session: Session, act: Acting, slug: str, picture: Picture) -> str:
    person, asked = act.who.demand_person(), bool(words(act.form, "asked"))
    shows, credit = words(act.form, "shows"), words(act.form, "credit")
    service.add_photo(session, act.here.clock, person, slug, picture, shows, credit, asked=asked)
    return f"/door/{slug}/photos?done=added"


@router.post("/door/{slug}/photos/{photo_id}/approve")
def approve(slug: str, photo_id: str, act: Act) -> Response:
    person = act.who.demand_person()

    def work(session: Session) -> str:
        service.approve_photo(session, act.here.clock, person, slug, photo_id)
        return f"/door/{slug}/photos?done=approved"

    return act.do(work)


@router.post("/door/{slug}/photos/{photo_id}/remove")
def remove(slug: str, photo_id: str, act: Act) -> Response:
    """Its file is deleted once nothing names it any more; what a crash leaves behind is swept out a day later."""
    person, gone = act.who.demand_person(), list[str]()

    def work(session: Session) -> str:
        gone.append(service.remove_photo(session, act.here.clock, person, slug, photo_id))
        return f"/door/{slug}/photos?done=gone"

    answer = act.do(work)
    for name in gone:
        act.here.files.remove(name)
    return answer


@router.get("/door/{slug}/photos/{photo_id}")
def look(slug: str, photo_id: str, here: SiteDep, who: Who) -> Response:
    """A small one for the team, approved or not."""
    with here.db.reading() as session:
        held = queries.photo(session, door(session, who, slug).id, photo_id)
    return Response(
        drawn(here, held.picture.name, "jpg"), media_type="image/jpeg", headers={"Cache-Control": "no-store"}
    )


@router.post("/organize/{slug}/press-contact")
def contact(slug: str, request: Request, act: Act) -> Response:
    """Whom the press may ask."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        service.name_contact(session, act.here.clock, person, slug, *(words(act.form, n) for n in ("name", "reach")))
        return f"/door/{slug}/photos?done=contact"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _page(request, act.here, act.who, slug, contact=typed(act.form, "press").refused(wrong))


def _page(
    request: Request,
    here: Site,
    who: Visitor,
    slug: str,
    *,
    photo: Typed | None = None,
    contact: Typed | None = None,
    notice: str = "",
) -> Response:
    with here.db.reading() as session:
        campaign = door(session, who, slug)
        photos = queries.photos(session, campaign.id)
        organizes = bool(accounts.roles(session, campaign.team, who.person).intersection(ORGANIZERS))
        named = queries.contact(session, campaign.id) if organizes else None
    held = {"name": named.name, "reach": named.reach} if named else {}
    return render(
        request,
        "door/photos.html",
        status=422 if photo or contact else 200,
        notice=translator(locale_of(request)).gettext(notice) if notice else None,
        campaign=campaign,
        waiting=[(each, small(each.picture)) for each in photos if not each.is_public],
        public=[(each, small(each.picture)) for each in photos if each.is_public],
        organizes=organizes,
        form=photo or Typed(),
        contact=contact or Typed.start("press", **held),
    )
