"""The business's side of the shared checklist."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.pages.edge import Act, Who
from web.pages.shop.entering import entrance
from web.pages.tasks import Again, act_on, page
from web.site import SiteDep

router = APIRouter()


@router.get("/shop/{slug}/tasks")
def show(slug: str, request: Request, here: SiteDep, who: Who, again: Again = "") -> Response:
    if who.shop is None:
        return entrance(request)
    return page(request, here, slug, (None, who.shop), f"/shop/{slug}", again=again)


@router.post("/shop/{slug}/tasks")
def change(slug: str, act: Act) -> Response:
    return act_on(act, slug, (None, act.who.demand_shop()), f"/shop/{slug}")
