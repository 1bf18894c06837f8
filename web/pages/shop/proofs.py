"""The shop's proof of its till total, and its yes to what crew entered from the slip."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from campaigns import queries as campaign_queries
from core import documents
from core.errors import Invalid
from pledges import service as pledges
from pledges.values import Form
from web.pages.edge import Act, Who, sent_file, stored_proof, typed
from web.pages.shop.entering import entrance
from web.pages.shop.till import page
from web.site import SiteDep
from web.trips import inviting

router = APIRouter()


@router.post("/shop/{slug}/till/{till_id}/proof")
def give(slug: str, till_id: str, request: Request, act: Act) -> Response:
    """A photo or a PDF; what cannot be read is refused before anything is kept."""
    shop = act.who.demand_shop()
    act.demand_token()
    with act.here.db.reading() as session:
        inviting.demand_winner(campaign_queries.by_slug(session, slug), shop)
    try:
        kept = documents.keep(act.here.files, sent_file(act.form, "proof"), "proof")
    except Invalid as wrong:
        key = f"proof-{till_id}"
        return page(request, act.here, shop, slug, (key, typed(act.form, f"{key}-").refused(wrong)))

    def work(session: Session) -> str:
        pledges.give_proof(session, act.here.clock, shop.id, till_id, Form(kept.form), kept.name)
        return f"/shop/{slug}/till?done=proof"

    return act.do(work)


@router.post("/shop/{slug}/till/{till_id}/countersign")
def sign(slug: str, till_id: str, act: Act) -> Response:
    shop = act.who.demand_shop()

    def work(session: Session) -> str:
        pledges.countersign_till(session, act.here.clock, shop.id, till_id)
        return f"/shop/{slug}/till?done=signed"

    return act.do(work)


@router.get("/shop/{slug}/till/proof/{proof_id}")
def show(slug: str, proof_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    if who.shop is None:
        return entrance(request)
    with here.db.reading() as session:
        held = pledges.proof_for(session, proof_id, None, who.shop.id)
    return stored_proof(here, held)
