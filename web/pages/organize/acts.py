"""What organizers do beside filling in a draft: each a form of its own on their page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.values import Invitation
from campaigns import rules, service
from campaigns.values import Campaign
from core.errors import Conflict, Invalid, NotFound, require
from web.pages.agreement import pdf
from web.pages.edge import Act, Acting, Visitor, Who, several, typed, words
from web.pages.organize.dashboard import page
from web.pages.organize.team import organizer_in
from web.papers import invitation as paper
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import choosing, inviting, moving, standing
from web.typed import Typed
from web.views import drafting
from web.views.fields import Fields, rows

router = APIRouter()
Work = Callable[[Session, Person], str]


def do(act: Acting, slug: str, name: str, work: Work) -> Response:
    """Run one form of the organizers' page; what is refused comes back on that page, typed values kept."""
    person = act.who.demand_person()
    try:
        return act.do(lambda session: f"/organize/{slug}?done={work(session, person)}")
    except Invalid as wrong:
        form = typed(act.form, f"{name}-").refused(wrong)
        return page(act.request, act.here, act.who, slug, refused=(name, form))


def fields_of(act: Acting) -> Fields:
    return Fields({name: words(act.form, name) for name in act.form}, locale_of(act.request))


def campaign_of(here: Site, who: Visitor, slug: str) -> Campaign:
    with here.db.reading() as session:
        return organizer_in(session, who, slug).campaign


@router.post("/organize/{slug}/next")
def begin_next(slug: str, act: Act) -> Response:
    """Begin the next campaign with an offer that stands: a draft, with that business in it."""
    person, bid = act.who.demand_person(), words(act.form, "bid")

    def work(session: Session) -> str:
        following = standing.begin_next(session, act.here.clock, person, slug, bid)
        return f"/organize/{following.slug}?done=next"

    return act.do(work)


@router.post("/organize/{slug}/open")
def open_(slug: str, act: Act) -> Response:
    def work(session: Session, person: Person) -> str:
        inviting.open_(session, act.here, person, slug)
        return "opened"

    return do(act, slug, "open", work)


@router.post("/organize/{slug}/invite")
def invite(slug: str, act: Act) -> Response:
    """Make an invitation and show its link and code."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        asked, email = words(act.form, "business"), words(act.form, "email")
        made, _ = businesses.invite(session, act.here.clock, act.here.keys, person, slug, asked, email)
        return f"/organize/{slug}/invitations/{made.id}"

    try:
        return act.do(work)
    except Invalid as wrong:
        form = typed(act.form, "invite-").refused(wrong)
        return page(act.request, act.here, act.who, slug, refused=("invite", form))


@router.get("/organize/{slug}/invitations/{invitation_id}")
def invitation(slug: str, invitation_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """An invitation's link and printable code, while nobody has taken it up."""
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        held = _invitation(business_queries.invitations(session, campaign.id), invitation_id)
    token = here.keys.token("invitation", held.id)
    link = here.url(f"/invitations/claim?token={token}")
    return render(request, "organize/invitation.html", campaign=campaign, invitation=held, link=link)


@router.get("/organize/{slug}/invitations/{invitation_id}/letter.pdf")
def letter(slug: str, invitation_id: str, here: SiteDep, who: Who) -> Response:
    """The same as a letter to print and bring along, in the campaign's language."""
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        held = _invitation(business_queries.invitations(session, campaign.id), invitation_id)
        team = accounts.members(session, campaign.team)
    asking = [member.name for member in team if member.role in ORGANIZERS and member.name]
    link = here.url(f"/invitations/claim?token={here.keys.token('invitation', held.id)}")
    answer = pdf(paper.pdf(campaign, held, asking, link), f"invitation-{slug}.pdf")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _invitation(held: list[Invitation], invitation_id: str) -> Invitation:
    found = next((i for i in held if i.id == invitation_id), None)
    if found is None:
        raise NotFound("There is no such invitation")
    if found.claimed_at:
        raise Conflict("This invitation was taken up already; the business has its own key since then")
    return found


@router.post("/organize/{slug}/team")
def add_member(slug: str, act: Act) -> Response:
    def work(session: Session, person: Person) -> str:
        role = fields_of(act).choice("role", Role, Role.CREW)
        told = [words(act.form, name) for name in ("paid_by", "disclosure")]
        if role != Role.MONITOR:
            told = ["", ""]
        inviting.add_member(session, act.here.clock, person, slug, words(act.form, "email"), role, *told)
        return "joined"

    return do(act, slug, "team", work)


@router.post("/organize/{slug}/extend")
def extend(slug: str, act: Act) -> Response:
    def work(session: Session, person: Person) -> str:
        fields, zone = fields_of(act), campaign_of(act.here, act.who, slug).timezone
        closes_at = fields.instant("closes_at", zone)
        fields.require(closes_at or fields.has("closes_at"), "closes_at", "say when bidding closes")
        fields.check()
        assert closes_at
        service.extend_bidding(session, act.here.clock, person, slug, closes_at)
        return "extended"

    return do(act, slug, "extend", work)


@router.post("/organize/{slug}/name")
def name_business(slug: str, act: Act) -> Response:
    """Nobody has bid: ask one business."""

    def work(session: Session, person: Person) -> str:
        fields = fields_of(act)
        named = drafting.named_business(fields)
        fields.check()
        service.name_business(session, act.here.clock, person, slug, named)
        return "named"

    return do(act, slug, "name", work)


@router.post("/organize/{slug}/award")
def award(slug: str, act: Act) -> Response:
    def work(session: Session, person: Person) -> str:
        bids = several(act.form, "bids")
        require(bids, "bids", "choose a bid")
        choosing.award(session, act.here.clock, person, slug, bids, words(act.form, "reason"))
        return "awarded"

    return do(act, slug, "award", work)


@router.post("/organize/{slug}/proceed")
def proceed(slug: str, act: Act) -> Response:
    def work(session: Session, person: Person) -> str:
        service.proceed(session, act.here.clock, slug, "organizer", person)
        return "proceed"

    return do(act, slug, "proceed", work)


@router.get("/organize/{slug}/cancel")
def show_cancel(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    return _ending(request, campaign_of(here, who, slug), Typed())


@router.post("/organize/{slug}/cancel")
def cancel(slug: str, request: Request, act: Act) -> Response:
    """End it with a public reason; a second look comes before it."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        require(words(act.form, "sure") == "yes", "sure", "tick this to say that you are sure")
        service.cancel(session, act.here.clock, person, slug, words(act.form, "reason"))
        return f"/organize/{slug}?done=cancelled"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _ending(request, campaign_of(act.here, act.who, slug), typed(act.form).refused(wrong), 422)


def _ending(request: Request, campaign: Campaign, form: Typed, status: int = 200) -> Response:
    rules.demand(campaign, *rules.BEFORE_FINAL)
    return render(request, "organize/cancel.html", status=status, campaign=campaign, form=form)


@router.get("/organize/{slug}/postpone")
def show_postpone(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    """Proposed: the same hours a week later, so that one press is enough in the rain."""
    campaign = campaign_of(here, who, slug)
    with here.db.reading() as session:
        later = drafting.weeks_later(campaign, here.clock.now(session))
    return _moving(request, campaign, Typed.start("", **drafting.shown_windows(later)))


@router.post("/organize/{slug}/postpone")
def postpone(slug: str, request: Request, act: Act) -> Response:
    """Move the day, even on the day itself."""
    campaign, person = campaign_of(act.here, act.who, slug), act.who.demand_person()

    def work(session: Session) -> str:
        fields = fields_of(act)
        moved = drafting.windows(fields, campaign.timezone)
        fields.check()
        moving.postpone(session, act.here.clock, person, slug, moved, words(act.form, "reason"))
        return f"/organize/{slug}?done=postponed"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _moving(request, campaign, typed(act.form).refused(wrong), 422)


def _moving(request: Request, campaign: Campaign, form: Typed, status: int = 200) -> Response:
    held: dict[str, Any] = {"campaign": campaign, "form": form, "rows": rows(form.values, "windows")}
    return render(request, "organize/postpone.html", status=status, **held)
