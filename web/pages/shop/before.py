"""The business before the day."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from campaigns import queries as campaigns
from web.pages.before import Rate, page
from web.pages.edge import Who
from web.pages.shop.entering import entrance
from web.site import SiteDep
from web.trips import inviting

router = APIRouter()


@router.get("/shop/{slug}/before")
def show(slug: str, request: Request, here: SiteDep, who: Who, rate: Rate = "") -> Response:
    """What to expect, as the organizers see it, too."""
    if who.shop is None:
        return entrance(request)
    with here.db.reading() as session:
        campaign = campaigns.by_slug(session, slug)
    inviting.demand_winner(campaign, who.shop)
    return page(request, here, campaign, f"/shop/{slug}", rate)
