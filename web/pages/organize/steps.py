"""The draft's steps: each its own form, saved on going on, and by itself while somebody types."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Person
from campaigns import service
from campaigns.values import Campaign, State
from core.errors import Invalid, NotFound
from pledges import queries as pledge_queries
from web.pages.edge import Act, Acting, Visitor, Who, typed, words
from web.pages.organize.team import organizer_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import moving
from web.typed import Typed
from web.views import drafting, places
from web.views.drafting import Step
from web.views.fields import Fields, rows

router = APIRouter()
AUTOSAVE = "x-autosave"


@router.get("/organize/{slug}/{name}")
def show(slug: str, name: str, request: Request, here: SiteDep, who: Who) -> Response:
    step, campaign = _step(name), _campaign(here, who, slug)
    with here.db.reading() as session:
        values = drafting.shown(campaign, locale_of(request), here.clock.now(session))
    return _page(request, step, campaign, Typed.start("", **values))


@router.post("/organize/{slug}/{name}")
def save(slug: str, name: str, request: Request, act: Act) -> Response:
    step, campaign = _step(name), _campaign(act.here, act.who, slug)
    if words(act.form, "do").startswith("add-"):
        return _page(request, step, campaign, typed(act.form), more=words(act.form, "do").removeprefix("add-"))
    try:
        changes = _changes(act, step, campaign)
        return _saved(act, act.do(lambda session: _save(session, act, slug, step, changes)))
    except Invalid as wrong:
        if AUTOSAVE in request.headers:
            return Response(status_code=422)
        return _page(request, step, campaign, typed(act.form).refused(wrong), status=422)


def _saved(act: Acting, answer: Response) -> Response:
    return Response(status_code=204) if AUTOSAVE in act.request.headers else answer


def _step(name: str) -> Step:
    found = drafting.step(name)
    if found is None:
        raise NotFound("There is nothing here")
    return found


def _campaign(here: Site, who: Visitor, slug: str) -> Campaign:
    with here.db.reading() as session:
        return organizer_in(session, who, slug).campaign


def _changes(act: Acting, step: Step, campaign: Campaign) -> dict[str, Any]:
    values = {key: words(act.form, key) for key in act.form}
    return drafting.read(Fields(values, locale_of(act.request)), campaign, _open(step, campaign))


def _open(step: Step, campaign: Campaign) -> frozenset[str]:
    """The step's terms that may still be changed in this state. A business is named anew on the organizers' page."""
    allowed = service.open_to_change(campaign.state)
    return frozenset(step.terms) & (allowed if campaign.state == State.DRAFT else allowed - {"business"})


def _save(session: Session, act: Acting, slug: str, step: Step, changes: dict[str, Any]) -> str:
    person: Person = act.who.demand_person()
    campaign, material = moving.edit(session, act.here.clock, person, slug, changes)
    if campaign.state != State.DRAFT:
        asked = pledge_queries.asked_again(session, campaign.id, campaign.terms_version) if material else 0
        return f"/organize/{slug}?done=changed&asked={asked}"
    following = _next(step) if words(act.form, "do") != "back" else None
    return f"/organize/{slug}/{following.name}" if following else f"/organize/{slug}"


def _next(step: Step) -> Step | None:
    at = drafting.STEPS.index(step) + 1
    return drafting.STEPS[at] if at < len(drafting.STEPS) else None


def _page(
    request: Request, step: Step, campaign: Campaign, form: Typed, *, status: int = 200, more: str = ""
) -> Response:
    """The step as typed; ``more`` names the list that gets another empty row."""
    return render(
        request,
        f"organize/step_{step.name}.html",
        status=status,
        form=form,
        step=step,
        number=drafting.STEPS.index(step) + 1,
        steps=drafting.STEPS,
        campaign=campaign,
        open=_open(step, campaign),
        rows={
            name: _rows(form, name, more) for name in ("windows", "co_hosts", "bidding.criteria", "bidding.questions")
        },
        zones=places.zone_options(),
        currencies=places.currency_options(locale_of(request)),
    )


def _rows(form: Typed, name: str, more: str) -> list[int]:
    """The rows of a list: those that are filled, one at least, and one more where it was asked for."""
    held = rows(form.values, name)
    return [*held, len(held)] if more == name or not held else held
