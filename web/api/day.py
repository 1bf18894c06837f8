"""Mob day: the door, the till, the tally and its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from core.idempotency import Answer
from core.money import Money
from core.wire import Json, encode
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.values import Arrival, CheckIn, Figure, TillFigures, TillTotal, Visibility
from web.api import bodies as b
from web.api import inputs
from web.api.campaigns import cached, public, view
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentPerson, CurrentShop, MaybePerson, SiteDep
from web.trips import counting

router = ApiRouter(tags=["mob day"])


class TillConfirmBody(b.Body):
    correction: b.Amount | None = None
    reason: b.Text = ""


class TillResolveBody(b.Body):
    figure: Literal["declared", "counter"]
    reason: b.Text


def check_in_view(held: CheckIn, *, already: bool) -> Json:
    names = ("id", "pledge", "party", "spent", "anyway", "at", "walk_in", "venue")
    return {**{name: encode(getattr(held, name)) for name in names}, "already": already}


def till_view(held: TillTotal) -> Json:
    """A till total for those who may see its figures: the business and the organizers."""
    names = (
        "id",
        "window",
        "business",
        "state",
        "visibility",
        "declared_at",
        "confirmed_at",
        "counter_takings",
        "reason",
        "entered",
        "countersigned_at",
        "proofs",
    )
    return {**{name: encode(getattr(held, name)) for name in names}, **encode(held.figures)}


@router.post("/campaigns/{slug}/check-ins", status_code=201, responses={200: {"description": "Already here"}})
def check_in(slug: str, body: b.CheckInBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """A supporter arrives. The same code again is answered with the first time."""

    def work(session: Session) -> Answer:
        campaign = campaign_queries.by_slug(session, slug)
        arrival = Arrival(
            code=body.code or "",
            walk_in=body.walk_in,
            spent=inputs.maybe_money(body.spent, campaign.currency, "spent"),
            party=body.party,
            anyway=body.anyway,
            nonce=body.nonce,
            ago=timedelta(seconds=min(body.ago, 10**8)),
            venue=body.venue,
        )
        made, already = pledges.check_in(session, here.clock, slug, person, arrival)
        return Answer(200 if already else 201, check_in_view(made, already=already))

    return post(body, work, most=6000)


@router.post("/campaigns/{slug}/till-totals", status_code=201)
def declare(slug: str, body: b.TillBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """The business's own count for one window, after it has closed."""

    def work(session: Session) -> Answer:
        campaign = campaign_queries.by_slug(session, slug)
        figures = figures_of(body, campaign)
        visibility = Visibility(body.visibility)
        made = pledges.declare_till(session, here.clock, slug, shop.id, body.window, figures, visibility)
        return Answer(201, till_view(made))

    return post(body, work)


def figures_of(body: b.TillBody, campaign: Campaign) -> TillFigures:
    def money(name: str) -> Money | None:
        return inputs.maybe_money(getattr(body, name), campaign.currency, name)

    return TillFigures(
        takings=inputs.money(body.takings, campaign.currency, "takings"),
        tax=money("tax"),
        cost=money("cost"),
        units=body.units,
        transactions=body.transactions,
        customers=body.customers,
        baseline=money("baseline"),
    )


@router.post("/till-totals/{till_id}/confirm")
def confirm(
    till_id: str, person: CurrentPerson, here: SiteDep, post: Post, body: TillConfirmBody | None = None
) -> Response:
    """An organizer confirms, or disputes with a figure and a reason: then both stay."""
    said = body or TillConfirmBody()

    def work(session: Session) -> Answer:
        currency = pledge_queries.till(session, till_id).figures.takings.currency
        correction = inputs.maybe_money(said.correction, currency, "correction")
        made = pledges.confirm_till(session, here.clock, person, till_id, correction, said.reason)
        return Answer(200, till_view(made))

    return post(said, work)


@router.post("/till-totals/{till_id}/resolve")
def resolve(till_id: str, body: TillResolveBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """The monitor decides a disputed till before the final tally: one figure comes into force, both stay visible."""

    def work(session: Session) -> Answer:
        made = pledges.resolve_till(session, here.clock, person, till_id, Figure(body.figure), body.reason)
        return Answer(200, till_view(made))

    return post(body, work)


@router.get("/campaigns/{slug}/tally")
def tally(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """Pledged, attended, spent, till, owed: exact at the moment it is read."""
    with here.db.reading() as session:
        return cached(request, counting.tally(session, public(session, slug, person)))


@router.post("/campaigns/{slug}/finalize")
def finalize(slug: str, person: CurrentPerson, here: SiteDep, post: Post, body: b.ReasonBody | None = None) -> Response:
    """Lock the tally; obligations arise from it."""

    def work(session: Session) -> Answer:
        campaign = counting.finalize(session, here.clock, person, slug, body.reason if body else "")
        return Answer(200, {**view(session, campaign), "tally": campaign.tally})

    return post(body, work)


@router.post("/campaigns/{slug}/corrections", status_code=201)
def correct(slug: str, body: b.CorrectionBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Correct a figure after the final tally, with a reason; the first stays visible."""

    def work(session: Session) -> Answer:
        sent = body.value.model_dump() if isinstance(body.value, b.MoneyBody) else body.value
        told = {
            "window": body.window,
            "field": body.field,
            "value": sent,
            "reason": body.reason,
            "business": body.business,
        }
        campaign = counting.correct(session, here.clock, person, slug, told)
        return Answer(201, campaign.tally)

    return post(body, work)
