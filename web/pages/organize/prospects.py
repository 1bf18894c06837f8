"""The organizers' private list of shops: for a phone in front of the shop, and for a table from the kitchen."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import queries as people
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.prospects import TEXTS, Prospect, Sheet, export
from campaigns.values import Campaign
from core import sheets
from core.errors import Invalid, NotFound
from core.i18n import N_, translator
from core.wire import Json
from web.pages.edge import Act, Acting, Visitor, Who, sent_file, typed, words
from web.pages.organize.team import organizer_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import prospecting

router = APIRouter()
Done = Annotated[str, Query(max_length=20)]

NOTICES = {
    "added": N_("The shop is on the list."),
    "changed": N_("The change is saved."),
    "removed": N_("The shop is off the list."),
    "imported": N_("The shops of the file are on the list."),
}


@router.get("/organize/{slug}/prospects")
def show(slug: str, request: Request, here: SiteDep, who: Who, done: Done = "") -> Response:
    return _list(request, here, who, slug, notice=done)


@router.post("/organize/{slug}/prospects")
def add(slug: str, request: Request, act: Act) -> Response:
    person = act.who.demand_person()

    def work(session: Session) -> str:
        businesses.add_prospect(session, act.here.clock, person, slug, _body(act))
        return f"/organize/{slug}/prospects?done=added"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _list(request, act.here, act.who, slug, add=typed(act.form).refused(wrong))


@router.get("/organize/{slug}/prospects/list.csv")
def download(slug: str, here: SiteDep, who: Who) -> Response:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        content = export(business_queries.prospects(session, campaign.id))
    head = {"Content-Disposition": f'attachment; filename="{slug}.csv"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=head)


@router.get("/organize/{slug}/prospects/import")
def show_import(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
    return _import_page(request, campaign, Typed())


@router.post("/organize/{slug}/prospects/import")
def import_(slug: str, request: Request, act: Act) -> Response:
    """First a look at what the file would bring, with its text to be mended; then it counts."""
    person = act.who.demand_person()
    with act.here.db.reading() as session:
        campaign = organizer_in(session, act.who, slug).campaign
    form, encoding = Typed(), ""
    try:
        text, encoding = _sheet(act)
        form = Typed.start("", sheet=text)
        if words(act.form, "do") == "import":
            return act.do(lambda session: _imported(session, act, slug, text))
        with act.here.db.writing() as session:
            found = businesses.read_prospects(session, act.here.clock, person, slug, text)
    except Invalid as wrong:
        return _import_page(request, campaign, form.refused(wrong), encoding=encoding, status=422)
    return _import_page(request, campaign, form, found, encoding)


def _sheet(act: Acting) -> tuple[str, str]:
    content = sent_file(act.form, "file")
    return sheets.decode(content, "file") if content else (words(act.form, "sheet"), sheets.UTF8)


def _imported(session: Session, act: Acting, slug: str, text: str) -> str:
    businesses.import_prospects(session, act.here.clock, act.who.demand_person(), slug, text)
    return f"/organize/{slug}/prospects?done=imported"


@router.get("/organize/{slug}/prospects/{prospect_id}")
def edit(slug: str, prospect_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    return _one(request, here, who, slug, prospect_id)


@router.post("/organize/{slug}/prospects/{prospect_id}")
def change(slug: str, prospect_id: str, request: Request, act: Act) -> Response:
    """Save it, make its invitation, or take it off the list: by the form's buttons."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        given = (session, act.here.clock, person, slug, prospect_id)
        match words(act.form, "do"):
            case "remove":
                businesses.remove_prospect(*given)
                return f"/organize/{slug}/prospects?done=removed"
            case "invite":
                businesses.change_prospect(*given, _body(act))
                made, _ = businesses.invite_prospect(session, act.here.clock, act.here.keys, person, slug, prospect_id)
                return f"/organize/{slug}/invitations/{made.id}"
        businesses.change_prospect(*given, _body(act))
        return f"/organize/{slug}/prospects?done=changed"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _one(request, act.here, act.who, slug, prospect_id, typed(act.form).refused(wrong))


def _body(act: Acting) -> Json:
    return {name: words(act.form, name) for name in (*TEXTS, "state") if name in act.form}


def _held(session: Session, who: Visitor, slug: str) -> tuple[Campaign, list[Prospect]]:
    campaign = organizer_in(session, who, slug).campaign
    return campaign, business_queries.prospects(session, campaign.id)


def _list(
    request: Request, here: Site, who: Visitor, slug: str, *, add: Typed | None = None, notice: str = ""
) -> Response:
    with here.db.reading() as session:
        campaign, held = _held(session, who, slug)
        wishes = business_queries.wishes(session, campaign.id, 20)
    say = translator(locale_of(request)).gettext
    return render(
        request,
        "organize/prospects.html",
        status=422 if add else 200,
        notice=say(NOTICES[notice]) if notice in NOTICES else None,
        campaign=campaign,
        held=prospecting.in_order(held),
        wishes=wishes,
        figures=prospecting.figures(held, locale_of(request)),
        form=add or Typed(),
        stages=prospecting.STAGES,
    )


def _one(
    request: Request, here: Site, who: Visitor, slug: str, prospect_id: str, form: Typed | None = None
) -> Response:
    with here.db.reading() as session:
        campaign, listed = _held(session, who, slug)
        held = next((each for each in listed if each.id == prospect_id), None)
        if held is None:
            raise NotFound("There is no such shop on this list")
        changed_by = people.person(session, held.changed_by)
    context: dict[str, Any] = {"campaign": campaign, "held": held, "changed_by": changed_by}
    return render(
        request,
        "organize/prospect.html",
        status=422 if form else 200,
        form=form or Typed.start("", **prospecting.shown(held)),
        options=prospecting.options(locale_of(request)),
        stages=prospecting.STAGES,
        **context,
    )


def _import_page(
    request: Request, campaign: Campaign, form: Typed, found: Sheet | None = None, encoding: str = "", status: int = 200
) -> Response:
    context: dict[str, Any] = {"campaign": campaign, "form": form, "found": found}
    latin = encoding == sheets.LATIN1
    return render(request, "organize/prospects_import.html", status=status, latin=latin, **context)
