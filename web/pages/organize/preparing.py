"""The organizers fill in what a business left to them, with the ordinary form of a bid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses import service as businesses
from businesses.preparing import Prepared
from businesses.values import Offer
from core import formats
from core.wire import plain
from web.pages.edge import Act, Acting, Visitor, Who, words
from web.pages.organize.team import organizer_in
from web.pages.shop import bench as builder
from web.pages.shop.bench import Bench
from web.rendering import locale_of
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import bid_form, bidding

router = APIRouter()


@router.get("/organize/{slug}/prepared/{prepared_id}")
def show(slug: str, prepared_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    bench = _bench(request, here, who, slug, prepared_id)
    assert bench.prepared
    return builder.builder(request, bench, Typed.start("", **_first(bench.prepared, bench.today, locale_of(request))))


@router.post("/organize/{slug}/prepared/{prepared_id}")
def build(slug: str, prepared_id: str, request: Request, act: Act) -> Response:
    """The builder's buttons; the last one sends it to the business."""
    act.who.demand_person()
    bench = _bench(request, act.here, act.who, slug, prepared_id)
    return _send(act, bench) if words(act.form, "do") == "place" else builder.build(act, bench)


def _bench(request: Request, here: Site, who: Visitor, slug: str, prepared_id: str) -> Bench:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        held = business_queries.prepared(session, campaign.id, prepared_id)
        shop = business_queries.business_by_id(session, held.business)
        return builder.bench(session, request, here, campaign, shop, prepared=held)


def _first(held: Prepared, today: date, locale: str) -> dict[str, str]:
    """What is known already: the offer as far as it was filled in, else the owner's one number and its purpose."""
    if held.offer:
        return bidding.shown(held.offer, locale)
    share = "" if held.share is None else formats.number(Decimal(plain(held.share)), locale)
    return bid_form.first_values(today) | {"commitments.0.share": share, "commitments.0.purpose": held.purpose}


def _send(act: Acting, bench: Bench) -> Response:
    held, person = bench.prepared, act.who.demand_person()
    assert held

    def work(session: Session, offer: Offer) -> str:
        businesses.prepare(session, act.here.clock, person, bench.campaign.slug, held.id, offer)
        return f"/organize/{bench.campaign.slug}?done=prepared"

    return builder.place(act, bench, work)
