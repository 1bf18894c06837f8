"""What promises change: stated as projected and as measured, with method and source."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses.effects import queries, rules, service
from businesses.effects.service import Voice
from businesses.effects.values import UNITS, Effect, Sum
from core.errors import NotSignedIn
from core.idempotency import Answer
from core.wire import Json, encode
from web.api import bodies as b
from web.api.campaigns import cached, public
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import MaybePerson, MaybeShop, SiteDep

router = ApiRouter(tags=["keeping the word"])


class EffectBody(b.Body):
    kind: b.Short
    phase: b.Short
    value: b.Number
    method: b.Text
    source: b.Text
    per: b.Short = "year"


def effect_view(effect: Effect) -> Json:
    """One statement; ``value`` in ``unit``, money in ``currency``."""
    told: Json = encode(effect)
    return {**told, "unit": UNITS[effect.kind]}


def sum_view(line: Sum) -> Json:
    told: Json = encode(line)
    return {**told, "unit": UNITS[line.kind]}


@router.get("/obligations/{obligation_id}/effects")
def of_promise(obligation_id: str, request: Request, here: SiteDep) -> Response:
    """All that was stated of a promise, oldest first, and what counts of it."""
    with here.db.reading() as session:
        held = business_queries.obligation(session, obligation_id)
        stated = queries.of_obligations(session, [held.id])
    counting = {effect.id for effect in rules.counting(stated)}
    items = [{**effect_view(effect), "counts": effect.id in counting} for effect in stated]
    return cached(request, {"items": items, "next": None})


@router.get("/campaigns/{slug}/effects")
def of_campaign(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """What the promises of a campaign come to, projected beside measured, each with its number of promises."""
    with here.db.reading() as session:
        campaign = public(session, slug, person)
        promises = business_queries.obligations(session, [campaign.id])
        stated = queries.of_obligations(session, (o.id for o in promises))
    return cached(request, {"items": [sum_view(line) for line in rules.add_up(stated)], "next": None})


@router.post("/obligations/{obligation_id}/effects", status_code=201)
def state(
    obligation_id: str, body: EffectBody, here: SiteDep, shop: MaybeShop, person: MaybePerson, post: Post
) -> Response:
    """The business, the organizers, the monitor or the people affected say what it changes; again: in its place."""
    if shop is None and person is None:
        raise NotSignedIn("Sign in, or use the business's key")

    def work(session: Session) -> Answer:
        service.state_effect(session, here.clock, Voice(shop, person), obligation_id, body.model_dump())
        stated = queries.of_obligations(session, [obligation_id])
        return Answer(201, {"items": [effect_view(effect) for effect in stated], "next": None})

    return post(body, work)
