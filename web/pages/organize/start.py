"""The first short step, which makes the draft; and the list of one's own campaigns."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from campaigns import queries as campaigns
from campaigns import service
from core.errors import Invalid
from core.i18n import LOCALES
from web.pages.edge import Act, Acting, Visitor, Who, typed, words
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import places
from web.views.fields import Fields
from web.views.states import STATES

router = APIRouter()


@router.get("/campaigns/new")
def new(request: Request, who: Who) -> Response:
    """Two questions; everything else can wait."""
    who.demand_person()
    return render(request, "organize/new.html", form=Typed())


@router.post("/campaigns/new")
def create(request: Request, act: Act) -> Response:
    act.who.demand_person()
    try:
        fields = _first_fields(act)
        return act.do(lambda session: _create(session, act, fields))
    except Invalid as wrong:
        return render(request, "organize/new.html", status=422, form=typed(act.form).refused(wrong))


def _first_fields(act: Acting) -> dict[str, str]:
    locale = locale_of(act.request)
    fields = Fields({name: words(act.form, name) for name in ("title", "place")}, locale)
    title, place = fields.text("title", 160, 1), fields.text("place", 160, 1)
    fields.check()
    told = words(act.form, "timezone") or act.who.demand_person().timezone
    guessed = places.guess(told, act.request.headers.get("accept-language", ""))
    language = locale if locale in LOCALES else LOCALES[0]
    return {
        "title": title, "place": place, "timezone": guessed.timezone, "currency": guessed.currency,
        "language": language,
    }  # fmt: skip


def _create(session: Session, act: Acting, fields: dict[str, str]) -> str:
    made = service.create(session, act.here.clock, act.who.demand_person(), fields)
    return f"/organize/{made.slug}/story"


@router.get("/organize")
def own(request: Request, here: SiteDep, who: Who) -> Response:
    """The campaigns on whose teams one is, newest first."""
    return render(request, "organize/list.html", campaigns=_own(here, who), states=STATES)


def _own(here: Site, who: Visitor) -> list[dict[str, object]]:
    person = who.demand_person()
    with here.db.reading() as session:
        teams = accounts.teams_of(session, person)
        held = campaigns.of_teams(session, list(teams))
    return [{"campaign": each, "roles": teams[each.team]} for each in held]


@router.get("/campaigns/{slug}/organize")
def moved(slug: str) -> Response:
    """The address that mails carry."""
    return RedirectResponse(f"/organize/{slug}", 303)
