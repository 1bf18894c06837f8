"""A stall in the street: one phone takes the pledges of many people, or paper sheets that are entered later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from campaigns.rules import takes_pledges
from campaigns.values import Campaign
from core.errors import Invalid, NotFound
from pledges import queries
from pledges import service as pledges
from pledges.rules import sheets
from pledges.rules.codes import spoken
from pledges.values import Pledge, PledgeOffer
from web.pages.agreement import pdf
from web.pages.campaign.known import winners
from web.pages.edge import Act, Visitor, Who, typed, words
from web.papers import sheet as paper
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import amounts
from web.views.bargain import bargain
from web.views.fields import Fields

router = APIRouter()
Text = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its number from 1, its code, and the pledge once it was entered."""

    number: int
    code: str
    pledge: Pledge | None


@router.get("/stall/{slug}")
def show(slug: str, request: Request, here: SiteDep, who: Who, made: Text = "", token: Text = "") -> Response:
    """Ready for the next person; with ``made`` first the ticket of the last one, for their own phone's camera."""
    return _page(request, here, who, slug, Typed.start("", party=1), made=(made, token) if made else None)


@router.post("/stall/{slug}")
def take(slug: str, request: Request, act: Act) -> Response:
    """One pledge. The ticket comes up, and with it the form for the next."""
    form, locale = typed(act.form), locale_of(request)

    def work(session: Session) -> str:
        campaign = pledges.stall(session, slug, act.who.demand_person())
        offer = _offer(form, campaign.currency, locale)
        made = pledges.pledge(
            session, act.here.clock, act.here.keys, slug, offer, repeat_of=words(act.form, "key")[:200]
        )
        return f"/stall/{slug}?made={made.id}&token={act.here.keys.token('ticket', made.id)}"

    try:
        return act.do(work, most=6000)
    except Invalid as wrong:
        return _page(request, act.here, act.who, slug, form.refused(amounts.where_typed(wrong, form)), 422)


def _offer(form: Typed, currency: str, locale: str) -> PledgeOffer:
    fields = Fields({name: form.value(name) for name in form.values}, locale)
    amount = fields.keep(lambda: amounts.chosen(form, currency, locale))
    party = fields.whole("party")
    fields.check()
    assert amount is not None
    return PledgeOffer(amount=amount, email=form.value("email"), party=1 if party is None else party, locale=locale)


@router.get("/stall/{slug}/sheets")
def find(slug: str, request: Request, here: SiteDep, who: Who, sheet: Text = "") -> Response:
    """By the name in its corner to the sheet that is to be entered."""
    form = Typed.start("", sheet=sheet)
    try:
        return RedirectResponse(f"/stall/{slug}/sheets/{sheets.read(sheet)}", 303)
    except Invalid as wrong:
        return _page(request, here, who, slug, form.refused(wrong), 422)


@router.get("/stall/{slug}/sheets/print")
def print_(slug: str, here: SiteDep, who: Who) -> Response:
    """A fresh sheet under a name of its own."""
    with here.db.reading() as session:
        pledges.stall(session, slug, who.demand_person())
    return RedirectResponse(f"/stall/{slug}/sheets/{pledges.new_sheet()}.pdf", 303)


@router.get("/stall/{slug}/sheets/{sheet}.pdf")
def printed(slug: str, sheet: str, here: SiteDep, who: Who) -> Response:
    name = _named(sheet)
    with here.db.reading() as session:
        campaign = pledges.stall(session, slug, who.demand_person())
        won = winners(session, campaign)
    said = bargain(campaign, tuple(w.business.name for w in won), tuple(c for w in won for c in w.bid.promised))
    codes = sheets.printed(here.keys, campaign.id, name)
    return pdf(paper.pdf(campaign, name, codes, said.words, here.url(f"/door/{slug}")), f"sheet-{name}.pdf")


@router.get("/stall/{slug}/sheets/{sheet}")
def fill(slug: str, sheet: str, request: Request, here: SiteDep, who: Who) -> Response:
    """The rows as they are on paper; what was entered already is shown."""
    return _sheet(request, here, who, slug, _named(sheet), Typed())


@router.post("/stall/{slug}/sheets/{sheet}")
def enter(slug: str, sheet: str, request: Request, act: Act) -> Response:
    """Enter what was filled in, all or nothing."""
    form, name = typed(act.form), _named(sheet)

    def work(session: Session) -> str:
        person = act.who.demand_person()
        campaign = pledges.stall(session, slug, person)
        offers = _rows(form, campaign, locale_of(request))
        pledges.enter_sheet(session, act.here.clock, act.here.keys, person, slug, name, offers)
        return f"/stall/{slug}/sheets/{name}"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _sheet(request, act.here, act.who, slug, name, form.refused(wrong))


def _named(sheet: str) -> str:
    try:
        return sheets.read(sheet)
    except Invalid:
        raise NotFound("There is no such sheet") from None


def _rows(form: Typed, campaign: Campaign, locale: str) -> dict[int, PledgeOffer]:
    """The rows in which something stands. Raises Invalid naming everything refused."""
    fields = Fields({name: form.value(name) for name in form.values}, locale)
    names = ("amount", "party", "email")
    written = [n for n in range(sheets.ROWS) if fields.has(*(f"rows.{n}.{name}" for name in names))]
    found = {n: _row(fields, f"rows.{n}", campaign) for n in written}
    fields.check()
    return {n: offer for n, offer in found.items() if offer}


def _row(fields: Fields, at: str, campaign: Campaign) -> PledgeOffer | None:
    amount, party, email = fields.money(f"{at}.amount", campaign.currency), fields.whole(f"{at}.party"), f"{at}.email"
    fields.require(fields.has(f"{at}.amount"), f"{at}.amount", "say about how much")
    if amount is None:
        return None
    people = 1 if party is None else party
    return fields.keep(
        lambda: PledgeOffer(amount=amount, email=fields.raw(email), party=people, locale=campaign.language), at
    )


def _page(
    request: Request,
    here: Site,
    who: Visitor,
    slug: str,
    form: Typed,
    status: int = 200,
    made: tuple[str, str] | None = None,
) -> Response:
    with here.db.reading() as session:
        campaign = pledges.stall(session, slug, who.demand_person())
        last = pledges.own(session, here.keys, *made) if made else None
        now = here.clock.now(session)
    opens = here.url(f"/tickets/{last.id}?token={here.keys.token('ticket', last.id)}") if last else ""
    return render(
        request,
        "stall/stall.html",
        status=status,
        campaign=campaign,
        form=form,
        last=last,
        code=spoken(last.code) if last else "",
        opens=opens,
        open=takes_pledges(campaign, now),
        chips=amounts.chips(campaign.currency, locale_of(request)),
    )


def _sheet(request: Request, here: Site, who: Visitor, slug: str, sheet: str, form: Typed) -> Response:
    with here.db.reading() as session:
        campaign = pledges.stall(session, slug, who.demand_person())
        codes = sheets.printed(here.keys, campaign.id, sheet)
        entered = queries.pledges_by_code(session, campaign.id, codes)
        open_ = takes_pledges(campaign, here.clock.now(session))
    held: Sequence[Row] = [Row(n, spoken(code), entered.get(code)) for n, code in enumerate(codes, 1)]
    return render(
        request,
        "stall/sheet.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        sheet=sheet,
        rows=held,
        form=form,
        open=open_,
        done=sum(row.pledge is not None for row in held),
    )
