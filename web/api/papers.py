"""Bids on paper: the photo of a signed sheet, what it says, and the business's countersignature."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS
from businesses import queries
from businesses import service as businesses
from campaigns import queries as campaign_queries
from core import pictures
from core.errors import NotSignedIn
from core.idempotency import Answer
from web.api import bodies as b
from web.api import inputs, views
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.pages.edge import stored_photo
from web.site import CurrentPerson, CurrentShop, MaybePerson, MaybeShop, SiteDep
from web.trips import choosing

router = ApiRouter(tags=["bids on paper"])
Invitation = Annotated[str, Query(max_length=32)]
PHOTO = {"requestBody": {"required": True, "content": {kind: {} for kind in ("image/jpeg", "image/png")}}}


class PhotoBody(b.Body):
    """The stored photo's name: what makes two requests the same."""

    photo: str


async def body_of(request: Request) -> bytes:
    """The request's body is the photo itself."""
    return await request.body()


Photo = Annotated[bytes, Depends(body_of)]


@router.post("/campaigns/{slug}/paper-bids", status_code=201, openapi_extra=PHOTO)
def begin(
    slug: str, person: CurrentPerson, here: SiteDep, sent: Photo, post: Post, invitation: Invitation = ""
) -> Response:
    """The photo of a signed sheet, as the body, and the ``invitation`` of the business that signed it (organizers)."""
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    name = pictures.keep(here.files, sent, "photo")

    def work(session: Session) -> Answer:
        made, shop = businesses.begin_paper(session, here.clock, here.keys, person, slug, invitation, name)
        return Answer(201, {"id": made.id, "business": views.business(shop)})

    return post(PhotoBody(photo=name), work)


@router.put("/campaigns/{slug}/paper-bids/{paper_id}")
def enter(slug: str, paper_id: str, body: b.BidBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Enter what the sheet says: it is a bid, ``entered`` "paper" (organizers)."""

    def work(session: Session) -> Answer:
        offer = inputs.offer(body, campaign_queries.by_slug(session, slug))
        bid = choosing.place_paper(session, here.clock, person, slug, paper_id, offer)
        return Answer(200, views.bid(bid, queries.business_by_id(session, bid.business)))

    return post(body, work)


@router.get("/campaigns/{slug}/paper-bids/{paper_id}/photo", response_class=Response)
def photo(slug: str, paper_id: str, here: SiteDep, person: MaybePerson, shop: MaybeShop) -> Response:
    """The photo (organizers, and the business itself)."""
    if person is None and shop is None:
        raise NotSignedIn("Ask as the business or as an organizer")
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        held = queries.paper(session, campaign.id, paper_id)
        if shop is None or shop.id != held.business:
            accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    return stored_photo(here, held.photo)


@router.post("/campaigns/{slug}/bids/countersign")
def countersign(slug: str, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """Say yes to what was entered from paper (business)."""

    def work(session: Session) -> Answer:
        return Answer(200, views.bid(choosing.countersign(session, here.clock, shop, slug), shop))

    return post(None, work)
