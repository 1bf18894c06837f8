"""Where people whom a promise affects answer: their representative comes by a mailed link; opening it does nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from businesses import queries as businesses
from businesses import service
from businesses.commitments import Commitment
from businesses.consent import Answer, Said, Wish
from campaigns import queries as campaigns
from campaigns.values import Campaign
from core.errors import Invalid, NotFound, refuse
from web.pages.edge import Acting, PublicAct, typed, words
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import consenting
from web.typed import Typed
from web.views.promises import Reader, consent_state, monitors, promised

router = APIRouter()
Token = Annotated[str, Query(max_length=200)]


@router.get("/consents/{consent_id}")
def ask(consent_id: str, request: Request, here: SiteDep, token: Token = "") -> Response:
    """The promise in its words, and what can be said to it now."""
    return _page(request, here, consent_id, token, Typed())


@router.post("/consents/{consent_id}")
def answer(consent_id: str, request: Request, here: SiteDep, act: PublicAct) -> Response:
    token = words(act.form, "token")

    def work(session: Session) -> str:
        consenting.answer(session, here.clock, here.keys, consent_id, token, _said(act))
        return f"/consents/{consent_id}?token={token}"

    try:
        return act.do(work, most=60)
    except Invalid as wrong:
        return _page(request, here, consent_id, token, typed(act.form).refused(wrong), 422)


def _said(act: Acting) -> Said:
    wish = words(act.form, "answer")
    if wish not in {w.value for w in Wish}:
        refuse("answer", "choose one")
    seat, show_name = (words(act.form, name) == "yes" for name in ("seat", "show_name"))
    return Said(Wish(wish), words(act.form, "comment"), seat, show_name)


def _page(request: Request, here: Site, consent_id: str, token: str, form: Typed, status: int = 200) -> Response:
    with here.db.reading() as session:
        held = service.consent_by_link(session, here.keys, consent_id, token)
        campaign, bid = campaigns.by_id(session, held.campaign), businesses.bid(session, held.bid)
        shop = businesses.business_by_id(session, bid.business)
        reader = _reader(session, request, campaign)
    promise = _promise(bid.offer.commitments, held.commitment)
    (slip,) = promised([promise], reader, {promise.id: held})
    return render(
        request,
        "consent.html",
        status=status,
        headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
        consent=held,
        campaign=campaign,
        shop=shop,
        slip=slip,
        state=consent_state(held, reader),
        form=form,
        token=token,
        open=held.state == Answer.ASKED and bid.stands,
        given=held.state == Answer.GIVEN,
        checks=promise.checker == "affected",
    )


def _reader(session: Session, request: Request, campaign: Campaign) -> Reader:
    team = accounts.members(session, campaign.team)
    return Reader(locale_of(request), campaign.language, campaign.timezone, monitors(team))


def _promise(commitments: tuple[Commitment, ...], wanted: str) -> Commitment:
    found = next((held for held in commitments if held.id == wanted), None)
    if found is None:
        raise NotFound("The bid holds this promise no more")
    return found
