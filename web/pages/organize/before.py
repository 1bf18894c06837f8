"""The organizers before the day."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.pages.before import Rate, page
from web.pages.edge import Who
from web.pages.organize.team import organizer_in
from web.site import SiteDep

router = APIRouter()


@router.get("/organize/{slug}/before")
def show(slug: str, request: Request, here: SiteDep, who: Who, rate: Rate = "") -> Response:
    """What to expect, as the business sees it, too."""
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
    return page(request, here, campaign, f"/organize/{slug}", rate)
