"""The agreement on a winning bid: its text, who accepted it, and the versions by which it changes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from businesses import queries
from businesses import service as businesses
from businesses.service.choosing import Side
from businesses.values import Agreement, Business
from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from core.clock import Clock
from core.errors import NotFound, NotSignedIn
from core.idempotency import Answer
from core.wire import Json
from web.api import bodies as b
from web.api import inputs, views
from web.api.campaigns import cached, public
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import MaybePerson, MaybeShop, SiteDep
from web.trips import changing

router = ApiRouter(tags=["bidding"])
Bid = Annotated[str, Query(max_length=32)]


class ChangeBody(b.Body):
    commitments: Annotated[list[b.CommitmentBody], Field(min_length=1, max_length=20)]
    reason: b.Text
    name: b.Short


class AnswerChangeBody(b.Body):
    accept: bool
    name: b.Short = ""


@router.get("/campaigns/{slug}/agreement")
def agreement(slug: str, request: Request, here: SiteDep, person: MaybePerson, bid: Bid = "") -> Response:
    """The agreement in force on a winning bid, and its versions; ``?bid=`` with several winners."""
    with here.db.reading() as session:
        held = _held(session, public(session, slug, person), bid)
        known = queries.identities(session, queries.bid(session, held.bid).business)
        told = {"versions": _versions(session, here.clock, held.bid), "identified": [views.identity(k) for k in known]}
        return cached(request, {**views.agreement(held), **told})


def _held(session: Session, campaign: Campaign, bid: str) -> Agreement:
    """The agreement of this bid, or of the one winner. Raises NotFound before there is an award."""
    wanted = bid or next((w.bid for w in campaign.winners), "")
    found = queries.agreement(session, wanted) if wanted else None
    if found is None or wanted not in {w.bid for w in campaign.winners}:
        raise NotFound("There is no agreement yet: a bid has to be chosen first")
    return found


def _versions(session: Session, clock: Clock, bid: str) -> list[Json]:
    held, now = queries.versions(session, bid), clock.now(session)
    by_number = {version.number: version for version in held}
    return [views.version(version, by_number.get(version.replaces), now) for version in held]


def _version(session: Session, clock: Clock, bid: str, number: int) -> Json:
    return next(told for told in _versions(session, clock, bid) if told["number"] == number)


@router.post("/campaigns/{slug}/agreement")
def accept(
    slug: str, body: b.AcceptBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post, bid: Bid = ""
) -> Response:
    """Accept for one side: as an organizer, or as the business that won."""

    def work(session: Session) -> Answer:
        side = Side(person=person, business=shop)
        wanted = _wanted(session, slug, bid, side)
        made, campaign = businesses.accept_agreement(session, here.clock, slug, wanted, side, body.name)
        return Answer(200, {**views.agreement(made), "state": campaign.state.value})

    return post(body, work)


@router.post("/campaigns/{slug}/agreement/changes", status_code=201)
def propose(
    slug: str, body: ChangeBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post, bid: Bid = ""
) -> Response:
    """Propose a new version: the whole new list of promises, why, and in whose name. The old one stands meanwhile."""

    def work(session: Session) -> Answer:
        side = Side(person=person, business=shop)
        wanted = _wanted(session, slug, bid, side)
        new = inputs.commitments(body.commitments, campaign_queries.by_slug(session, slug))
        told = {"reason": body.reason, "name": body.name}
        made = changing.propose(session, here.clock, slug, wanted, side, new, **told)
        return Answer(201, _version(session, here.clock, wanted, made.number))

    return post(body, work)


@router.post("/campaigns/{slug}/agreement/changes/{number}")
def answer(
    slug: str, number: int, body: AnswerChangeBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post,
    bid: Bid = "",
) -> Response:  # fmt: skip
    """The other side accepts in its name, or declines; the side that proposed takes it back by declining."""

    def work(session: Session) -> Answer:
        side = Side(person=person, business=shop)
        wanted = _wanted(session, slug, bid, side)
        name = body.name if body.accept else None
        _, campaign = changing.answer(session, here.clock, slug, wanted, number, side, name)
        told = _version(session, here.clock, wanted, number)
        return Answer(200, {**told, "terms_version": campaign.terms_version})

    return post(body, work)


def _wanted(session: Session, slug: str, bid: str, side: Side) -> str:
    """The bid that is meant: as sent, else the shop's own, else the one winner's. Raises NotSignedIn for nobody."""
    if side.person is None and side.business is None:
        raise NotSignedIn("Accept as an organizer or as the business")
    campaign = campaign_queries.by_slug(session, slug)
    return bid or _own(campaign, side.business) or _held(session, campaign, "").bid


def _own(campaign: Campaign, shop: Business | None) -> str:
    return next((w.bid for w in campaign.winners if shop and w.business == shop.id), "")
