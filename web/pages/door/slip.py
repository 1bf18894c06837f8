"""A till total that crew read from its slip: photo and figures, marked so, and countersigned by the business."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as businesses
from campaigns.values import Campaign, Window
from core import formats
from core.errors import Invalid
from core.i18n import N_, translator
from pledges import queries, service
from pledges.values import TillTotal
from web.pages.door.checking import door
from web.pages.edge import Act, Acting, Visitor, Who, kept_photo, typed, words
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import till_form
from web.views.fields import Fields

router = APIRouter()
DONE = N_("It is entered and marked. The business has to countersign it.")


@router.get("/door/{slug}/slip")
def show(
    slug: str, request: Request, here: SiteDep, who: Who, done: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    return _page(request, here, who, slug, Typed(), notice=DONE if done else "")


@router.post("/door/{slug}/slip")
def enter(slug: str, request: Request, act: Act) -> Response:
    """The photo is kept first, so that it is not lost by what is refused after."""
    act.demand_token()
    with act.here.db.reading() as session:
        campaign = door(session, act.who, slug)
    form = typed(act.form)
    try:
        photo = kept_photo(act, "photo")
        form = form.with_value("kept", photo)
        return act.do(lambda session: _enter(session, act, campaign, photo.partition(":")[0]))
    except Invalid as wrong:
        return _page(request, act.here, act.who, slug, form.refused(wrong))


def _enter(session: Session, act: Acting, campaign: Campaign, photo: str) -> str:
    fields = Fields({name: words(act.form, name) for name in act.form}, locale_of(act.request))
    window, _, business = fields.raw("hours").partition(":")
    fields.require(business, "hours", "choose the hours")
    figures = till_form.figures(fields, campaign.currency)
    person = act.who.demand_person()
    service.enter_slip(session, act.here.clock, person, campaign.slug, window, business, figures, photo)
    return f"/door/{campaign.slug}/slip?done=yes"


def _page(request: Request, here: Site, who: Visitor, slug: str, form: Typed, *, notice: str = "") -> Response:
    with here.db.reading() as session:
        campaign = door(session, who, slug)
        shops = businesses.businesses(session, [w.business for w in campaign.winners])
        held = {(till.window, till.business): till for till in queries.till_totals(session, campaign.id)}
        now = here.clock.now(session)
    locale = locale_of(request)
    places = [(window, shop) for window in campaign.windows for shop in shops.values() if window.closes_at <= now]
    hours = [
        (f"{window.id}:{shop.id}", f"{shop.name}, {_span(campaign, window, locale)}")
        for window, shop in places
        if _open(held.get((window.id, shop.id)))
    ]
    return render(
        request,
        "door/slip.html",
        status=422 if form.errors else 200,
        notice=translator(locale).gettext(notice) if notice else None,
        campaign=campaign,
        hours=hours,
        form=form,
    )


def _open(till: TillTotal | None) -> bool:
    return till is None or till.lacks_signature


def _span(campaign: Campaign, window: Window, locale: str) -> str:
    return formats.span(window.opens_at, window.closes_at, locale, campaign.timezone)
