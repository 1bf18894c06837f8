"""Organizers' own template commitments: listed, added, changed and withdrawn."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses import service as businesses
from businesses.library import TOPICS, Template, codec
from campaigns.values import Campaign
from core.errors import Invalid, NotFound
from core.i18n import N_, translator
from core.wire import Json
from web.pages.edge import Act, Acting, Visitor, Who, typed, words
from web.pages.organize.team import organizer_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import bid_form
from web.views.bid_form import Options

router = APIRouter()
Done = Annotated[str, Query(max_length=20)]

NOTICES = {
    "added": N_("The example is there. Who bids finds it first."),
    "changed": N_("The example is changed."),
    "withdrawn": N_("The example is withdrawn. Bids that began with it stay as they are."),
}
FIRST = {"direction": "more", "checker": "monitor", "due_weeks": "26"}


@router.get("/organize/{slug}/templates")
def show(slug: str, request: Request, here: SiteDep, who: Who, done: Done = "") -> Response:
    """The team's templates, and an empty form for one more."""
    campaign, held = _held(here, who, slug)
    notice = translator(locale_of(request)).gettext(NOTICES[done]) if done in NOTICES else None
    return _page(request, campaign, held, Typed.start("", **FIRST), notice=notice)


@router.post("/organize/{slug}/templates")
def add(slug: str, request: Request, act: Act) -> Response:
    person = act.who.demand_person()

    def work(session: Session) -> str:
        businesses.add_template(session, act.here.clock, person, slug, _body(act))
        return f"/organize/{slug}/templates?done=added"

    return _done(request, act, slug, work)


@router.get("/organize/{slug}/templates/{template_id}")
def edit(slug: str, template_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    campaign, held = _held(here, who, slug)
    found = next((each for each in held if each.id == template_id), None)
    if found is None:
        raise NotFound("There is no such template")
    return _page(request, campaign, held, Typed.start("", **_shown(found)), changed=template_id)


@router.post("/organize/{slug}/templates/{template_id}")
def change(slug: str, template_id: str, request: Request, act: Act) -> Response:
    """Replace it, or withdraw it by the form's other button."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        if words(act.form, "do") == "withdraw":
            businesses.withdraw_template(session, act.here.clock, person, slug, template_id)
            return f"/organize/{slug}/templates?done=withdrawn"
        businesses.change_template(session, act.here.clock, person, slug, template_id, _body(act))
        return f"/organize/{slug}/templates?done=changed"

    return _done(request, act, slug, work, template_id)


def _done(request: Request, act: Acting, slug: str, work: Any, changed: str = "") -> Response:
    try:
        return act.do(work)
    except Invalid as wrong:
        campaign, held = _held(act.here, act.who, slug)
        return _page(request, campaign, held, typed(act.form).refused(wrong), changed=changed, status=422)


def _held(here: Site, who: Visitor, slug: str) -> tuple[Campaign, tuple[Template, ...]]:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        return campaign, business_queries.templates(session, campaign.team)


def _body(act: Acting) -> Json:
    return {name: words(act.form, name) for name in act.form}


def _shown(held: Template) -> Json:
    return codec.written(held) | {"proof": ", ".join(held.proof)}


def _page(
    request: Request,
    campaign: Campaign,
    held: tuple[Template, ...],
    form: Typed,
    *,
    changed: str = "",
    notice: str | None = None,
    status: int = 200,
) -> Response:
    """``changed``: the template that the form is about; empty for one more."""
    locale = locale_of(request)
    return render(
        request,
        "organize/templates.html",
        status=status,
        notice=notice,
        campaign=campaign,
        held=held,
        form=form,
        changed=changed,
        topics=_topics(locale),
        options=bid_form.options(locale),
    )


def _topics(locale: str) -> Options:
    say = translator(locale).gettext
    return [(topic.value, say(name)) for topic, name in TOPICS.items()]
