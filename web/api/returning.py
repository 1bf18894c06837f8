"""The second carrot: visits pledged for the day on which a promise was verified kept."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from campaigns import queries as campaign_queries
from core.idempotency import Answer
from core.wire import Json, encode
from pledges import service as pledges
from pledges.returns import queries, service
from pledges.returns.values import Return, Waiting
from web.api import bodies as b
from web.api import inputs
from web.api.campaigns import cached, public
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentShop, MaybePerson, SiteDep

router = ApiRouter(tags=["coming back"])


class ReturnBody(b.Body):
    business: b.Short
    amount: b.Amount
    token: b.Short = ""


class VisitBody(b.Body):
    business: b.Short
    spent: b.Amount
    token: b.Short = ""


class CodeBody(b.Body):
    code: b.Short


def visit_view(visit: Return) -> Json:
    """A visit as its owner sees it."""
    told = {name: encode(getattr(visit, name)) for name in ("id", "business", "amount", "at", "withdrawn_at")}
    return {**told, "spent": encode(visit.told), "noted_at": encode(visit.noted_at)}


def waiting_view(held: Waiting) -> Json:
    """What waits for one business, in public."""
    told = {name: encode(getattr(held, name)) for name in ("business", "visits", "amount", "came", "noted")}
    opened = {"opened_at": encode(held.opening.at), "until": encode(held.opening.until)} if held.opening else None
    return {**told, "spent": encode(held.told), "opening": opened}


@router.get("/campaigns/{slug}/returns")
def list_(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """What waits for the proof of each business, and what came of it."""
    with here.db.reading() as session:
        campaign = public(session, slug, person)
        items = [waiting_view(held) for held in queries.sums(session, [campaign.id])]
    return cached(request, {"items": items, "next": None})


@router.post("/pledges/{pledge_id}/returns", status_code=201)
def pledge(pledge_id: str, body: ReturnBody, here: SiteDep, person: MaybePerson, post: Post) -> Response:
    """Come back once the word is kept (by token or signed in); again: another amount for the same visit."""

    def work(session: Session) -> Answer:
        mine = pledges.own(session, here.keys, pledge_id, body.token, person)
        amount = inputs.money(body.amount, mine.amount.currency, "amount")
        whose = (here.clock, here.keys, pledge_id, body.token, person)
        return Answer(201, visit_view(service.pledge_return(session, *whose, body.business, amount)))

    return post(body, work)


@router.delete("/pledges/{pledge_id}/returns/{business}", status_code=204)
def withdraw(pledge_id: str, business: str, here: SiteDep, person: MaybePerson, token: str = "") -> Response:
    """Take a visit back, until it is asked for."""
    with here.db.writing() as session:
        service.withdraw_return(session, here.clock, here.keys, pledge_id, token, person, business)
    return Response(status_code=204)


@router.post("/pledges/{pledge_id}/returns/visit", status_code=201)
def visit(pledge_id: str, body: VisitBody, here: SiteDep, person: MaybePerson, post: Post) -> Response:
    """One came back: what one spent, in place of what one said before."""

    def work(session: Session) -> Answer:
        mine = pledges.own(session, here.keys, pledge_id, body.token, person)
        spent = inputs.money(body.spent, mine.amount.currency, "spent")
        whose = (here.clock, here.keys, pledge_id, body.token, person)
        return Answer(201, visit_view(service.tell_return(session, *whose, body.business, spent)))

    return post(body, work)


@router.post("/campaigns/{slug}/returns", status_code=201)
def note(slug: str, body: CodeBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """The business takes down the code of somebody who came back; once is enough."""

    def work(session: Session) -> Answer:
        service.note_return(session, here.clock, slug, shop.id, body.code)
        campaign = campaign_queries.by_slug(session, slug)
        held = queries.waits_for(session, campaign.id, shop.id)
        return Answer(201, waiting_view(held) if held else {})

    return post(body, work)
