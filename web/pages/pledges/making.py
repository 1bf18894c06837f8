"""From the campaign's page to the ticket: one form, no sign-in, the same with and without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from campaigns import queries
from campaigns.slots import Slot
from core.errors import Invalid
from pledges import service as pledges
from pledges.values import PledgeOffer
from web.pages.campaign.routes import shown
from web.pages.edge import PublicAct, typed, words
from web.rendering import locale_of
from web.site import SiteDep
from web.views.amounts import chosen, where_typed

router = APIRouter()


@router.post("/campaigns/{slug}/pledges")
def make(slug: str, request: Request, here: SiteDep, act: PublicAct) -> Response:
    """Pledge. The ticket's address holds its token: whoever has it has the code."""
    form, locale = typed(act.form), locale_of(request)

    def work(session: Session) -> str:
        offer = PledgeOffer(
            amount=chosen(form, queries.by_slug(session, slug).currency, locale),
            email=words(act.form, "email"),
            updates=bool(words(act.form, "updates")),
            locale=locale,
            slot=Slot.read(words(act.form, "slot")),
        )
        made = pledges.pledge(session, here.clock, here.keys, slug, offer, repeat_of=words(act.form, "key")[:200])
        return f"/tickets/{made.id}?token={here.keys.token('ticket', made.id)}"

    try:
        return act.do(work)
    except Invalid as wrong:
        return shown(request, here, slug, form.refused(where_typed(wrong, form)), status=422)
