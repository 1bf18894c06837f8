"""The arrival times that a supporter can choose, and how much room each has left."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from campaigns import slots
from core.wire import Json, encode
from pledges import queries as pledge_queries
from pledges.rules.slots import people_in
from web.api.campaigns import cached, public
from web.api.routing import ApiRouter
from web.site import MaybePerson, SiteDep

router = ApiRouter(tags=["pledges"])


@router.get("/campaigns/{slug}/slots")
def list_(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """Every arrival time with its room (null: for any number); no items where the organizers offer none."""
    with here.db.reading() as session:
        campaign = public(session, slug, person)
        chosen = pledge_queries.chosen_slots(session, campaign.id, here.clock.now(session)) if campaign.slots else {}
    items = [_view(place, people_in(place, chosen)) for place in slots.places(campaign)]
    return cached(request, {"items": items, "next": None})


def _view(place: slots.Place, people: int) -> Json:
    return {
        "slot": str(place.slot),
        "window": place.slot.window,
        "opens_at": encode(place.opens_at),
        "closes_at": encode(place.closes_at),
        "people": people,
        "room": place.room(people),
    }
