"""A shop's own bid: built in sentences, looked at once more, and signed."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import service as businesses
from businesses.values import Business, Offer
from campaigns import queries as campaign_queries
from web.pages.edge import Act, Acting, Who, words
from web.pages.shop import bench as builder
from web.pages.shop.bench import Bench
from web.pages.shop.entering import entrance
from web.rendering import locale_of
from web.site import Site, SiteDep
from web.trips import choosing
from web.typed import Typed
from web.views import bid_form, bidding

router = APIRouter()


@router.get("/shop/{slug}/bid")
def show(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    if who.shop is None:
        return entrance(request)
    bench = _bench(request, here, who.shop, slug)
    values = bidding.shown(bench.held.offer, locale_of(request)) if bench.held else bid_form.first_values(bench.today)
    return builder.builder(request, bench, Typed.start("", **values))


@router.post("/shop/{slug}/bid")
def build(slug: str, request: Request, act: Act) -> Response:
    """One form, many buttons: more rows, a preview, a last look, and the signature."""
    bench = _bench(request, act.here, act.who.demand_shop(), slug)
    return _place(act, bench) if words(act.form, "do") == "place" else builder.build(act, bench)


@router.post("/shop/{slug}/bid/withdraw")
def withdraw(slug: str, act: Act) -> Response:
    """Take the bid back; after the award the runner-up succeeds."""
    shop = act.who.demand_shop()

    def work(session: Session) -> str:
        choosing.withdraw_bid(session, act.here.clock, shop, slug)
        return "/shop?done=withdrawn"

    return act.do(work)


def _bench(request: Request, here: Site, shop: Business, slug: str) -> Bench:
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        businesses.demand_part(session, campaign, shop)
        return builder.bench(session, request, here, campaign, shop)


def _place(act: Acting, bench: Bench) -> Response:
    def work(session: Session, offer: Offer) -> str:
        _, fresh = choosing.place_bid(session, act.here.clock, bench.shop, bench.campaign.slug, offer)
        return f"/shop?done={'placed' if fresh else 'raised'}"

    return builder.place(act, bench, work)
