"""The sentence builder: promises with blanks to fill, a look at what people will see, and then the signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.library import Template
from businesses.linter import Surroundings
from businesses.values import Bid, Business
from campaigns import queries as campaign_queries
from campaigns import rules as campaign_rules
from campaigns.archive.queries import list_archive
from campaigns.values import Campaign
from core.errors import Invalid
from core.i18n import N_, translator
from web.pages.edge import Act, Acting, Who, typed, words
from web.pages.shop.entering import entrance
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import choosing
from web.typed import Typed
from web.views import bid_form, bidding, examples, hints
from web.views.fields import Fields
from web.views.promises import Reader, monitors, promised
from web.views.ranking import asked

router = APIRouter()


@dataclass(frozen=True)
class Bench:
    """What the builder stands on: the campaign, the shop and its standing bid, for whom promises are read, the
    organizers' own templates, and what the linter knows."""

    campaign: Campaign
    shop: Business
    held: Bid | None
    reader: Reader
    now: datetime
    templates: tuple[Template, ...]
    around: Surroundings

    @property
    def open(self) -> bool:
        return campaign_rules.takes_bids(self.campaign, self.now)


@router.get("/shop/{slug}/bid")
def show(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    if who.shop is None:
        return entrance(request)
    bench = _bench(request, here, who.shop, slug)
    values = bidding.shown(bench.held, locale_of(request)) if bench.held else bid_form.first_values()
    return _builder(request, bench, Typed.start("", **values))


@router.post("/shop/{slug}/bid")
def build(slug: str, request: Request, act: Act) -> Response:
    """One form, many buttons: more rows, a preview, a last look, and the signature."""
    bench = _bench(request, act.here, act.who.demand_shop(), slug)
    wish, _, rest = words(act.form, "do").partition(":")
    match wish:
        case "place":
            return _place(act, bench)
        case "preview":
            return render(request, "shop/preview.html", **_preview(request, bench, typed(act.form)))
        case "review":
            return _review(act, bench)
        case "template":
            return _builder(request, bench, _begun(bench, typed(act.form), rest))
    return _builder(request, bench, bid_form.changed(typed(act.form), wish, rest))


@router.post("/shop/{slug}/bid/withdraw")
def withdraw(slug: str, act: Act) -> Response:
    """Take the bid back; after the award the runner-up succeeds."""
    shop = act.who.demand_shop()

    def work(session: Session) -> str:
        choosing.withdraw_bid(session, act.here.clock, shop, slug)
        return "/shop?done=withdrawn"

    return act.do(work)


def _bench(request: Request, here: Site, shop: Business, slug: str) -> Bench:
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        businesses.demand_part(session, campaign, shop)
        held = business_queries.bids_of(session, shop.id).get(campaign.id)
        team, now = accounts.members(session, campaign.team), here.clock.now(session)
        templates = business_queries.templates(session, campaign.team)
        around = hints.surroundings(campaign, list_archive(session), ordinary=False)
    reader = Reader(locale_of(request), campaign.language, campaign.timezone, monitors(team))
    return Bench(campaign, shop, held if held and held.stands else None, reader, now, templates, around)


def _begun(bench: Bench, form: Typed, template_id: str) -> Typed:
    """The form with one promise begun from a template: the button's own, or the one that was chosen."""
    wanted = template_id or form.value("template")
    template = examples.find(wanted, bench.templates, bench.campaign.language, bench.reader.locale)
    return examples.begun(form, template) if template else bid_form.changed(form, "", "")


def _fields(request: Request, form: Typed) -> Fields:
    return Fields({name: form.value(name) for name in form.values}, locale_of(request))


def _review(act: Acting, bench: Bench) -> Response:
    """What people will see, before it is signed; nothing is placed yet."""
    form = typed(act.form)
    try:
        offer = bidding.read(_fields(act.request, form), bench.campaign)
        with act.here.db.reading() as session:
            bid, _ = businesses.try_bid(session, act.here.clock, bench.shop, bench.campaign.slug, offer)
    except Invalid as wrong:
        return _builder(act.request, bench, form.refused(bidding.own_names(wrong)), 422)
    return render(
        act.request,
        "shop/review.html",
        bench=bench,
        campaign=bench.campaign,
        form=form,
        offer=offer,
        slips=promised(bid.offer.commitments, bench.reader),
        asked=asked(bid.offer, bench.campaign, bench.reader),
        amounts=bid_form.ordinary(offer, locale_of(act.request)),
    )


def _place(act: Acting, bench: Bench) -> Response:
    form = typed(act.form)

    def work(session: Session) -> str:
        offer = bidding.read(_fields(act.request, form), bench.campaign)
        _, fresh = choosing.place_bid(session, act.here.clock, bench.shop, bench.campaign.slug, offer)
        return f"/shop?done={'placed' if fresh else 'raised'}"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _builder(act.request, bench, form.refused(bidding.own_names(wrong)), 422)


def _builder(request: Request, bench: Bench, form: Typed, status: int = 200) -> Response:
    return render(
        request,
        "shop/bid.html",
        status=status,
        form=form,
        bench=bench,
        campaign=bench.campaign,
        rows=bid_form.rows_of(form),
        sentences=bid_form.sentences(locale_of(request)),
        options=bid_form.options(locale_of(request)),
        labels=bid_form.labels(form, locale_of(request)),
        examples=_examples(bench, locale_of(request)),
        questions=examples.questions(form, bench.templates, locale_of(request)),
        **_preview(request, bench, form),
    )


def _examples(bench: Bench, locale: str) -> examples.Groups:
    return examples.groups(bench.templates, translator(locale).gettext(N_("From the organizers")), locale)


def _preview(request: Request, bench: Bench, form: Typed) -> dict[str, Any]:
    """The slips as far as they can be said, with hints; what still lacks something says what."""
    drafts = bid_form.drafts(_fields(request, form), bench.campaign, bench.reader, bench.around)
    return {"drafts": drafts, "lang": bench.reader.lang}
