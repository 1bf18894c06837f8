"""Campaigns, their teams, and the steps of their lives."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role
from businesses import queries as business_queries
from businesses.values import Business
from campaigns import gaps, queries
from campaigns import service as campaigns
from campaigns.values import Campaign, State
from core.errors import NotFound, require
from core.idempotency import Answer
from core.wire import Json, encode
from pledges import queries as pledge_queries
from web.api import bodies as b
from web.api import inputs, views
from web.api.posting import Post, demand_revision
from web.api.routing import ApiRouter
from web.site import CurrentPerson, MaybePerson, MaybeShop, Site, SiteDep
from web.trips import inviting, moving

router = ApiRouter(tags=["campaigns"])


def view(session: Session, campaign: Campaign) -> Json:
    """One campaign as the public sees it."""
    return view_all(session, [campaign])[0]


def view_all(session: Session, held: list[Campaign]) -> list[Json]:
    """Several campaigns: one query for each package asked, whatever their number."""
    shops = business_queries.businesses(session, [w.business for c in held for w in c.winners])
    sums = pledge_queries.sums_of(session, {c.id: c.currency for c in held if c.currency})
    asks = business_queries.asks(session, held)
    return [views.campaign(c, shops, sums.get(c.id), asks.get(c.id)) for c in held]


def public(session: Session, slug: str, person: Person | None = None) -> Campaign:
    """Read one that the asker may know of: a draft exists for its team only. Raises NotFound."""
    campaign = queries.by_slug(session, slug)
    campaigns.demand_public(campaign, frozenset(accounts.roles(session, campaign.team, person)))
    return campaign


def cached(request: Request, body: Json) -> Response:
    """A public read with its ETag; 304 where the asker has it already."""
    answer = JSONResponse(body)
    etag = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    answer.headers["ETag"] = etag
    return answer


@router.post("/campaigns", status_code=201)
def create(body: b.CampaignBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Draft a campaign: with ``bidding``, or with the one ``business`` already known."""
    require(not (body.bidding and body.business), "business", "either bidding, or one named business")
    fields = inputs.campaign_fields(body)

    def work(session: Session) -> Answer:
        return Answer(201, view(session, campaigns.create(session, here.clock, person, fields)))

    return post(body, work)


@router.get("/campaigns")
def list_(
    request: Request,
    here: SiteDep,
    state: Annotated[State | None, Query()] = None,
    near: Annotated[str, Query(max_length=100)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[str, Query(max_length=32)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Public campaigns, newest first."""
    with here.db.reading() as session:
        found = queries.listed(session, q=q, near=near, states=[state] if state else [], after=after, limit=limit + 1)
        items = view_all(session, found[:limit])
    filters = {"state": state or "", "near": near, "q": q, "limit": limit}
    more = (
        request.url_for("list_").include_query_params(**filters, after=found[limit - 1].id)
        if len(found) > limit
        else None
    )
    return cached(request, {"items": items, "next": f"{more.path}?{more.query}" if more else None})


@router.get("/campaigns/{slug}")
def read(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """One campaign: state, deadlines, totals, award, disclosures."""
    with here.db.reading() as session:
        return cached(request, view(session, public(session, slug, person)))


@router.patch("/campaigns/{slug}")
def edit(
    slug: str, body: b.CampaignChanges, request: Request, person: CurrentPerson, here: SiteDep, post: Post
) -> Response:
    """Change what is still open to change. A material change asks pledgers to agree again, and says how many."""

    def work(session: Session) -> Answer:
        held = queries.by_slug(session, slug)
        demand_revision(request, held.revision)
        fields = inputs.campaign_fields(body, held)
        named = fields.pop("business") if held.state == State.CHOOSING and fields.get("business") else None
        if named is not None:
            inviting.name_business(session, here, person, slug, named)
        campaign, material = moving.edit(session, here.clock, person, slug, fields)
        asked = pledge_queries.asked_again(session, campaign.id, campaign.terms_version) if material else 0
        return Answer(200, {**view(session, campaign), "material": material, "asked_again": asked})

    return post(body, work)


@router.post("/campaigns/{slug}/team", status_code=201)
def add_member(slug: str, body: b.TeamBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Add a co-organizer, crew, a monitor (with who pays) or a juror."""

    def work(session: Session) -> Answer:
        member = inviting.add_member(
            session, here.clock, person, slug, body.email, Role(body.role), body.paid_by, b.told(body.disclosure)
        )
        shown = {"id": member.id, "role": member.role.value, "paid_by": member.paid_by, "disclosure": member.disclosure}
        return Answer(201, shown)

    return post(body, work)


@router.post("/campaigns/{slug}/open")
def open_(slug: str, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Go public. 422 names every gap of the checklist."""

    def work(session: Session) -> Answer:
        return Answer(200, view(session, inviting.open_(session, here, person, slug)))

    return post(None, work)


@router.post("/campaigns/{slug}/cancel")
def cancel(slug: str, body: b.ReasonBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """End it before the final tally, with a public reason."""

    def work(session: Session) -> Answer:
        return Answer(200, view(session, campaigns.cancel(session, here.clock, person, slug, body.reason)))

    return post(body, work)


@router.post("/campaigns/{slug}/proceed")
def proceed(slug: str, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post) -> Response:
    """After a miss: one side wants the day all the same. With both it happens."""

    def work(session: Session) -> Answer:
        return Answer(200, view(session, _proceed(session, here, slug, person, shop)))

    return post(None, work)


def _proceed(session: Session, here: Site, slug: str, person: Person | None, shop: Business | None) -> Campaign:
    if shop is not None:
        inviting.demand_winner(queries.by_slug(session, slug), shop)
        return campaigns.proceed(session, here.clock, slug, "business", None)
    return campaigns.proceed(session, here.clock, slug, "organizer", person)


@router.post("/campaigns/{slug}/postpone")
def postpone(slug: str, body: b.PostponeBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Move the day, even on the day itself. Codes stay valid."""
    moved = inputs.windows(body.windows)

    def work(session: Session) -> Answer:
        return Answer(200, view(session, moving.postpone(session, here.clock, person, slug, moved, body.reason)))

    return post(body, work)


@router.post("/campaigns/{slug}/extend")
def extend(slug: str, body: b.ExtendBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """No valid bid at closing: a new closing date, once."""
    closes_at = inputs.instant(body.closes_at, "closes_at")

    def work(session: Session) -> Answer:
        return Answer(200, view(session, campaigns.extend_bidding(session, here.clock, person, slug, closes_at)))

    return post(body, work)


@router.get("/campaigns/{slug}/checklist")
def checklist(slug: str, person: CurrentPerson, here: SiteDep) -> Response:
    """What a draft still lacks, for its organizers."""
    with here.db.reading() as session:
        campaign = queries.by_slug(session, slug)
        if not accounts.roles(session, campaign.team, person).intersection(ORGANIZERS):
            raise NotFound("There is no such campaign")
        lines = gaps.checklist(campaign, here.clock.now(session))
    return JSONResponse({"items": encode(lines), "next": None})
