"""The consent of people whom a promise affects: organizers ask or record, whoever speaks for them answers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import consent as rules
from businesses import queries
from businesses.consent import Meeting, Representative, Said, Wish
from businesses.service.consenting import Asking, Recorded
from campaigns.values import Campaign
from core.idempotency import Answer
from core.wire import Json
from web.api import bodies as b
from web.api import inputs, views
from web.api.campaigns import cached, public
from web.api.posting import Post
from web.site import CurrentPerson, MaybePerson, SiteDep
from web.trips import consenting

router = APIRouter(tags=["bidding"])


class RecordedBody(b.Body):
    """What a meeting said, and how that is known."""

    answer: Literal["agree", "refuse"]
    on: date
    note: b.Text
    seat: bool = False


class ConsentAskBody(b.Body):
    bid: b.Short
    commitment: b.Short
    email: b.Short = ""
    name: b.Short = ""
    show_name: bool = False
    recorded: RecordedBody | None = None


class ConsentAnswerBody(b.Body):
    token: b.Short
    answer: Literal["agree", "refuse", "withdraw"]
    comment: b.Text = ""
    seat: bool = False
    show_name: bool = False


@router.post("/campaigns/{slug}/consents", status_code=201)
def ask(slug: str, body: ConsentAskBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Name who speaks for the people affected, who gets a link by mail; or record what a meeting said."""

    def work(session: Session) -> Answer:
        return Answer(201, views.consent(consenting.ask(session, here.clock, person, slug, _asking(body))))

    return post(body, work)


def _asking(body: ConsentAskBody) -> Asking:
    told = body.recorded
    known = Representative(body.email, body.name, body.show_name)
    if told is None:
        return Asking(body.bid, body.commitment, known)
    meeting = inputs.under("recorded", lambda: Meeting(told.on, told.note))
    return Asking(body.bid, body.commitment, known, Recorded(Wish(told.answer), meeting, told.seat))


@router.get("/campaigns/{slug}/consents")
def list_(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """Every promise of the visible bids that affects people named in it, and what they said."""
    with here.db.reading() as session:
        items = consents(session, public(session, slug, person))
    return cached(request, {"items": items, "next": None})


def consents(session: Session, campaign: Campaign) -> list[Json]:
    """In the order of the bids; while bids are sealed there are none."""
    bids = queries.visible_bids(session, campaign)
    known = queries.consents_of(session, bids)
    told = []
    for bid in bids:
        for promise in rules.needed(bid.offer.commitments):
            held = known.get(bid.id, {}).get(promise.id)
            told.append(views.consent(held) if held else views.consent_needed(bid.id, promise))
    return told


@router.post("/consents/{consent_id}")
def answer(consent_id: str, body: ConsentAnswerBody, here: SiteDep, post: Post) -> Response:
    """Agree, refuse or withdraw, by the token of the mailed link."""

    def work(session: Session) -> Answer:
        said = Said(Wish(body.answer), body.comment, body.seat, body.show_name)
        return Answer(
            200, views.consent(consenting.answer(session, here.clock, here.keys, consent_id, body.token, said))
        )

    return post(body, work, most=60)
