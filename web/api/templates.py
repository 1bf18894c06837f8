"""Template commitments: the library for everybody, and what organizers add for their own campaigns."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from businesses import queries
from businesses import service as businesses
from businesses.library import Template
from core.i18n import LOCALES
from core.idempotency import Answer
from web.api import bodies as b
from web.api.campaigns import cached, public
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.rendering import locale_of
from web.site import CurrentPerson, MaybePerson, SiteDep
from web.views import library

router = ApiRouter(tags=["templates"])
Lang = Annotated[str, Query(max_length=20)]
Slug = Annotated[str, Query(max_length=100)]


class TemplateBody(b.Body):
    """A commitment without its numbers, as organizers write it; which fields it needs is checked by the rules."""

    topic: b.Short | None = None
    title: b.Short | None = None
    verb: b.Short | None = None
    metric: b.Short | None = None
    unit: b.Short | None = None
    direction: b.Short | None = None
    definition: b.Short | None = None
    baseline_question: b.Short | None = None
    proof: Annotated[list[b.Short], Field(max_length=20)] | b.Short | None = None
    checker: b.Short | None = None
    affected_group: b.Short | None = None
    due_weeks: int | None = None
    how_to: b.Text | None = None


@router.get("/commitment-templates")
def templates(request: Request, here: SiteDep, person: MaybePerson, lang: Lang = "", campaign: Slug = "") -> Response:
    """The library in the reader's language (``?lang=``, else Accept-Language); ``?campaign=``: its own first."""
    locale = lang if lang in LOCALES else locale_of(request)
    own: tuple[Template, ...] = ()
    if campaign:
        with here.db.reading() as session:
            own = queries.templates(session, public(session, campaign, person).team)
    answer = cached(request, {"items": library.listed(own, locale), "next": None})
    answer.headers["Content-Language"] = locale
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer


@router.post("/campaigns/{slug}/commitment-templates", status_code=201)
def add(slug: str, body: TemplateBody, request: Request, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Offer one more template to those who bid in this team's campaigns (organizers)."""

    def work(session: Session) -> Answer:
        made = businesses.add_template(session, here.clock, person, slug, body.model_dump(exclude_unset=True))
        return Answer(201, library.wire(made, "campaign", locale_of(request)))

    return post(body, work)


@router.patch("/campaigns/{slug}/commitment-templates/{template_id}")
def change(
    slug: str, template_id: str, body: TemplateBody, request: Request, person: CurrentPerson, here: SiteDep, post: Post
) -> Response:
    """Change what is sent. Bids that began with it keep their own words."""

    def work(session: Session) -> Answer:
        made = businesses.change_template(
            session, here.clock, person, slug, template_id, body.model_dump(exclude_unset=True)
        )
        return Answer(200, library.wire(made, "campaign", locale_of(request)))

    return post(body, work)


@router.delete("/campaigns/{slug}/commitment-templates/{template_id}", status_code=204)
def withdraw(slug: str, template_id: str, person: CurrentPerson, here: SiteDep) -> Response:
    """Offer it no longer."""
    with here.db.writing() as session:
        businesses.withdraw_template(session, here.clock, person, slug, template_id)
    return Response(status_code=204)
