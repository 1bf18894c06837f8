"""Bids that the organizers write down for a business: its one number, their offer, its approval."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi.responses import JSONResponse, Response
from pydantic import Field
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS
from businesses import codec, queries
from businesses import service as businesses
from businesses.preparing import Prepared, Reply
from campaigns import queries as campaign_queries
from core.errors import NotSignedIn
from core.idempotency import Answer
from core.wire import Json, encode
from web.api import bodies as b
from web.api import inputs, views
from web.api.campaigns import view
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentPerson, CurrentShop, MaybePerson, MaybeShop, SiteDep
from web.trips import choosing, standing

router = ApiRouter(tags=["prepared bids"])


class NumberBody(b.Body):
    """The owner's one number, and what it is for."""

    share: b.Number
    purpose: b.Text = ""


class ReplyBody(b.Body):
    """What the business says to the version that it looked at."""

    answer: Literal["approve", "return", "decline"]
    version: Annotated[int, Field(ge=0)] = 0
    words: b.Text = ""


class UntilBody(b.Body):
    """Through which day an offer stands."""

    until: date


class OfferBody(b.Body):
    """The bid of an offer that stands."""

    bid: b.Short


@router.post("/campaigns/{slug}/prepared-bids", status_code=201)
def ask(slug: str, body: NumberBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """One number; the organizers fill in the rest (business)."""

    def work(session: Session) -> Answer:
        share = codec.decimal(body.share, "share")
        made = businesses.ask_to_prepare(session, here.clock, shop, slug, share, body.purpose)
        return Answer(201, views.prepared(made, shop))

    return post(body, work)


@router.get("/campaigns/{slug}/prepared-bids")
def listed(slug: str, here: SiteDep, person: MaybePerson, shop: MaybeShop) -> Response:
    """All of the campaign's (organizers), or the business's own."""
    if person is None and shop is None:
        raise NotSignedIn("Ask as the business or as an organizer")
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        held = queries.prepared_in(session, campaign.id)
        if shop is not None:
            businesses.demand_part(session, campaign, shop)
            held = [each for each in held if each.business == shop.id]
        else:
            accounts.demand_role(session, campaign.team, person, ORGANIZERS)
        items = _told(session, held)
    return JSONResponse({"items": items, "next": None}, headers={"Cache-Control": "no-store"})


def _told(session: Session, held: list[Prepared]) -> list[Json]:
    shops = queries.businesses(session, [each.business for each in held])
    return [views.prepared(each, shops.get(each.business)) for each in held]


@router.put("/campaigns/{slug}/prepared-bids/{prepared_id}")
def fill(slug: str, prepared_id: str, body: b.BidBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Fill in the rest; the business is asked to approve it (organizers)."""

    def work(session: Session) -> Answer:
        offer = inputs.offer(body, campaign_queries.by_slug(session, slug))
        made = businesses.prepare(session, here.clock, person, slug, prepared_id, offer)
        return Answer(200, *_told(session, [made]))

    return post(body, work)


@router.post("/campaigns/{slug}/standing-offer")
def let_stand(slug: str, body: UntilBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """A bid that was not chosen stands through a day (business)."""

    def work(session: Session) -> Answer:
        made = businesses.let_stand(session, here.clock, shop, slug, body.until)
        return Answer(200, {"bid": made.bid, "until": encode(made.until)})

    return post(body, work)


@router.delete("/campaigns/{slug}/standing-offer", status_code=204)
def stop(slug: str, shop: CurrentShop, here: SiteDep) -> Response:
    """Take the offer back (business)."""
    with here.db.writing() as session:
        businesses.stop_standing(session, here.clock, shop, slug)
    return Response(status_code=204)


@router.post("/campaigns/{slug}/next", status_code=201)
def begin_next(slug: str, body: OfferBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Begin the next campaign with an offer that stands; answers the draft (organizers)."""

    def work(session: Session) -> Answer:
        return Answer(201, view(session, standing.begin_next(session, here.clock, person, slug, body.bid)))

    return post(body, work)


@router.post("/campaigns/{slug}/prepared-bids/reply")
def reply(slug: str, body: ReplyBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """Approve it, and it is a bid from then on; send it back with a word; or want none (business)."""

    def work(session: Session) -> Answer:
        given = (shop, slug, Reply(body.answer), body.version, body.words)
        made, bid = choosing.reply_to_prepared(session, here.clock, *given)
        return Answer(200, {**views.prepared(made, shop), "bid": views.bid(bid, shop) if bid else None})

    return post(body, work)
