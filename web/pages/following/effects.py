"""Stating what a promise changes: for the business by its link, for the team and for the people affected."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses.effects import queries, service
from businesses.effects.service import Voice
from core.errors import Invalid
from core.i18n import translator
from web.pages.edge import Act, Visitor, Who, typed, words
from web.pages.following.reading import promise
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import effects, following
from web.views import promises as slips
from web.views.fields import Fields

router = APIRouter(prefix="/promises/{promise_id}")
FIELDS = ("kind", "phase", "per", "method", "source")


def voice(who: Visitor) -> Voice:
    """The business's link, else the person. Raises NotSignedIn for nobody."""
    return Voice(business=who.shop) if who.shop else Voice(person=who.demand_person())


@router.get("/effects")
def show(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """The form, below what was stated so far."""
    return _page(request, here, who, promise_id, Typed.start(phase="projected", per="year"))


@router.post("/effects")
def state(promise_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """Projected or measured; it stands in place of what the same voice said before."""

    def work(session: Session) -> str:
        fields = Fields({"value": words(act.form, "value")}, locale_of(request))
        told = {name: words(act.form, name) for name in FIELDS}
        service.state_effect(session, here.clock, voice(who), promise_id, {**told, "value": fields.plain("value")})
        return f"/promises/{promise_id}#effects"

    try:
        return act.do(work, about=words(act.form, "value")[:40])
    except Invalid as wrong:
        return _page(request, here, who, promise_id, typed(act.form).refused(wrong))


def _page(request: Request, here: Site, who: Visitor, promise_id: str, form: Typed) -> Response:
    locale = locale_of(request)
    with here.db.reading() as session:
        held, o = promise(session, here.clock, promise_id)
        service.speaks_as(session, voice(who), o)
        stated = queries.of_obligations(session, [o.id])
    say, reader = translator(locale).gettext, held.reader(locale)
    slip = slips.followed([o], held.now, reader)[0]
    return render(
        request,
        "following/effect.html",
        status=422 if form.errors else 200,
        campaign=held.campaign,
        promise=following.watch(o, slip, held.now, reader),
        lang=reader.lang,
        stated=effects.of_promise(stated, locale, held.campaign.timezone),
        kinds=[
            (kind.value, _labelled(say(label), effects.UNITS.get(kind, ""))) for kind, label in effects.KINDS.items()
        ],
        phases=[(phase.value, say(label)) for phase, label in effects.PHASES.items()],
        periods=[(per.value, say(label)) for per, label in effects.PERIODS.items()],
        form=form,
    )


def _labelled(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label
