"""Who is asking: own data and own mail."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi.responses import JSONResponse, Response
from pydantic import Field
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person
from campaigns import queries as campaign_queries
from core.idempotency import Answer
from core.wire import Json
from notifications import service as notifications
from web.api import bodies as b
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentPerson, SiteDep

router = ApiRouter(tags=["me"])


class MeChanges(b.Body):
    name: b.Short | None = None
    locale: b.Short | None = None
    timezone: b.Short | None = None
    digest_hour: Annotated[int, Field(ge=0, le=23)] | None = None


class DigestChanges(b.Body):
    frequency: Literal["off", "daily", "weekly"]
    campaign: b.Short | None = None
    duties: bool | None = None


def view(session: Session, person: Person) -> Json:
    """Own data, and one's parts in teams."""
    held = accounts.teams_of(session, person)
    teams = {c.team: c.slug for c in campaign_queries.of_teams(session, list(held))}
    roles = [{"campaign": teams[t], "roles": [r.value for r in roles]} for t, roles in held.items() if t in teams]
    return {**person.__dict__, "teams": roles}


@router.get("/me")
def me(person: CurrentPerson, here: SiteDep) -> Response:
    """Own data."""
    with here.db.reading() as session:
        return JSONResponse(view(session, person))


@router.patch("/me")
def change_me(body: MeChanges, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Change name, language, time zone, or the hour at which digests come."""

    def work(session: Session) -> Answer:
        changed = accounts.update_person(session, person, body.model_dump(exclude_none=True))
        notifications.reschedule(session, here.clock, changed)
        return Answer(200, view(session, changed))

    return post(body, work)


@router.get("/me/digest")
def digest(person: CurrentPerson, here: SiteDep) -> Response:
    """How often which campaign writes."""
    with here.db.reading() as session:
        return JSONResponse(digest_view(session, person))


def digest_view(session: Session, person: Person) -> Json:
    held = notifications.preferences(session, person)
    followed = campaign_queries.by_ids(session, [f.campaign for f in held.follows])
    items = [
        {"campaign": followed[f.campaign].slug, "frequency": f.frequency.value}
        for f in held.follows
        if f.campaign in followed
    ]
    return {"items": items, "duties": held.duties, "next": None}


@router.patch("/me/digest")
def change_digest(body: DigestChanges, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Change it: for one campaign, or for all."""

    def work(session: Session) -> Answer:
        campaign = campaign_queries.by_slug(session, body.campaign).id if body.campaign else None
        notifications.set_frequency(session, here.clock, person, body.frequency, campaign)
        if body.duties is not None:
            notifications.set_duties(session, person, on=body.duties)
        return Answer(200, digest_view(session, person))

    return post(body, work)
