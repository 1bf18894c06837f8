"""A monitor's visit as a report: filed, replied to, and public with the reply or after seven days."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Request
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from businesses.monitoring import queries, service
from businesses.monitoring.service import Draft
from core.idempotency import Answer
from web.api import bodies as b
from web.api.campaigns import cached, public
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentPerson, CurrentShop, MaybePerson, SiteDep
from web.views.monitoring import wire

router = ApiRouter(tags=["keeping the word"])


class FindingBody(b.Body):
    """About which promise (without one: the one that the report is filed at), what, and what is asked for by when."""

    words: b.Text
    obligation: b.Short = ""
    remedy: b.Text = ""
    due_on: date | None = None


class ReportBody(b.Body):
    visited_on: date
    findings: Annotated[list[FindingBody], Field(max_length=100)]


class ReportReplyBody(b.Body):
    reply: b.Text


@router.get("/campaigns/{slug}/monitor-reports")
def list_(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """The public reports of a campaign, oldest first."""
    with here.db.reading() as session:
        items = [wire(report) for report in queries.published(session, public(session, slug, person).id)]
    return cached(request, {"items": items, "next": None})


@router.post("/obligations/{obligation_id}/monitor-reports", status_code=201)
def file(obligation_id: str, body: ReportBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """The monitor reports a visit to the business that made this promise."""
    drafts = [Draft(f.obligation or obligation_id, f.words, f.remedy, f.due_on) for f in body.findings]

    def work(session: Session) -> Answer:
        made = service.file_report(session, here.clock, person, obligation_id, body.visited_on, drafts)
        return Answer(201, wire(made))

    return post(body, work)


@router.post("/monitor-reports/{report_id}/reply")
def reply(report_id: str, body: ReportReplyBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """The business replies; with its reply the report is public."""

    def work(session: Session) -> Answer:
        return Answer(200, wire(service.reply(session, here.clock, shop, report_id, body.reply)))

    return post(body, work)
