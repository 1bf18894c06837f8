"""The till's own file: chosen, looked at until its columns are right, and counted with one button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns.values import Campaign, Window
from core.errors import Invalid
from pledges import queries, till_files
from pledges import service as pledges
from pledges.till_files import Columns, Look, Table
from pledges.values import TillFile, Visibility
from web.pages.edge import Act, Acting, Who, sent_file, typed, words
from web.pages.shop.entering import entrance
from web.pages.shop.till import page as till_page
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import inviting
from web.typed import Typed
from web.views import till_file as views
from web.views.fields import Fields

router = APIRouter()


@dataclass(frozen=True)
class Desk:
    """A shop's file before it, and the windows for which it can count."""

    campaign: Campaign
    shop: Business
    file: TillFile
    table: Table
    windows: list[Window]
    proposed: Columns

    def look(self, columns: Columns) -> Look:
        return till_files.look(self.table, columns, self.campaign, self.windows)


@router.post("/shop/{slug}/till/file")
def send(slug: str, request: Request, act: Act) -> Response:
    """A file is read first and kept then: what is no table is not kept."""
    shop, content = act.who.demand_shop(), sent_file(act.form, "file")
    act.demand_token()
    with act.here.db.reading() as session:
        inviting.demand_winner(campaign_queries.by_slug(session, slug), shop)
    try:
        till_files.open_table(content, "file")
    except Invalid as wrong:
        return till_page(request, act.here, shop, slug, ("file", typed(act.form, "file-").refused(wrong)))
    name = act.here.files.put(content)

    def work(session: Session) -> str:
        held = pledges.keep_till_file(session, act.here.clock, slug, shop.id, name)
        return f"/shop/{slug}/till/file/{held.id}"

    return act.do(work)


@router.get("/shop/{slug}/till/file/{file_id}")
def show(slug: str, file_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """What it comes to by the columns that were proposed, or chosen the last time."""
    if who.shop is None:
        return entrance(request)
    desk = _desk(here, who.shop, slug, file_id)
    return _page(request, desk, views.shown(desk.proposed))


@router.post("/shop/{slug}/till/file/{file_id}")
def choose(slug: str, file_id: str, request: Request, act: Act) -> Response:
    """Other columns, and a look again; or the button with which it counts."""
    act.demand_token()
    desk, form = _desk(act.here, act.who.demand_shop(), slug, file_id), typed(act.form)
    if words(act.form, "do") != "count":
        return _page(request, desk, form)
    try:
        columns = views.columns(form)
        found = desk.look(columns)
        return act.do(lambda session: _counted(session, act, desk, columns, found))
    except Invalid as wrong:
        return _page(request, desk, form.refused(wrong))


def _counted(session: Session, act: Acting, desk: Desk, columns: Columns, found: Look) -> str:
    fields = Fields({"visibility": words(act.form, "visibility")}, locale_of(act.request))
    visibility = fields.choice("visibility", Visibility, Visibility.PUBLIC)
    slug, shop = desk.campaign.slug, desk.shop.id
    pledges.count_till_file(session, act.here.clock, slug, shop, desk.file.id, columns, found.counts, visibility)
    return f"/shop/{slug}/till?done=file"


def _desk(here: Site, shop: Business, slug: str, file_id: str) -> Desk:
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        inviting.demand_winner(campaign, shop)
        held = queries.till_file(session, file_id, campaign.id, shop.id)
        tills = [till for till in queries.till_totals(session, campaign.id) if till.business == shop.id]
        remembered, now = queries.till_columns(session, shop.id), here.clock.now(session)
    table = till_files.open_table(here.files.get(held.content), "file")
    windows = views.open_windows(campaign, tills, now)
    return Desk(campaign, shop, held, table, windows, till_files.propose(table.heads, remembered))


def _page(request: Request, desk: Desk, form: Typed) -> Response:
    found, status = Look(), 422 if form.errors else 200
    try:
        found = desk.look(views.columns(form))
    except Invalid as wrong:
        form, status = form if form.errors else form.refused(wrong), 422
    teller = views.Teller(desk.campaign, locale_of(request))
    context: dict[str, Any] = {
        "hours": teller.hours(found, desk.windows),
        "first": teller.first(found),
        "left_out": teller.left_out(found),
        "refused": teller.refused(found),
    }
    return render(
        request,
        "shop/till_file.html",
        status=status,
        campaign=desk.campaign,
        form=form,
        options=views.choices(desk.table),
        labels=views.LABELS,
        orders=views.ORDERS,
        marks=views.MARKS,
        address=f"/shop/{desk.campaign.slug}/till/file/{desk.file.id}",
        latin=desk.table.encoding == "Latin-1",
        counts=bool(found.counts),
        refunds=found.refunds,
        **context,
    )
