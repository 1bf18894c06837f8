"""Circles: opened about a broken or disputed promise, led by somebody whom all accept, ended with a remedy or none."""

from __future__ import annotations

from datetime import date, datetime

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import queries as business_queries
from businesses.circles import queries, service
from businesses.circles.service import Draft, Leader
from businesses.circles.values import Circle, Gathering, Named
from core import zones
from core.idempotency import Answer
from web.api import bodies as b
from web.api.campaigns import cached
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.api.settling import speaker
from web.site import MaybePerson, MaybeShop, Site, SiteDep
from web.trips import circles as trips
from web.views.circles import private, public

router = ApiRouter(tags=["keeping the word"])


class CircleBody(b.Body):
    """Who is to lead it; without an address the campaign's monitor."""

    email: b.Short = ""
    name: b.Short = ""


class FacilitatorBody(CircleBody):
    """A side's answer to whoever is named; or, after a no, whom else it names (without an address the monitor)."""

    agrees: bool | None = None


class LeadBody(b.Body):
    """Of whoever leads: ``token`` is that of the mailed link, not needed by a monitor who is signed in."""

    token: b.Short = ""


class AcceptBody(LeadBody):
    agrees: bool
    show_name: bool = False


class MeetingBody(LeadBody):
    at: datetime
    place: b.Text
    guests: tuple[b.Short, ...] = ()


class RemedyBody(b.Body):
    words: b.Text
    due_on: date
    checker: b.Short
    target: b.Number = ""
    unit: b.Short = ""


class OutcomeBody(LeadBody):
    """A remedy for all sides to accept; none: it ends without one."""

    remedy: RemedyBody | None = None


class RemedyAnswerBody(b.Body):
    remedy: b.Short
    agrees: bool


def _named(body: CircleBody) -> Named | None:
    return Named(body.email, body.name) if body.email else None


def _leader(here: Site, person: Person | None, body: LeadBody) -> Leader:
    return Leader(here.keys, body.token, person)


def _answer(made: Circle, status: int = 200) -> Answer:
    return Answer(status, private(made))


@router.get("/obligations/{obligation_id}/circles")
def of_promise(obligation_id: str, request: Request, here: SiteDep) -> Response:
    """What is public of the circles about a promise, oldest first."""
    with here.db.reading() as session:
        held = business_queries.obligation(session, obligation_id)
        items = [public(c) for c in queries.of_obligation(session, held.id)]
    return cached(request, {"items": items, "next": None})


@router.post("/obligations/{obligation_id}/circles", status_code=201)
def open_(
    obligation_id: str, body: CircleBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post
) -> Response:
    """Open one: a side, or the monitor."""

    def work(session: Session) -> Answer:
        who = speaker(person, shop)
        return _answer(service.open_circle(session, here.clock, who, obligation_id, _named(body)), 201)

    return post(body, work)


@router.post("/circles/{circle_id}/facilitator")
def facilitator(
    circle_id: str, body: FacilitatorBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post
) -> Response:
    """A side accepts whoever is to lead, or not; after a no, a side names somebody else."""

    def work(session: Session) -> Answer:
        who = speaker(person, shop)
        if body.agrees is None:
            return _answer(service.name_another(session, here.clock, who, circle_id, _named(body)))
        return _answer(service.answer_facilitator(session, here.clock, who, circle_id, agrees=body.agrees))

    return post(body, work)


@router.post("/circles/{circle_id}/lead")
def lead(circle_id: str, body: AcceptBody, here: SiteDep, person: MaybePerson, post: Post) -> Response:
    """Whoever is asked to lead says whether they do, and whether their name may be shown."""

    def work(session: Session) -> Answer:
        who, said = _leader(here, person, body), {"agrees": body.agrees, "show_name": body.show_name}
        return _answer(service.accept(session, here.clock, who, circle_id, **said))

    return post(body, work, most=60)


@router.post("/circles/{circle_id}/meeting")
def meeting(circle_id: str, body: MeetingBody, here: SiteDep, person: MaybePerson, post: Post) -> Response:
    """When and where it meets: for those invited alone."""

    def work(session: Session) -> Answer:
        who, told = _leader(here, person, body), Gathering(zones.instant(body.at, "at"), body.place, body.guests)
        return _answer(service.arrange(session, here.clock, who, circle_id, told))

    return post(body, work, most=60)


@router.post("/circles/{circle_id}/held")
def held(circle_id: str, body: LeadBody, here: SiteDep, person: MaybePerson, post: Post) -> Response:
    """It was held."""

    def work(session: Session) -> Answer:
        return _answer(service.hold(session, here.clock, _leader(here, person, body), circle_id))

    return post(body, work, most=60)


@router.post("/circles/{circle_id}/outcome")
def outcome(circle_id: str, body: OutcomeBody, here: SiteDep, person: MaybePerson, post: Post) -> Response:
    """What it came to: a remedy for all sides to accept, or none."""

    def work(session: Session) -> Answer:
        who, told = _leader(here, person, body), body.remedy
        if told is None:
            return _answer(trips.end_without(session, here.clock, who, circle_id))
        draft = Draft(told.words, told.due_on, told.checker, str(told.target), told.unit)
        return _answer(service.propose(session, here.clock, who, circle_id, draft))

    return post(body, work, most=60)


@router.post("/circles/{circle_id}/remedy")
def remedy(
    circle_id: str, body: RemedyAnswerBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post
) -> Response:
    """A side accepts the remedy or not; with the last yes it is a promise of its own."""

    def work(session: Session) -> Answer:
        who = speaker(person, shop)
        made = service.answer_remedy(session, here.clock, who, circle_id, body.remedy, agrees=body.agrees)
        return _answer(made)

    return post(body, work)
