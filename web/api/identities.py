"""How it is confirmed that a business is who it says: the team's three ways, the business's answer, a new key."""

from __future__ import annotations

from typing import Literal

from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from businesses import queries
from businesses import service as businesses
from businesses.identity import Confirmation
from businesses.service.identifying import VISITING
from campaigns import queries as campaign_queries
from core.idempotency import Answer
from core.wire import Json
from web.api import bodies as b
from web.api import views
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentPerson, SiteDep

router = ApiRouter(tags=["bidding"])


class IdentityBody(b.Body):
    """``own_domain`` asks for site and email; ``register`` for place, entry and compared; ``visit`` for none."""

    business: b.Short
    method: Literal["own_domain", "register", "visit"]
    site: b.Short = ""
    email: b.Short = ""
    place: b.Short = ""
    entry: b.Short = ""
    compared: bool = False


class IdentityAnswerBody(b.Body):
    token: b.Short


class ShopKeyBody(b.Body):
    business: b.Short
    email: b.Short = ""


@router.get("/campaigns/{slug}/identities")
def list_(slug: str, here: SiteDep, person: CurrentPerson) -> Json:
    """What was confirmed in this campaign, and what still waits for an answer or a second visitor (team)."""
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        accounts.demand_role(session, campaign.team, person, VISITING)
        return {"items": [views.identity(each) for each in queries.identities_in(session, campaign.id)], "next": None}


@router.post("/campaigns/{slug}/identities", status_code=201)
def confirm(slug: str, body: IdentityBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Begin or make a confirmation: a link to the own domain, a register entry (organizers), or a visit (team)."""

    def work(session: Session) -> Answer:
        clock, about = here.clock, (person, slug, body.business)
        if body.method == "own_domain":
            made = businesses.ask_own_domain(session, clock, *about, body.site, body.email)
        elif body.method == "register":
            entry = (body.place, body.entry)
            made = businesses.confirm_by_register(session, clock, *about, entry, compared=body.compared)
        else:
            made = businesses.state_visit(session, clock, *about)
        return Answer(201, views.identity(made))

    return post(body, work)


@router.post("/identities/{confirmation_id}")
def answer(confirmation_id: str, body: IdentityAnswerBody, here: SiteDep, post: Post) -> Response:
    """Say that it is them, by the token of the link mailed to the business's own domain."""

    def work(session: Session) -> Answer:
        made: Confirmation = businesses.confirm_own_domain(session, here.clock, here.keys, confirmation_id, body.token)
        return Answer(200, views.identity(made))

    return post(body, work, most=60)


@router.post("/campaigns/{slug}/shop-key")
def renew_key(slug: str, body: ShopKeyBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Give a business a new key by mail; the old one opens nothing any more, and everybody reads of it (organizers)."""

    def work(session: Session) -> Answer:
        made = businesses.renew_key(session, here.clock, here.keys, person, slug, body.business, body.email)
        return Answer(200, views.business(made))

    return post(body, work)
