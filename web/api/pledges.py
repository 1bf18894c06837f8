"""Pledges: made from a shared link, confirmed by mail, changed or withdrawn by their owner."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field
from sqlalchemy.orm import Session

from accounts.rules import Person
from campaigns.slots import Slot
from core import pictures
from core.errors import require
from core.idempotency import Answer
from core.wire import Json, encode
from pledges import service as pledges
from pledges.values import Changes, Pledge, PledgeOffer, Receipt
from web.api import bodies as b
from web.api import inputs
from web.api.papers import PHOTO, PhotoBody
from web.api.papers import Photo as Sent
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.rendering import locale_of
from web.site import MaybePerson, Site, SiteDep

router = ApiRouter(tags=["pledges"])
Token = Annotated[str, Query(max_length=200)]


class PledgeBody(b.Body):
    amount: b.Amount
    email: b.Short = ""
    name: b.Short = ""
    party: Annotated[int, Field(ge=1, le=50)] = 1
    updates: bool = False
    units: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    slot: b.Short | None = None


class SpendBody(b.Body):
    amount: b.Amount
    token: b.Short = ""
    photo: b.Short = ""


class PledgeChanges(b.Body):
    token: b.Short = ""
    amount: b.Amount | None = None
    party: Annotated[int, Field(ge=1, le=50)] | None = None
    slot: b.Short | None = None


def view(here: Site, pledge: Pledge) -> Json:
    """A pledge as its owner sees it: no address in it."""
    names = ("id", "code", "state", "amount", "party", "units", "joined_late", "with_address", "terms_version",
             "created_at", "confirmed_at")  # fmt: skip
    return {
        **{name: encode(getattr(pledge, name)) for name in names},
        "slot": str(pledge.slot) if pledge.slot else None,
    }


@router.post("/campaigns/{slug}/pledges", status_code=201)
def make(slug: str, body: PledgeBody, request: Request, post: Post) -> Response:
    """Pledge to come and spend. Without an address: a code only, confirmed at the door, counted apart."""
    here = post.site

    def offer(currency: str) -> PledgeOffer:
        return PledgeOffer(
            amount=inputs.money(body.amount, currency),
            email=body.email,
            name=body.name,
            party=body.party,
            updates=body.updates,
            units=body.units,
            locale=locale_of(request),
            slot=Slot.read(body.slot),
        )

    def work(session: Session) -> Answer:
        made = pledges.pledge(session, here.clock, here.keys, slug, offer)
        ticket = here.keys.token("ticket", made.id)
        return Answer(201, {**view(here, made), "ticket": here.url(f"/tickets/{made.id}?token={ticket}")})

    return post(body, work)


@router.post("/pledges/{pledge_id}/confirm")
def confirm(pledge_id: str, body: b.TokenBody, here: SiteDep, post: Post) -> Response:
    """Confirm by the token from the mail; it counts from here on."""

    def work(session: Session) -> Answer:
        return Answer(200, view(here, pledges.confirm(session, here.clock, here.keys, pledge_id, body.token)))

    return post(body, work)


@router.get("/pledges/{pledge_id}")
def read(pledge_id: str, here: SiteDep, person: MaybePerson, token: Token = "") -> Response:
    """One's own pledge, by its token or signed in."""
    with here.db.reading() as session:
        return JSONResponse(view(here, pledges.own(session, here.keys, pledge_id, token, person)))


@router.patch("/pledges/{pledge_id}")
def change(
    pledge_id: str, body: PledgeChanges, here: SiteDep, person: MaybePerson, post: Post, token: Token = ""
) -> Response:
    """Change amount, party or arrival time until pledging closes; an empty ``slot`` is any time."""
    sent = body.amount is not None or body.party is not None or body.slot is not None
    require(sent, "amount", "say what to change: amount, party or slot")

    def work(session: Session) -> Answer:
        return Answer(200, view(here, _change(session, here, pledge_id, body, body.token or token, person)))

    return post(body, work)


def _change(
    session: Session, here: Site, pledge_id: str, body: PledgeChanges, token: str, person: Person | None
) -> Pledge:
    held = pledges.own(session, here.keys, pledge_id, token, person)
    amount = inputs.maybe_money(body.amount, held.amount.currency, "amount")
    wanted = Changes(amount, body.party, body.slot)
    return pledges.change(session, here.clock, here.keys, pledge_id, token, person, wanted)


@router.delete("/pledges/{pledge_id}", status_code=204)
def withdraw(
    pledge_id: str, here: SiteDep, person: MaybePerson, token: Token = "", body: b.TokenBody | None = None
) -> Response:
    """Withdraw; the code is dead."""
    with here.db.writing() as session:
        pledges.withdraw(session, here.clock, here.keys, pledge_id, body.token if body else token, person)
    return Response(status_code=204)


@router.post("/pledges/{pledge_id}/spend", status_code=201)
def spend(pledge_id: str, body: SpendBody, here: SiteDep, person: MaybePerson, post: Post) -> Response:
    """Say what one spent, in place of what one said before; it counts where crew noted nothing (by token or signed in).

    ``photo``: what ``POST receipt-photos`` answered; the same receipt is not taken for two codes.
    """

    receipt = _receipt(here, body.photo)

    def work(session: Session) -> Answer:
        pledge = pledges.own(session, here.keys, pledge_id, body.token, person)
        amount = inputs.money(body.amount, pledge.amount.currency, "amount")
        made = pledges.report_spending(session, here.clock, here.keys, pledge_id, body.token, person, amount, receipt)
        told = {"id": made.id, "pledge": pledge_id, "amount": encode(made.amount), "at": encode(made.at)}
        return Answer(201, {**told, "receipt": made.receipt is not None})

    return post(body, work)


def _receipt(here: Site, photo: str) -> Receipt | None:
    name, _, token = photo.partition(":")
    require(not photo or here.keys.fits("kept", name, token), "photo", "send the photo of the receipt first")
    return Receipt(name, pictures.likeness(here.files.get(name))) if photo else None


@router.post("/pledges/{pledge_id}/receipt-photos", status_code=201, openapi_extra=PHOTO)
def receipt_photo(
    pledge_id: str, here: SiteDep, person: MaybePerson, sent: Sent, post: Post, token: Token = ""
) -> Response:
    """The photo of a receipt, as the body: answered with what ``POST spend`` takes it by (by token or signed in)."""
    with here.db.reading() as session:
        pledges.own(session, here.keys, pledge_id, token, person)
    name = pictures.keep(here.files, sent, "photo")
    kept = f"{name}:{here.keys.token('kept', name)}"
    return post(PhotoBody(photo=name), lambda _: Answer(201, {"photo": kept}))
