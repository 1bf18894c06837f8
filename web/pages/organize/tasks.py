"""The organizers' side of the shared checklist."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.pages.edge import Act, Who
from web.pages.tasks import Again, Meant, act_on, page
from web.site import SiteDep

router = APIRouter()


@router.get("/organize/{slug}/tasks")
def show(slug: str, request: Request, here: SiteDep, who: Who, meant: Meant = "", again: Again = "") -> Response:
    """The list of one winner: the only one, or the one that is meant."""
    return page(request, here, slug, (who.demand_person(), None), f"/organize/{slug}", meant, again=again)


@router.post("/organize/{slug}/tasks")
def change(slug: str, act: Act) -> Response:
    return act_on(act, slug, (act.who.demand_person(), None), f"/organize/{slug}")
