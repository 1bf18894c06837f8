"""Photos of the day and the contact for the press."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import DOOR, Person
from campaigns import queries as campaigns
from campaigns.press import queries, service
from campaigns.press.values import Photo, Picture
from core import pictures
from core.errors import NotFound, require
from core.idempotency import Answer
from core.wire import Json, encode
from web.api import bodies as b
from web.api.campaigns import cached
from web.api.posting import Post
from web.api.proofs import PHOTO, ProofBody, Sent
from web.api.routing import ApiRouter
from web.pages.edge import OWN
from web.site import CurrentPerson, MaybePerson, Site, SiteDep

router = ApiRouter(tags=["mob day"])


class PhotoBody(b.Body):
    """``photo`` is what the picture was answered with; ``asked``: whether the people in it were, and said yes."""

    photo: b.Short
    shows: b.Short
    credit: b.Short = ""
    asked: bool = False


class ContactBody(b.Body):
    name: b.Short = ""
    reach: b.Short = ""


@router.get("/campaigns/{slug}/photos")
def listed(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """The approved photos, oldest first, and whom the press may ask; for the team also those that wait."""
    with here.db.reading() as session:
        campaign = campaigns.by_slug(session, slug)
        team = bool(accounts.roles(session, campaign.team, person).intersection(DOOR))
        if not (campaign.is_public or team):
            raise NotFound("There is no such campaign")
        photos = queries.photos(session, campaign.id) if team else queries.approved(session, campaign.id)
        named = queries.contact(session, campaign.id)
    contact = {"name": named.name, "reach": named.reach} if named else None
    items = [_view(photo, slug, here) for photo in photos]
    return cached(request, {"items": items, "contact": contact, "next": None})


@router.post("/campaigns/{slug}/photo-files", status_code=201, openapi_extra=PHOTO)
def send(slug: str, person: CurrentPerson, here: SiteDep, sent: Sent, post: Post) -> Response:
    """The picture, as the body: answered with what ``POST photos`` takes it by (organizers and crew)."""
    _demand_team(here, person, slug)
    name = pictures.keep(here.files, sent, "photo", own=True)
    return post(ProofBody(content=name), lambda _: Answer(201, {"photo": f"{name}:{here.keys.token(OWN, name)}"}))


@router.post("/campaigns/{slug}/photos", status_code=201)
def add(slug: str, body: PhotoBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Add it: nobody but the team sees it before somebody approves it (organizers and crew)."""

    _demand_team(here, person, slug)
    picture, words = _picture(here, body.photo), (body.shows, body.credit)

    def work(session: Session) -> Answer:
        made = service.add_photo(session, here.clock, person, slug, picture, *words, asked=body.asked)
        return Answer(201, _view(made, slug, here))

    return post(body, work)


def _demand_team(here: Site, person: Person, slug: str) -> None:
    with here.db.reading() as session:
        accounts.demand_role(session, campaigns.by_slug(session, slug).team, person, DOOR)


def _picture(here: Site, sent: str) -> Picture:
    name, _, token = sent.partition(":")
    require(here.keys.fits(OWN, name, token), "photo", "send the photo first")
    return Picture(name, *pictures.size(here.files.get(name)))


@router.post("/campaigns/{slug}/photos/{photo_id}/approve")
def approve(slug: str, photo_id: str, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Show it to everybody (organizers and crew)."""

    def work(session: Session) -> Answer:
        return Answer(200, _view(service.approve_photo(session, here.clock, person, slug, photo_id), slug, here))

    return post(None, work)


@router.delete("/campaigns/{slug}/photos/{photo_id}", status_code=204)
def remove(slug: str, photo_id: str, person: CurrentPerson, here: SiteDep) -> Response:
    """Take it away and delete its file (organizers and crew)."""
    with here.db.writing() as session:
        gone = service.remove_photo(session, here.clock, person, slug, photo_id)
    here.files.remove(gone)  # after the row: what a crash leaves behind is named by nothing
    return Response(status_code=204)


@router.put("/campaigns/{slug}/press-contact")
def name_contact(slug: str, body: ContactBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Whom the press may ask, in public; both left empty: nobody any more (organizers)."""

    def work(session: Session) -> Answer:
        service.name_contact(session, here.clock, person, slug, body.name, body.reach)
        return Answer(200, {"name": body.name.strip(), "reach": body.reach.strip()})

    return post(body, work)


def _view(photo: Photo, slug: str, here: Site) -> Json:
    told: dict[str, Any] = {"id": photo.id, "shows": photo.shows, "credit": photo.credit, "approved": photo.is_public}
    size = {"width": photo.picture.width, "height": photo.picture.height}
    return {**told, **size, "at": encode(photo.at), "url": here.url(f"/campaigns/{slug}/photos/{photo.id}")}
