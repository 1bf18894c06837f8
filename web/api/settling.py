"""What no side decides alone about a promise: another thing in its place."""

from __future__ import annotations

from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import service as businesses
from businesses.values import Business
from core.errors import NotSignedIn, refuse
from core.idempotency import Answer
from web.api import bodies as b
from web.api.obligations import answer
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import MaybePerson, MaybeShop, SiteDep

router = ApiRouter(tags=["keeping the word"])


def speaker(person: Person | None, shop: Business | None) -> Person | Business:
    """As whom a caller speaks of a promise: the shop by its key, else the person. Raises NotSignedIn."""
    if shop or person:
        return shop or person  # type: ignore[return-value]  # one of them is there: tested in the line above
    raise NotSignedIn("The business, the organizers, the monitor or the people whom it affects decide this")


@router.post("/obligations/{obligation_id}/substitutes", status_code=201)
def substitute(
    obligation_id: str, body: b.SubstituteBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post
) -> Response:
    """Propose another thing in the promise's place, or answer what was proposed; it counts once every side agreed."""

    def work(session: Session) -> Answer:
        who = speaker(person, shop)
        if body.substitute:
            if body.agrees is None:
                refuse("agrees", "say yes or no")
            ids = (obligation_id, body.substitute)
            held = businesses.answer_substitute(session, here.clock, who, *ids, agrees=body.agrees)
        else:
            told = (body.words, body.reason)
            held = businesses.propose_substitute(session, here.clock, who, obligation_id, *told)
        return answer(session, here, held, 201)

    return post(body, work)
