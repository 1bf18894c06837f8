"""A shop that was not chosen may let its offer stand, and take it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses import service as businesses
from businesses.values import Business
from campaigns import queries as campaign_queries
from core.errors import Invalid, NotFound
from web.pages.edge import Act, Acting, Who, typed, words
from web.pages.shop.entering import entrance
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views.fields import Fields
from web.views.promises import Reader, promised

router = APIRouter()
PROPOSED = timedelta(days=180)


@router.get("/shop/{slug}/standing")
def show(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    if who.shop is None:
        return entrance(request)
    return _page(request, here, who.shop, slug)


@router.post("/shop/{slug}/standing")
def change(slug: str, request: Request, act: Act) -> Response:
    shop = act.who.demand_shop()

    def work(session: Session) -> str:
        if words(act.form, "do") == "stop":
            businesses.stop_standing(session, act.here.clock, shop, slug)
            return "/shop?done=ended"
        return _let_stand(session, act, shop, slug)

    try:
        return act.do(work)
    except Invalid as wrong:
        return _page(request, act.here, shop, slug, typed(act.form).refused(wrong))


def _let_stand(session: Session, act: Acting, shop: Business, slug: str) -> str:
    fields = Fields({"until": words(act.form, "until")}, locale_of(act.request))
    until = fields.day("until")
    fields.require(until or fields.has("until"), "until", "please fill this in")
    fields.check()
    assert until
    businesses.let_stand(session, act.here.clock, shop, slug, until)
    return "/shop?done=stands"


def _page(request: Request, here: Site, shop: Business, slug: str, form: Typed | None = None) -> Response:
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        bid = business_queries.bids_of(session, shop.id).get(campaign.id)
        today = businesses.today(campaign, here.clock.now(session))
        own = business_queries.standing_of(session, shop.id, today)
    if bid is None:
        raise NotFound("There is no bid of this business")
    held = next((standing for standing in own if standing.campaign == campaign.id), None)
    reader = Reader(locale_of(request), campaign.language, campaign.timezone)
    context: dict[str, Any] = {"campaign": campaign, "held": held, "slips": promised(bid.offer.commitments, reader)}
    first = held.until if held else today + PROPOSED
    return render(
        request,
        "shop/standing.html",
        status=422 if form else 200,
        form=form or Typed.start("", until=first.isoformat()),
        **context,
    )
