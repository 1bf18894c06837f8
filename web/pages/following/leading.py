"""Whoever leads a circle comes by a mailed link, or signed in as the monitor; opening a page does nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses import service as businesses
from businesses.agreement import CHECKERS
from businesses.circles import queries, service
from businesses.circles.service import Draft, Leader
from businesses.circles.values import Circle, Gathering
from businesses.commitments import Checker
from businesses.followthrough import Obligation, is_seated
from core import formats
from core.errors import Forbidden, Invalid, NotFound, refuse
from core.i18n import translator
from web.pages.edge import Act, Acting, Visitor, Who, typed
from web.pages.edge import words as sent
from web.pages.following.reading import Following, promise
from web.pages.following.together import speaker
from web.pages.shop.promise import fields_of
from web.papers import circle as paper
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import circles as trips
from web.typed import Typed
from web.views import circles as views
from web.views import following as watching
from web.views import promises as slips
from web.views.fields import Fields

router = APIRouter(prefix="/circles/{circle_id}")
Token = Annotated[str, Query(max_length=200)]
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
Step = Callable[[Session, Leader, Fields], object]


@router.get("")
def show(circle_id: str, request: Request, here: SiteDep, who: Who, token: Token = "") -> Response:
    """The promise, what holds, and the next step."""
    return _page(request, here, who, circle_id, token, Typed())


@router.post("/accept")
def accept(circle_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """Say whether one leads it, and whether the name may be shown."""
    agrees, show_name = sent(act.form, "answer") == "yes", sent(act.form, "show_name") == "yes"

    def work(session: Session, who: Leader, fields: Fields) -> None:
        service.accept(session, here.clock, who, circle_id, agrees=agrees, show_name=show_name)

    return _do(request, act, circle_id, work)


@router.post("/arrange")
def arrange(circle_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """When and where it meets, and who is invited beside the sides."""

    def work(session: Session, who: Leader, fields: Fields) -> None:
        zone = business_queries.obligation(session, queries.by_id(session, circle_id).obligation).timezone
        at = fields.instant("at", zone)
        fields.check()
        if at is None:
            refuse("at", "say when it meets")
        guests = tuple(sent(act.form, "guests").replace(",", " ").split())
        service.arrange(session, here.clock, who, circle_id, Gathering(at, sent(act.form, "place"), guests))

    return _do(request, act, circle_id, work)


@router.post("/held")
def held(circle_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """It was held."""

    def work(session: Session, who: Leader, fields: Fields) -> None:
        service.hold(session, here.clock, who, circle_id)

    return _do(request, act, circle_id, work)


@router.post("/outcome")
def outcome(circle_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """Write down a remedy for all to accept; or end it without one."""

    def work(session: Session, who: Leader, fields: Fields) -> None:
        if sent(act.form, "none"):
            trips.end_without(session, here.clock, who, circle_id)
            return
        due_on, target = fields.day("due_on"), fields.plain("target")
        fields.check()
        words, checker, unit = (sent(act.form, name) for name in ("words", "checker", "unit"))
        service.propose(session, here.clock, who, circle_id, Draft(words, due_on, checker, target, unit))

    return _do(request, act, circle_id, work)


def _do(request: Request, act: Acting, circle_id: str, step: Step) -> Response:
    token = sent(act.form, "token")

    def work(session: Session) -> str:
        step(session, Leader(act.here.keys, token, act.who.person), fields_of(act))
        return f"/circles/{circle_id}" + (f"?token={token}" if token else "")

    try:
        return act.do(work, most=60)
    except Invalid as wrong:
        return _page(request, act.here, act.who, circle_id, token, typed(act.form).refused(wrong))


def _page(request: Request, here: Site, who: Visitor, circle_id: str, token: str, form: Typed) -> Response:
    with here.db.reading() as session:
        circle = queries.by_id(session, circle_id)
        service.demand_leader(session, Leader(here.keys, token, who.person), circle)
        about, o = promise(session, here.clock, circle.obligation)
    meets = circle.meeting
    more = {"circle": circle, "token": token, "checkers": _checkers(o, locale_of(request))}
    more["has_met"] = circle.stage == "meeting" and meets is not None and about.now >= meets.at
    form = form if form.values or form.errors or meets is None else _arranged(meets, o.timezone)
    return _render(request, "following/leading.html", circle, (about, o), "facilitator", form, more)


def _arranged(held: Gathering, timezone: str) -> Typed:
    """What was arranged, to be changed."""
    at = formats.for_input(held.at, timezone)
    return Typed.start(at=at, place=held.place, guests="\n".join(held.guests))


def _checkers(o: Obligation, locale: str) -> list[tuple[str, str]]:
    say = translator(locale).gettext
    seated = is_seated(o)
    return [(c.value, say(CHECKERS[c.value])) for c in Checker if seated or c != Checker.AFFECTED]


@router.get("/meeting")
def meeting(circle_id: str, request: Request, here: SiteDep, token: Token = "") -> Response:
    """Where it meets, for those whom it invites beside its sides. Raises NotFound once it has ended."""
    with here.db.reading() as session:
        circle = queries.by_id(session, circle_id)
        if not here.keys.fits("meeting", circle.id, token) or circle.meeting is None:
            raise NotFound("This link is not known here, or the circle has ended")
        about = promise(session, here.clock, circle.obligation)
    return _render(request, "following/meeting.html", circle, about, "", Typed(), {})


def _render(
    request: Request,
    template: str,
    circle: Circle,
    about: tuple[Following, Obligation],
    side: str,
    form: Typed,
    more: dict[str, Any],
) -> Response:
    held, o = about
    reader = held.reader(locale_of(request))
    slip = slips.followed([o], held.now, reader)[0]
    return render(
        request,
        template,
        status=422 if form.errors else 200,
        headers=PRIVATE,
        campaign=held.campaign,
        promise=watching.watch(o, slip, held.now, reader),
        part=views.part(circle, side, reader),
        form=form,
        lang=reader.lang,
        **more,
    )


@router.get("/guide.pdf")
def guide(circle_id: str, here: SiteDep, who: Who, token: Token = "") -> Response:
    """The guide to print, for whoever leads and for the sides: it says where the circle meets."""
    with here.db.reading() as session:
        circle = queries.by_id(session, circle_id)
        held, o = promise(session, here.clock, circle.obligation)
        _demand_part(session, here, who, circle, o, token)
    leader = circle.facilitator.named.name
    printed = paper.pdf(held.campaign, circle, o.words, leader)
    return Response(printed, media_type="application/pdf", headers=PRIVATE)


def _demand_part(session: Session, here: Site, who: Visitor, circle: Circle, o: Obligation, token: str) -> None:
    """Raises NotFound, NotSignedIn or Forbidden for whoever neither leads it nor speaks for a side."""
    if who.shop and not token:
        businesses.demand_side(session, o, speaker(session, o, who))
        return
    try:
        service.demand_leader(session, Leader(here.keys, token, who.person), circle)
    except Forbidden:
        businesses.demand_side(session, o, speaker(session, o, who))
