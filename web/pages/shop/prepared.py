"""For an owner with ten minutes: one number, and later a look at what the organizers made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses import service as businesses
from businesses.preparing import Prepared, Reply, Stage
from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns.values import Mode, State
from core.errors import Invalid
from web.pages.edge import Act, Acting, Who, typed, words
from web.pages.shop import bench as builder
from web.pages.shop.bench import Bench
from web.pages.shop.entering import entrance
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import choosing
from web.typed import Typed
from web.views.fields import Fields

router = APIRouter()


@dataclass(frozen=True)
class _Held:
    """What the page is about: the shop's part in the campaign, and what is prepared for it."""

    bench: Bench
    prepared: Prepared | None


@router.get("/shop/{slug}/prepared")
def show(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    if who.shop is None:
        return entrance(request)
    return _page(request, _held(request, here, who.shop, slug), Typed())


@router.post("/shop/{slug}/prepared")
def answer(slug: str, request: Request, act: Act) -> Response:
    """Give the number; or approve, send back or stop what was made of it."""
    shop, wish = act.who.demand_shop(), words(act.form, "do")

    def work(session: Session) -> str:
        if wish in set(Reply):
            return _reply(session, act, shop, slug, Reply(wish))
        return _ask(session, act, shop, slug)

    try:
        return act.do(work)
    except Invalid as wrong:
        return _page(request, _held(request, act.here, shop, slug), typed(act.form).refused(wrong))


def _ask(session: Session, act: Acting, shop: Business, slug: str) -> str:
    fields = Fields({name: words(act.form, name) for name in act.form}, locale_of(act.request))
    share = fields.number("share")
    fields.require(share is not None or fields.has("share"), "share", "please fill this in")
    fields.check()
    assert share is not None
    businesses.ask_to_prepare(session, act.here.clock, shop, slug, share, words(act.form, "purpose"))
    return "/shop?done=asked"


def _reply(session: Session, act: Acting, shop: Business, slug: str, said: Reply) -> str:
    version = words(act.form, "version")
    seen = int(version) if version.isascii() and version.isdecimal() else 0
    made, bid = choosing.reply_to_prepared(session, act.here.clock, shop, slug, said, seen, words(act.form, "words"))
    return "/shop?done=placed" if bid else f"/shop?done={made.stage.value}"


def _held(request: Request, here: Site, shop: Business, slug: str) -> _Held:
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        businesses.demand_part(session, campaign, shop)
        found = business_queries.prepared_for(session, shop.id).get(campaign.id)
        return _Held(builder.bench(session, request, here, campaign, shop), found)


def _page(request: Request, about: _Held, form: Typed) -> Response:
    bench, held = about.bench, about.prepared
    sealed = bench.campaign.bidding is not None and bench.campaign.bidding.mode == Mode.SEALED
    draft = bench.campaign.state == State.DRAFT
    ready = held is not None and held.stage == Stage.READY and held.offer is not None and (bench.open or draft)
    context: dict[str, Any] = {"campaign": bench.campaign}
    if ready and held and held.offer:
        context = builder.look(request, bench, held.offer, held.offer.commitments)
    return render(
        request,
        "shop/prepared.html",
        status=422 if form.errors else 200,
        bench=bench,
        held=held,
        ready=ready,
        draft=draft,
        sealed=sealed,
        open=bench.open and not sealed,
        address=f"/shop/{bench.campaign.slug}/prepared",
        form=form,
        **context,
    )
