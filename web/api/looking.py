"""Before the award: figures kept from the public for their checker, and what somebody saw is done already."""

from __future__ import annotations

from datetime import date

from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from businesses import queries
from businesses import service as businesses
from businesses.converting import Usual, expected
from businesses.values import Bid
from campaigns import queries as campaign_queries
from core.idempotency import Answer
from core.wire import Json
from web.api import inputs, views
from web.api.bodies import Amount, Body, Text
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentPerson, SiteDep

router = ApiRouter(tags=["bidding"])


class SeenBody(Body):
    """``expected``: what the checker confirms the bid comes to, where they publish that."""

    expected: Amount | None = None


class ConfirmedBody(Body):
    note: Text
    seen_on: date | None = None


@router.get("/campaigns/{slug}/bids/{bid_id}/baseline")
def baseline(slug: str, bid_id: str, person: CurrentPerson, here: SiteDep) -> Response:
    """An ordinary day that is kept from the public: for the monitor, or the organizers where there is none."""
    with here.db.reading() as session:
        campaign, held, day = businesses.baseline_for(session, person, slug, bid_id)
        estimate = campaign.bidding.estimate if campaign.bidding else None
        usual = Usual.of(day, len(campaign.windows))
        found = expected(held.offer.commitments, usual, estimate) if estimate else None
    return JSONResponse(views.checked_baseline(held, day, found), headers={"Cache-Control": "no-store"})


@router.post("/campaigns/{slug}/bids/{bid_id}/baseline", status_code=201)
def see_baseline(slug: str, bid_id: str, body: SeenBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Say in public that it was seen, without its figures; with ``expected`` the bid can be compared."""

    def work(session: Session) -> Answer:
        currency = campaign_queries.by_slug(session, slug).currency
        sum_ = inputs.maybe_money(body.expected, currency, "expected")
        return Answer(201, _seen(session, businesses.see_baseline(session, here.clock, person, slug, bid_id, sum_)))

    return post(body, work)


@router.post("/campaigns/{slug}/bids/{bid_id}/confirmed", status_code=201)
def confirm_change(
    slug: str, bid_id: str, body: ConfirmedBody, person: CurrentPerson, here: SiteDep, post: Post
) -> Response:
    """Organizer or monitor has seen what is said to be done already; before the award."""

    def work(session: Session) -> Answer:
        held = businesses.confirm_change(session, here.clock, person, slug, bid_id, body.note, body.seen_on)
        return Answer(201, _seen(session, held))

    return post(body, work)


def _seen(session: Session, held: Bid) -> Json:
    return views.bid(held, queries.business_by_id(session, held.business), queries.history(session, [held.id])[held.id])
