"""What one spent, said from the page of one's code: an amount, and a photo of the receipt for those who like."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from core import pictures
from core.errors import Invalid, NotFound
from pledges import queries
from pledges import service as pledges
from pledges.values import Receipt
from web.pages.edge import Act, Acting, Who, kept_photo, sent_file, stored_photo, typed, words
from web.pages.pledges.holding import with_token
from web.pages.pledges.tickets import Token, page
from web.rendering import locale_of
from web.site import Site, SiteDep
from web.views.fields import Fields

router = APIRouter()


@router.post("/tickets/{pledge_id}/spend")
def report(pledge_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """Only who has the code's page is asked for a photo; it is kept first, so that a slip in the amount costs none."""
    token, form = words(act.form, "token"), typed(act.form)
    act.demand_token()
    with here.db.reading() as session:
        pledges.own(session, here.keys, pledge_id, token, act.who.person)
    try:
        kept = kept_photo(act, "photo") if sent_file(act.form, "photo") or words(act.form, "kept") else ""
        form = form.with_value("kept", kept)
        receipt = receipt_of(here, kept)
        return act.do(lambda session: _report(session, act, pledge_id, receipt), about=words(act.form, "amount")[:40])
    except Invalid as wrong:
        return page(request, here, act.who, pledge_id, token, form.refused(wrong))


def _report(session: Session, act: Acting, pledge_id: str, receipt: Receipt | None) -> str:
    token, here = words(act.form, "token"), act.here
    currency = pledges.own(session, here.keys, pledge_id, token, act.who.person).amount.currency
    fields = Fields({"amount": words(act.form, "amount")}, locale_of(act.request))
    amount = fields.money("amount", currency)
    fields.require(fields.has("amount"), "amount", "say what you spent, like 14.20")
    fields.check()
    assert amount is not None
    pledges.report_spending(session, here.clock, here.keys, pledge_id, token, act.who.person, amount, receipt)
    return f"{with_token(f'/tickets/{pledge_id}', token)}#spent"


def receipt_of(here: Site, kept: str) -> Receipt | None:
    """The kept photo, with what it looks like."""
    name = kept.partition(":")[0]
    return Receipt(name, pictures.likeness(here.files.get(name))) if name else None


@router.get("/tickets/{pledge_id}/receipt")
def receipt(pledge_id: str, here: SiteDep, who: Who, token: Token = "") -> Response:
    """One's own photo."""
    with here.db.reading() as session:
        pledges.own(session, here.keys, pledge_id, token, who.person)
        held = queries.spend_report(session, pledge_id)
    if held is None or held.receipt is None:
        raise NotFound("There is no such photo")
    return stored_photo(here, held.receipt.photo)
