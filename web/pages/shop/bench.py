"""The sentence builder's workbench: what it stands on, the form, its preview, and the last look before it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from businesses import queries as business_queries
from businesses import rules
from businesses import service as businesses
from businesses.commitments import Commitment
from businesses.library import Template
from businesses.linter import Surroundings
from businesses.preparing import Prepared
from businesses.values import Bid, Business, Offer, Paper
from campaigns import rules as campaign_rules
from campaigns.archive.queries import list_archive
from campaigns.values import Campaign
from core.errors import Invalid
from core.i18n import N_, translator
from web.pages.edge import Acting, typed, words
from web.rendering import locale_of, render
from web.site import Site
from web.typed import Typed
from web.views import bid_form, bidding, examples, hints
from web.views.fields import Fields
from web.views.promises import Reader, monitors, promised
from web.views.ranking import asked


@dataclass(frozen=True)
class Bench:
    """What the builder stands on: the campaign, the shop and its standing bid, for whom promises are read, the
    organizers' own templates, and what the linter knows. ``prepared``, ``paper``: what the organizers
    write down for the shop."""

    campaign: Campaign
    shop: Business
    held: Bid | None
    reader: Reader
    now: datetime
    templates: tuple[Template, ...]
    around: Surroundings
    prepared: Prepared | None = None
    paper: Paper | None = None

    @property
    def open(self) -> bool:
        if self.prepared:
            return businesses.is_fillable(self.campaign, self.prepared, self.now)
        return campaign_rules.takes_bids(self.campaign, self.now)

    @property
    def today(self) -> date:
        """The day where the campaign is."""
        return rules.local_day(self.campaign, self.now)

    @property
    def address(self) -> str:
        """Where the form is sent."""
        if self.prepared:
            return f"/organize/{self.campaign.slug}/prepared/{self.prepared.id}"
        if self.paper:
            return f"/organize/{self.campaign.slug}/paper/{self.paper.id}"
        return f"/shop/{self.campaign.slug}/bid"


def bench(session: Session, request: Request, here: Site, campaign: Campaign, shop: Business, **written: Any) -> Bench:
    """Read what the builder stands on. ``written``: from what the organizers write, ``prepared`` or ``paper``."""
    held = business_queries.bids_of(session, shop.id).get(campaign.id)
    team, now = accounts.members(session, campaign.team), here.clock.now(session)
    templates = business_queries.templates(session, campaign.team)
    around = hints.surroundings(campaign, list_archive(session), ordinary=False)
    reader = Reader(locale_of(request), campaign.language, campaign.timezone, monitors(team))
    standing = held if held and held.stands else None
    return Bench(campaign, shop, standing, reader, now, templates, around, **written)


def build(act: Acting, held: Bench) -> Response:
    """The buttons that place nothing: more rows, a preview, a last look, an example."""
    wish, _, rest = words(act.form, "do").partition(":")
    match wish:
        case "preview":
            return render(act.request, "shop/preview.html", **_preview(act.request, held, typed(act.form)))
        case "review":
            return _review(act, held)
        case "template":
            return builder(act.request, held, _begun(held, typed(act.form), rest))
    return builder(act.request, held, bid_form.changed(typed(act.form), wish, rest))


def place(act: Acting, held: Bench, work: Callable[[Session, Offer], str]) -> Response:
    """The last button: ``work`` places the offer that was typed and says where to go; else the form comes back."""
    try:
        return act.do(lambda session: work(session, _read(act, held)))
    except Invalid as wrong:
        return _refused(act, held, wrong)


def _read(act: Acting, held: Bench) -> Offer:
    """The offer as it was typed. Raises Invalid in the form's field names."""
    return bidding.read(_fields(act.request, typed(act.form)), held.campaign)


def _refused(act: Acting, held: Bench, wrong: Invalid) -> Response:
    """The form again, with what is wrong beside each field."""
    return builder(act.request, held, typed(act.form).refused(bidding.own_names(wrong)), 422)


def _begun(held: Bench, form: Typed, template_id: str) -> Typed:
    """The form with one promise begun from a template: the button's own, or the one that was chosen."""
    wanted = template_id or form.value("template")
    template = examples.find(wanted, held.templates, held.campaign.language, held.reader.locale)
    return examples.begun(form, template) if template else bid_form.changed(form, "", "")


def _fields(request: Request, form: Typed) -> Fields:
    return Fields({name: form.value(name) for name in form.values}, locale_of(request))


def _review(act: Acting, held: Bench) -> Response:
    """What people will see, before it is signed; nothing is placed yet."""
    try:
        offer = _read(act, held)
        with act.here.db.reading() as session:
            promises = _tried(session, act.here, held, offer)
    except Invalid as wrong:
        return _refused(act, held, wrong)
    return render(
        act.request, "shop/review.html", bench=held, form=typed(act.form), **look(act.request, held, offer, promises)
    )


def _tried(session: Session, here: Site, held: Bench, offer: Offer) -> tuple[Commitment, ...]:
    """The promises as they would stand. Raises Invalid for what the rules refuse."""
    if held.prepared:
        tried = businesses.try_prepared(session, here.clock, held.campaign, held.prepared, offer)
        return tried.offer.commitments if tried.offer else ()
    bid, _ = businesses.try_bid(session, here.clock, held.shop, held.campaign.slug, offer)
    return bid.offer.commitments


def look(request: Request, held: Bench, offer: Offer, promises: tuple[Commitment, ...]) -> dict[str, Any]:
    """An offer as people will see it."""
    return {
        "campaign": held.campaign,
        "offer": offer,
        "slips": promised(promises, held.reader),
        "asked": asked(offer, held.campaign, held.reader),
        "amounts": bid_form.ordinary(offer, locale_of(request)),
    }


def builder(request: Request, held: Bench, form: Typed, status: int = 200) -> Response:
    return render(
        request,
        "shop/bid.html",
        status=status,
        form=form,
        bench=held,
        campaign=held.campaign,
        rows=bid_form.rows_of(form),
        sentences=bid_form.sentences(locale_of(request)),
        options=bid_form.options(locale_of(request)),
        labels=bid_form.labels(form, locale_of(request)),
        examples=_examples(held, locale_of(request)),
        questions=examples.questions(form, held.templates, locale_of(request)),
        closer=bid_form.asks_closer(form),
        **_preview(request, held, form),
    )


def _examples(held: Bench, locale: str) -> examples.Groups:
    return examples.groups(held.templates, translator(locale).gettext(N_("From the organizers")), locale)


def _preview(request: Request, held: Bench, form: Typed) -> dict[str, Any]:
    """The slips as far as they can be said, with hints; what still lacks something says what."""
    drafts = bid_form.drafts(_fields(request, form), held.campaign, held.reader, held.around)
    return {"drafts": drafts, "lang": held.reader.lang}
