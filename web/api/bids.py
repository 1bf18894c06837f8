"""Invitations, bids, and the choice among them."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS
from businesses import codec, queries
from businesses import service as businesses
from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns.values import Campaign, State
from core.errors import Conflict
from core.idempotency import Answer
from core.wire import Json
from web.api import bodies as b
from web.api import inputs, views
from web.api.campaigns import cached, public, view
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.rendering import locale_of
from web.site import CurrentPerson, CurrentShop, MaybePerson, MaybeShop, SiteDep
from web.trips import choosing

router = ApiRouter(tags=["bidding"])


@router.post("/campaigns/{slug}/invitations", status_code=201)
def invite(slug: str, body: b.InvitationBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Ask a business to bid; mailed too where there is an address."""

    def work(session: Session) -> Answer:
        made, token = businesses.invite(session, here.clock, here.keys, person, slug, body.business, body.email)
        return Answer(201, views.invitation(made, token, here.url(f"/invitations/claim?token={token}")))

    return post(body, work)


@router.get("/campaigns/{slug}/invitations")
def invitations(slug: str, person: CurrentPerson, here: SiteDep) -> Response:
    """For the organizers only: who was asked, and who has claimed."""
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        accounts.demand_role(session, campaign.team, person, ORGANIZERS)
        items = [views.invitation_listed(i) for i in queries.invitations(session, campaign.id)]
    return JSONResponse({"items": items, "next": None})


@router.post("/invitations/claim", status_code=201)
def claim(body: b.ClaimBody, here: SiteDep, shop: MaybeShop, post: Post) -> Response:
    """Take an invitation up: the business gets its own token, and the invitation is dead."""

    def work(session: Session) -> Answer:
        business, token = businesses.claim(
            session, here.clock, here.keys, body.token, body.name, body.contact, b.told(body.disclosure), shop
        )
        return Answer(201, {"token": token, "business": views.business(business)})

    return post(body, work)


@router.post("/campaigns/{slug}/bids", status_code=201, responses={200: {"description": "The bid was raised"}})
def place(slug: str, body: b.BidBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """Place a bid, or raise the one that stands. A bid is never lowered."""

    def work(session: Session) -> Answer:
        offer = inputs.offer(body, campaign_queries.by_slug(session, slug))
        bid, fresh = choosing.place_bid(session, here.clock, shop, slug, offer)
        history = queries.history(session, [bid.id])[bid.id]
        return Answer(201 if fresh else 200, views.bid(bid, shop, history))

    return post(body, work)


@router.delete("/campaigns/{slug}/bids", status_code=204)
def withdraw(slug: str, shop: CurrentShop, here: SiteDep) -> Response:
    """Take the bid back; after the award the runner-up succeeds."""
    with here.db.writing() as session:
        choosing.withdraw_bid(session, here.clock, shop, slug)
    return Response(status_code=204)


@router.get("/campaigns/{slug}/bids")
def list_bids(slug: str, request: Request, here: SiteDep, person: MaybePerson, shop: MaybeShop) -> Response:
    """Open: all bids with their history. Sealed: the count until closing; a shop sees its own."""
    with here.db.reading() as session:
        campaign = public(session, slug, person)
        items = [] if campaign.state == State.DRAFT else bids(session, campaign, shop, here.clock.now(session))
        count = queries.count_bids(session, campaign.id)
    return cached(request, {"items": items, "count": count, "sealed": queries.are_sealed(campaign), "next": None})


def bids(session: Session, campaign: Campaign, shop: Business | None, now: datetime) -> list[Json]:
    """The bids the asker may see, each with every offer it was, and how its business kept its word so far."""
    seen = queries.visible_bids(session, campaign, shop)
    shops = queries.businesses(session, [bid.business for bid in seen])
    told = queries.history(session, [bid.id for bid in seen])
    words = queries.words_of_each(session, shops, now)
    return [views.bid(bid, shops.get(bid.business), told[bid.id], words.get(bid.business)) for bid in seen]


@router.get("/campaigns/{slug}/ranking")
def ranking(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """After closing: the order and every step of the rule that gave it."""
    with here.db.reading() as session:
        campaign = public(session, slug, person)
        if campaign.state in {State.DRAFT, State.BIDDING}:
            raise Conflict("The campaign is {state}: the ranking comes after closing", state=campaign.state)
        jury = businesses.public_jury(session, campaign)
        return cached(request, views.ranking(businesses.shown_ranking(session, campaign), jury))


@router.post("/campaigns/{slug}/scores", status_code=201)
def score(slug: str, body: b.ScoreBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """A juror's score, 0 to 10, with a comment, and with the juror's ties where they are not declared yet."""

    def work(session: Session) -> Answer:
        given = codec.decimal(body.score, "score")
        if body.ties:
            businesses.declare_ties(session, here.clock, person, slug, body.ties)
        businesses.score(session, here.clock, person, slug, body.bid, body.criterion, given, body.comment)
        return Answer(201, {"bid": body.bid, "criterion": body.criterion, "score": str(given)})

    return post(body, work)


@router.post("/campaigns/{slug}/votes", status_code=202)
def vote(slug: str, body: b.VoteBody, person: MaybePerson, here: SiteDep, post: Post) -> Response:
    """Approve a bid; it counts when the address is confirmed."""

    def work(session: Session) -> Answer:
        businesses.vote(session, here.clock, here.keys, slug, body.bid, body.email, person)
        return Answer(202, {"bid": body.bid, "state": "confirmed" if person else "unconfirmed"})

    return post(body, work, most=30)


@router.post("/votes/{vote_id}/confirm")
def confirm_vote(vote_id: str, body: b.TokenBody, here: SiteDep, post: Post) -> Response:
    """Count a vote by the token that was mailed."""

    def work(session: Session) -> Answer:
        businesses.confirm_vote(session, here.clock, here.keys, vote_id, body.token)
        return Answer(200, {"id": vote_id, "state": "confirmed"})

    return post(body, work)


@router.post("/campaigns/{slug}/award")
def award(slug: str, body: b.AwardBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """The organizer's choice, where the rule leaves it to them."""

    def work(session: Session) -> Answer:
        return Answer(200, view(session, choosing.award(session, here.clock, person, slug, body.bids, body.reason)))

    return post(body, work)


@router.post("/campaigns/{slug}/asks", status_code=202)
def ask(slug: str, body: b.AskBody, request: Request, here: SiteDep, post: Post) -> Response:
    """I would come and spend: before there is an award. It counts when the address is confirmed."""

    def work(session: Session) -> Answer:
        campaign = public(session, slug)
        amount = inputs.money(body.amount, campaign.currency)
        businesses.ask(session, here.clock, slug, amount, body.email, body.wish, locale_of(request))
        return Answer(202, {"state": "unconfirmed" if body.email else "noted"})

    return post(body, work, most=60)


@router.post("/asks/{ask_id}/confirm")
def confirm_ask(ask_id: str, body: b.TokenBody, here: SiteDep, post: Post) -> Response:
    """Count an ask, or renew one that has expired, by the token that was mailed."""

    def work(session: Session) -> Answer:
        businesses.confirm_ask(session, here.clock, here.keys, ask_id, body.token)
        return Answer(200, {"id": ask_id, "state": "confirmed"})

    return post(body, work)
