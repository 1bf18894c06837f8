"""A bid on paper: its photo, the ordinary form beside it, and then it is a bid that waits for its signature."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses import service as businesses
from businesses.values import Offer
from campaigns.values import Campaign, Mode
from core import pictures
from core.errors import Invalid
from web.pages.edge import Act, Acting, Visitor, Who, sent_file, stored_photo, typed, words
from web.pages.organize.team import organizer_in
from web.pages.shop import bench as builder
from web.pages.shop.bench import Bench
from web.rendering import render
from web.site import Site, SiteDep
from web.trips import choosing
from web.typed import Typed
from web.views import bid_form

router = APIRouter()


@router.get("/organize/{slug}/paper")
def show(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    return _page(request, here, who, slug, Typed())


@router.post("/organize/{slug}/paper")
def begin(slug: str, request: Request, act: Act) -> Response:
    """Who signed, and the photo: it is kept first, so that nothing is lost by what is refused after."""
    with act.here.db.reading() as session:
        organizer_in(session, act.who, slug)
    try:
        photo = pictures.keep(act.here.files, sent_file(act.form, "photo"), "photo")
        return act.do(lambda session: _begun(session, act, slug, photo))
    except Invalid as wrong:
        return _page(request, act.here, act.who, slug, typed(act.form).refused(wrong))


def _begun(session: Session, act: Acting, slug: str, photo: str) -> str:
    person, invitation = act.who.demand_person(), words(act.form, "invitation")
    made, _ = businesses.begin_paper(session, act.here.clock, act.here.keys, person, slug, invitation, photo)
    return f"/organize/{slug}/paper/{made.id}"


@router.get("/organize/{slug}/paper/{paper_id}")
def fill(slug: str, paper_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    bench = _bench(request, here, who, slug, paper_id)
    return builder.builder(request, bench, Typed.start("", **bid_form.first_values(bench.today)))


@router.post("/organize/{slug}/paper/{paper_id}")
def build(slug: str, paper_id: str, request: Request, act: Act) -> Response:
    """The builder's buttons; the last one enters the bid."""
    bench = _bench(request, act.here, act.who, slug, paper_id)
    return _enter(act, bench) if words(act.form, "do") == "place" else builder.build(act, bench)


@router.get("/organize/{slug}/paper/{paper_id}/photo")
def photo(slug: str, paper_id: str, here: SiteDep, who: Who) -> Response:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        held = business_queries.paper(session, campaign.id, paper_id)
    return stored_photo(here, held.photo)


def _bench(request: Request, here: Site, who: Visitor, slug: str, paper_id: str) -> Bench:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        held = business_queries.paper(session, campaign.id, paper_id)
        shop = business_queries.business_by_id(session, held.business)
        return builder.bench(session, request, here, campaign, shop, paper=held)


def _enter(act: Acting, bench: Bench) -> Response:
    held, person = bench.paper, act.who.demand_person()
    assert held

    def work(session: Session, offer: Offer) -> str:
        choosing.place_paper(session, act.here.clock, person, bench.campaign.slug, held.id, offer)
        return f"/organize/{bench.campaign.slug}?done=entered"

    return builder.place(act, bench, work)


def _page(request: Request, here: Site, who: Visitor, slug: str, form: Typed) -> Response:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        choices = _who_may_sign(session, campaign)
    sealed = campaign.bidding is not None and campaign.bidding.mode == Mode.SEALED
    context: dict[str, Any] = {"campaign": campaign, "choices": choices, "sealed": sealed}
    return render(request, "organize/paper.html", status=422 if form.errors else 200, form=form, **context)


def _who_may_sign(session: Session, campaign: Campaign) -> list[tuple[str, str]]:
    """The invited businesses of which no bid stands."""
    bids = business_queries.bids_of_campaigns(session, [campaign.id])
    bidding = {bid.business for bid in bids if bid.stands}
    asked = business_queries.invitations(session, campaign.id)
    return [(i.id, i.business_name) for i in asked if i.business not in bidding]
