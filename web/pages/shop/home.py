"""The business's own page: its campaigns, and in each what there is to do."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as businesses
from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.tasks import queries as task_queries
from campaigns.values import Campaign
from core.i18n import N_, translator
from pledges import queries as pledges
from pledges.returns import queries as returns
from web.pages.edge import Act, Who
from web.pages.shop.entering import entrance
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import inviting
from web.views.duties import Involved, duties
from web.views.states import STATES

router = APIRouter()
Done = Annotated[str, Query(max_length=20)]

NOTICES = {
    "asked": N_("Thank you. The organizers fill in the rest; you get a mail."),
    "returned": N_("It went back to the organizers. You get a mail."),
    "declined": N_("It is stopped. Nothing was published."),
    "signed": N_("You have countersigned your bid."),
    "stands": N_("Your offer stands. It is shown on your public page."),
    "ended": N_("Your offer stands no more."),
    "placed": N_("Your bid stands."),
    "raised": N_("Your bid is raised."),
    "withdrawn": N_("Your bid is withdrawn. Its history stays in the record."),
    "accepted": N_("You have accepted the agreement."),
    "proceed": N_("You said yes to the day."),
}


@router.get("/shop")
def home(request: Request, here: SiteDep, who: Who, done: Done = "") -> Response:
    if who.shop is None:
        return entrance(request)
    with here.db.reading() as session:
        involved = everything(session, here, who.shop)
        known = who.shop.id in businesses.known(session, [who.shop.id])
    shown = [
        {"campaign": i.campaign, "state": STATES[i.campaign.state], "duties": duties(i)} for i in _sorted(involved)
    ]
    said = translator(locale_of(request)).gettext(NOTICES[done]) if done in NOTICES else None
    return render(request, "shop/home.html", shop=who.shop, shown=shown, known=known, notice=said)


def _sorted(involved: list[Involved]) -> list[Involved]:
    """Where something is urgent comes first; else the newest campaign."""
    return sorted(involved, key=lambda i: not any(duty.urgent for duty in duties(i)))


def everything(session: Session, here: Site, shop: Business) -> list[Involved]:
    """The shop's campaigns with its own part in each; one query for each kind of thing."""
    now, ids = here.clock.now(session), businesses.campaigns_of(session, shop.id)
    held = campaign_queries.by_ids(session, ids)
    bids, agreements = businesses.bids_of(session, shop.id), businesses.agreements(session, ids)
    prepared = businesses.prepared_for(session, shop.id)
    standing = {s.campaign: s for s in businesses.standing_of(session, shop.id, now.date())}
    back = {held.campaign: held for held in returns.sums(session, ids) if held.business == shop.id}
    tasks = task_queries.tasks(session, held.values(), shop.id)
    tills, promises = pledges.tills_of(session, shop.id), businesses.promises_of(session, shop.id)

    def involved(campaign: Campaign) -> Involved:
        bid = bids.get(campaign.id)
        return Involved(
            campaign=campaign,
            now=now,
            business=shop.id,
            bid=bid,
            prepared=prepared.get(campaign.id),
            standing=standing.get(campaign.id),
            returns=back.get(campaign.id),
            tasks=tasks.get(campaign.id, ()),
            agreement=agreements.get(bid.id) if bid else None,
            tills=tuple(t for t in tills if t.campaign == campaign.id),
            obligations=tuple(o for o in promises if o.campaign == campaign.id),
        )

    return [involved(held[id_]) for id_ in ids if id_ in held]


@router.get("/shop/{slug}/proceed")
def show_proceed(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    if who.shop is None:
        return entrance(request)
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
    inviting.demand_winner(campaign, who.shop)
    held: dict[str, Any] = {"campaign": campaign, "shop": who.shop}
    return render(request, "shop/proceed.html", **held)


@router.post("/shop/{slug}/proceed")
def proceed(slug: str, act: Act) -> Response:
    """After a miss: the business wants the day all the same."""
    shop = act.who.demand_shop()

    def work(session: Session) -> str:
        inviting.demand_winner(campaign_queries.by_slug(session, slug), shop)
        campaigns.proceed(session, act.here.clock, slug, "business", None)
        return "/shop?done=proceed"

    return act.do(work)
