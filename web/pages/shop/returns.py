"""The second carrot from the shop's side: what waits for proof, and the codes of those who came back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns.values import State
from core.errors import Invalid
from core.i18n import N_, translator
from pledges.returns import queries as returns
from pledges.returns import service
from web.pages.edge import Act, Who, typed, words
from web.pages.shop.entering import entrance
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import inviting
from web.typed import Typed
from web.views import returning

router = APIRouter()
Done = Annotated[str, Query(max_length=20)]


@router.get("/shop/{slug}/returns")
def show(slug: str, request: Request, here: SiteDep, who: Who, done: Done = "") -> Response:
    if who.shop is None:
        return entrance(request)
    return _page(slug, request, here, who.shop, noted=bool(done))


def _page(
    slug: str, request: Request, here: Site, shop: Business, form: Typed | None = None, *, noted: bool = False
) -> Response:
    locale = locale_of(request)
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        inviting.demand_winner(campaign, shop)
        waiting, now = returns.waits_for(session, campaign.id, shop.id), here.clock.now(session)
    told = returning.told(
        [waiting] if waiting else [], now, locale, campaign.timezone, over=campaign.state == State.DONE
    )
    return render(
        request,
        "shop/returns.html",
        status=422 if form else 200,
        campaign=campaign,
        told=told,
        open=waiting is not None and waiting.is_open(now),
        form=form or Typed(),
        notice=translator(locale).gettext(N_("Taken down. They came back.")) if noted else None,
    )


@router.post("/shop/{slug}/returns")
def note(slug: str, request: Request, act: Act) -> Response:
    """Somebody shows a code: it is taken down once, whoever asks again."""
    shop, code = act.who.demand_shop(), words(act.form, "code")

    def work(session: Session) -> str:
        service.note_return(session, act.here.clock, slug, shop.id, code)
        return f"/shop/{slug}/returns?done=noted"

    try:
        return act.do(work, about=code)
    except Invalid as wrong:
        return _page(slug, request, act.here, shop, typed(act.form).refused(wrong))
