"""A monitor's visit as pages: the monitor's form, the business's reply before it is public, and the report itself."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Role
from businesses import queries as business_queries
from businesses.followthrough import Obligation
from businesses.monitoring import queries, service
from businesses.monitoring.service import Draft
from businesses.monitoring.values import Report
from core.errors import FieldError, Invalid, NotFound
from web.pages.edge import Act, Acting, Visitor, Who, typed
from web.pages.edge import words as sent
from web.pages.following.promises import BRIEFLY
from web.pages.following.reading import Following, follow_id, promise
from web.pages.shop.promise import fields_of
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import following as watching
from web.views import monitoring as views
from web.views import promises as slips

router = APIRouter()
ROWS = 6
"""How many findings the form takes; a longer report is filed in two."""


@router.get("/promises/{promise_id}/report")
def form(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """For the campaign's monitor; anybody else is told why not."""
    return _form(request, here, who, promise_id, Typed())


@router.post("/promises/{promise_id}/report")
def file(promise_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """File it: the business is asked for its reply first."""
    rows = [n for n in range(ROWS) if any(sent(act.form, name).strip() for name in _names(n))]

    def work(session: Session) -> str:
        visited_on, drafts = _read(act, rows or [0], promise_id)
        service.file_report(session, here.clock, who.demand_person(), promise_id, visited_on, drafts)
        return f"/promises/{promise_id}/report?done=1"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _form(request, here, who, promise_id, typed(act.form).refused(_renamed(wrong, rows or [0])))


def _names(n: int) -> tuple[str, ...]:
    return tuple(f"findings.{n}.{name}" for name in ("words", "remedy", "due_on"))


def _read(act: Acting, rows: list[int], promise_id: str) -> tuple[date | None, list[Draft]]:
    fields = fields_of(act)
    visited_on, dates = fields.day("visited_on"), [fields.day(f"findings.{n}.due_on") for n in rows]
    fields.check()
    told = [[sent(act.form, f"findings.{n}.{name}") for name in ("obligation", "words", "remedy")] for n in rows]
    return visited_on, [
        Draft(o or promise_id, words, remedy, on) for (o, words, remedy), on in zip(told, dates, strict=True)
    ]


def _renamed(wrong: Invalid, rows: list[int]) -> Invalid:
    """The rules count the findings that there are; the form counts its rows, of which some may be empty."""
    return Invalid([FieldError(_row(error.field, rows), error.message) for error in wrong.errors])


def _row(field: str, rows: list[int]) -> str:
    first, _, rest = field.partition(".")
    n, _, name = rest.partition(".")
    if first != "findings" or not n.isdecimal():
        return "findings.0.words" if first == "findings" else field
    return f"findings.{rows[int(n)] if int(n) < len(rows) else n}.{name}"


def _form(request: Request, here: Site, who: Visitor, promise_id: str, form: Typed) -> Response:
    person = who.demand_person()
    with here.db.reading() as session:
        held, o = promise(session, here.clock, promise_id)
        accounts.demand_role(session, held.campaign.team, person, (Role.MONITOR,))
        others = business_queries.obligations(session, [o.campaign])
    promises = [(each.id, each.words) for each in others if each.business == o.business]
    for n in range(ROWS):
        name = f"findings.{n}.obligation"
        form = form if form.value(name) else form.with_value(name, o.id)
    reader = held.reader(locale_of(request))
    return render(
        request,
        "following/report_form.html",
        status=422 if form.errors else 200,
        done="done" in request.query_params,
        promise=watching.watch(o, slips.followed([o], held.now, reader)[0], held.now, reader),
        promises=promises,
        rows=range(ROWS),
        payers=slips.named_monitors(reader),
        form=form,
        lang=reader.lang,
    )


@router.get("/monitor-reports/{report_id}")
def show(report_id: str, request: Request, here: SiteDep) -> Response:
    """The report, once it is public."""
    with here.db.reading() as session:
        report = queries.by_id(session, report_id)
        if report.published_at is None:
            raise NotFound("There is no such report")
        held, promises = _about(session, here, report)
    return _page(request, report, held, promises, Typed(), headers=BRIEFLY)


@router.get("/monitor-reports/{report_id}/reply")
def read(report_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """The business reads it before everybody else, and may reply."""
    return _reply(request, here, who, report_id, Typed())


@router.post("/monitor-reports/{report_id}/reply")
def reply(report_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """With the reply the report is public."""

    def work(session: Session) -> str:
        service.reply(session, here.clock, who.demand_shop(), report_id, sent(act.form, "reply"))
        return f"/monitor-reports/{report_id}"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _reply(request, here, who, report_id, typed(act.form).refused(wrong))


def _reply(request: Request, here: Site, who: Visitor, report_id: str, form: Typed) -> Response:
    shop = who.demand_shop()
    with here.db.reading() as session:
        report = queries.by_id(session, report_id)
        service.demand_own(report, shop)
        held, promises = _about(session, here, report)
    return _page(request, report, held, promises, form, headers={"Cache-Control": "no-store"}, shop=True)


def _about(session: Session, here: Site, report: Report) -> tuple[Following, dict[str, Obligation]]:
    held = follow_id(session, here.clock, report.campaign)
    return held, {o.id: o for o in held.obligations}


def _page(
    request: Request,
    report: Report,
    held: Following,
    promises: dict[str, Obligation],
    form: Typed,
    *,
    headers: dict[str, str],
    shop: bool = False,
) -> Response:
    reader = held.reader(locale_of(request))
    return render(
        request,
        "following/report.html",
        status=422 if form.errors else 200,
        headers=headers,
        campaign=held.campaign,
        business=held.shops[report.business],
        report=views.report(report, reader),
        promises={id_: promises[id_].words for id_ in report.obligations},
        can_reply=shop and report.replied_at is None,
        private=report.published_at is None,
        form=form,
        lang=reader.lang,
    )
