"""A campaign's public page in every state, its live figures, and the ask that comes before a pledge."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session
from starlette.convertors import StringConvertor, register_url_convertor

from accounts import service as accounts
from businesses import service as businesses
from campaigns import queries
from campaigns import service as campaigns
from campaigns.values import Campaign, State
from core.errors import Invalid
from core.i18n import N_, translator
from web.pages import kept
from web.pages.campaign.known import gather
from web.pages.campaign.shown import show
from web.pages.edge import PublicAct, typed, visitor, words
from web.rendering import locale_of, render
from web.site import Site, SiteDep, site
from web.typed import Typed
from web.views.amounts import chosen, where_typed


class Slug(StringConvertor):
    """A campaign's name in an address: anything but what another page beside it is called."""

    regex = "(?!new(?:/|$))[^/]+"


register_url_convertor("campaign", Slug())
router = APIRouter()
_SEEN = N_("Thank you. Businesses can see now that one more would come.")
ASKED = {
    "yes": _SEEN,
    "counted": _SEEN,
    "mailed": N_("Thank you. Press the button in the mail that is on its way to you, and you are counted."),
}

BRIEFLY = {"Cache-Control": "public, max-age=5"}
NOTHING_KEPT = {"Cache-Control": "no-store"}


@router.get("/campaigns/{slug:campaign}")
async def page(slug: str, request: Request) -> Response:
    """The same bytes for everybody, but for a draft, which exists for its team only.

    Asks for nothing but its address: resolving what is injected would cost as much as answering a kept page.
    """
    here = await site(request)
    notice = ASKED.get(request.query_params.get("asked", ""))
    return await kept.public(request, here.db, lambda: shown(request, here, slug, Typed(), notice=notice))


def shown(
    request: Request, here: Site, slug: str, form: Typed, status: int = 200, notice: str | None = None
) -> Response:
    """The page, also with a form that was refused."""
    locale = locale_of(request)
    with here.db.reading() as session:
        campaign = known_to(session, request, here, slug)
        view = show(gather(session, here.clock, campaign), locale)
    said = notice and translator(locale).gettext(notice)
    headers = BRIEFLY if status == 200 and campaign.state != State.DRAFT else NOTHING_KEPT
    return render(request, "campaign.html", status=status, headers=headers, shown=view, form=form, notice=said)


def known_to(session: Session, request: Request, here: Site, slug: str) -> Campaign:
    """The campaign; a draft only for its team. Cookies are read for drafts alone. Raises NotFound."""
    campaign = queries.by_slug(session, slug)
    if campaign.state == State.DRAFT:
        person = visitor(request, here).person
        campaigns.demand_public(campaign, frozenset(accounts.roles(session, campaign.team, person)))
    return campaign


@router.get("/campaigns/{slug}/live")
async def live(slug: str, request: Request) -> Response:
    """The figures of the day alone, for the page to renew; elsewhere in a campaign's life they are empty."""
    here = await site(request)
    return await kept.polled(request, here.db, lambda: figures(request, here, slug))


def figures(request: Request, here: Site, slug: str) -> Response:
    with here.db.reading() as session:
        campaign = known_to(session, request, here, slug)
        view = show(gather(session, here.clock, campaign), locale_of(request))
    headers = NOTHING_KEPT if campaign.state == State.DRAFT else {"Cache-Control": "public, max-age=2"}
    return render(request, "campaign/live.html", headers=headers, shown=view)


@router.post("/campaigns/{slug}/asks")
def ask(slug: str, request: Request, here: SiteDep, act: PublicAct) -> Response:
    """ "I would come", before there is an award."""
    form = typed(act.form)

    def work(session: Session) -> str:
        campaign = queries.by_slug(session, slug)
        amount = chosen(form, campaign.currency, locale_of(request))
        email, wish = (words(act.form, name) for name in ("email", "wish"))
        businesses.ask(session, here.clock, slug, amount, email, wish, locale_of(request))
        return f"/campaigns/{slug}?asked={'mailed' if email else 'yes'}#main"

    try:
        return act.do(work, most=60)
    except Invalid as wrong:
        return shown(request, here, slug, form.refused(where_typed(wrong, form)), status=422)
