"""The business's own count: one number for each window is enough."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from core.errors import Invalid
from core.i18n import N_, translator
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.values import Visibility
from web.pages.edge import Act, Acting, Who, typed, words
from web.pages.shop.entering import entrance
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import counting, inviting
from web.typed import Typed
from web.views import proofs as proof_views
from web.views import till_form
from web.views.fields import Fields

router = APIRouter()
Done = Annotated[str, Query(max_length=20)]
NOTICES = {
    "till": N_("The till total is entered. An organizer confirms it."),
    "file": N_("The file is counted. An organizer confirms what it comes to."),
    "proof": N_("The proof is attached."),
    "signed": N_("You have countersigned it. An organizer confirms it."),
}


@router.get("/shop/{slug}/till")
def show(slug: str, request: Request, here: SiteDep, who: Who, done: Done = "") -> Response:
    """The form, and once a total is there what it comes to."""
    if who.shop is None:
        return entrance(request)
    return page(request, here, who.shop, slug, notice=NOTICES.get(done, ""))


@router.post("/shop/{slug}/till")
def declare(slug: str, request: Request, act: Act) -> Response:
    shop, window = act.who.demand_shop(), words(act.form, "window")
    try:
        return act.do(lambda session: _declare(session, act, slug, shop, window))
    except Invalid as wrong:
        form = typed(act.form, f"{window}-").refused(wrong)
        return page(request, act.here, shop, slug, (window, form))


def _declare(session: Session, act: Acting, slug: str, shop: Business, window: str) -> str:
    campaign = campaign_queries.by_slug(session, slug)
    fields = Fields({name: words(act.form, name) for name in act.form}, locale_of(act.request))
    figures = till_form.figures(fields, campaign.currency)
    visibility = fields.choice("visibility", Visibility, Visibility.PUBLIC)
    pledges.declare_till(session, act.here.clock, slug, shop.id, window, figures, visibility)
    return f"/shop/{slug}/till?done=till"


def page(
    request: Request,
    here: Site,
    shop: Business,
    slug: str,
    refused: tuple[str, Typed] | None = None,
    *,
    notice: str = "",
) -> Response:
    """The page; ``refused``: a form of it as it was typed, by its window, or that of the "file"."""
    with here.db.reading() as session:
        campaign: Campaign = campaign_queries.by_slug(session, slug)
        inviting.demand_winner(campaign, shop)
        tills = [till for till in pledge_queries.till_totals(session, campaign.id) if till.business == shop.id]
        proofs = pledge_queries.proofs(session, campaign.id)
        now = here.clock.now(session)
        bid = next(winner.bid for winner in campaign.winners if winner.business == shop.id)
        owed = [line for line in counting.tally(session, campaign)["owed"] or [] if line["bid"] == bid]
    links = proof_views.links(proofs, f"/shop/{slug}/till/proof", campaign, locale_of(request))
    lines = till_form.lines(campaign, tills, now, locale_of(request), links)
    forms: dict[str, Typed] = {line.window: line.form for line in lines} | {"file": Typed(prefix="file-")}
    forms |= {f"proof-{till.id}": Typed(prefix=f"proof-{till.id}-") for till in tills}
    forms |= dict([refused] if refused else [])
    context: dict[str, Any] = {"campaign": campaign, "lines": lines, "forms": forms, "owed": owed}
    return render(
        request,
        "shop/till.html",
        status=422 if refused else 200,
        form=refused[1] if refused else Typed(),
        notice=translator(locale_of(request)).gettext(notice) if notice else None,
        **context,
    )
