"""What customers count in the shop: a number, nobody's name, no decision."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses.codec import decimal
from businesses.windows import queries, service
from core.idempotency import Answer
from core.wire import Json, encode
from web.api import bodies as b
from web.api.campaigns import cached
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import Site, SiteDep

router = ApiRouter(tags=["keeping the word"])


class CountBody(b.Body):
    value: b.Number


def _lately(session: Session, here: Site, obligation_id: str) -> Json:
    held = business_queries.obligation(session, obligation_id)
    found = queries.lately(session, held.id, here.clock.now(session))
    return {"lately": encode(found)}


@router.get("/obligations/{obligation_id}/counts")
def lately(obligation_id: str, request: Request, here: SiteDep) -> Response:
    """How often customers counted in the last 30 days, the middle of it, and when the last one did."""
    with here.db.reading() as session:
        return cached(request, _lately(session, here, obligation_id))


@router.post("/obligations/{obligation_id}/counts", status_code=201)
def count(obligation_id: str, body: CountBody, here: SiteDep, post: Post) -> Response:
    """A customer counts; no account is needed."""

    def work(session: Session) -> Answer:
        service.count(session, here.clock, obligation_id, decimal(body.value, "value"))
        return Answer(201, _lately(session, here, obligation_id))

    return post(body, work)
