"""The door crew: the link by which they join from their own phones, and taking somebody off."""

from __future__ import annotations

from fastapi import Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS
from campaigns import queries as campaign_queries
from core.idempotency import Answer
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentPerson, SiteDep
from web.trips import inviting

router = ApiRouter(tags=["campaigns"])


@router.get("/campaigns/{slug}/crew-link")
def link(slug: str, person: CurrentPerson, here: SiteDep) -> Response:
    """The link that organizers give to their helpers: whoever opens it may join the crew, without an address."""
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        accounts.demand_role(session, campaign.team, person, ORGANIZERS)
        return JSONResponse({"url": inviting.crew_link(session, here, campaign)}, headers={"Cache-Control": "no-store"})


@router.post("/campaigns/{slug}/crew-link")
def renew(slug: str, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """A new link; the old one opens nothing any more."""

    def work(session: Session) -> Answer:
        campaign = inviting.renew_crew_link(session, here.clock, person, slug)
        return Answer(200, {"url": inviting.crew_link(session, here, campaign)})

    return post(None, work)


@router.delete("/campaigns/{slug}/crew/{member_id}", status_code=204)
def remove(slug: str, member_id: str, person: CurrentPerson, here: SiteDep) -> Response:
    """Take somebody off the crew; what they counted stays counted."""
    with here.db.writing() as session:
        inviting.remove_crew(session, here.clock, person, slug, member_id)
    return Response(status_code=204)
