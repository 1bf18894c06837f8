"""A business looks at what was entered from its signed sheet, and countersigns it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses import service as businesses
from businesses.values import PAPER
from campaigns import queries as campaign_queries
from core.errors import NotFound
from web.pages.edge import Act, Who, stored_photo
from web.pages.shop import bench as builder
from web.pages.shop.entering import entrance
from web.rendering import render
from web.site import SiteDep
from web.trips import choosing

router = APIRouter()


@router.get("/shop/{slug}/countersign")
def show(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    if who.shop is None:
        return entrance(request)
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        businesses.demand_part(session, campaign, who.shop)
        bench = builder.bench(session, request, here, campaign, who.shop)
    if bench.held is None or bench.held.offer.entered != PAPER:
        raise NotFound("No bid of this business was entered from paper")
    offer = bench.held.offer
    context = builder.look(request, bench, offer, offer.commitments)
    return render(request, "shop/countersign.html", bench=bench, bid=bench.held, **context)


@router.post("/shop/{slug}/countersign")
def sign(slug: str, act: Act) -> Response:
    shop = act.who.demand_shop()

    def work(session: Session) -> str:
        choosing.countersign(session, act.here.clock, shop, slug)
        return "/shop?done=signed"

    return act.do(work)


@router.get("/shop/{slug}/paper/photo")
def photo(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    if who.shop is None:
        return entrance(request)
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        held = business_queries.papers(session, campaign.id).get(who.shop.id)
    if held is None:
        raise NotFound("There is no such sheet")
    return stored_photo(here, held.photo)
