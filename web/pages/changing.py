"""Proposing another version of an agreement: its promises as a form, what would differ, and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from businesses import service as businesses
from businesses.changes import Difference
from businesses.commitments import Commitment
from businesses.linter import Surroundings
from businesses.service.choosing import Side
from businesses.values import Bid
from campaigns.archive.queries import list_archive
from campaigns.values import Campaign
from core.errors import Invalid
from web.pages.edge import Act, Acting, Visitor, Who, typed, words
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import changing
from web.typed import Typed
from web.views import bid_form, bidding, hints, versions
from web.views.fields import Fields
from web.views.promises import Reader, monitors

router = APIRouter()
Text = Annotated[str, Query(max_length=32)]


@dataclass(frozen=True)
class _Desk:
    """The agreement to which ``side`` wants a change, for whom it is read, and what the linter knows."""

    campaign: Campaign
    bid: Bid
    side: str
    name: str
    reader: Reader
    around: Surroundings

    @property
    def address(self) -> str:
        return f"/campaigns/{self.campaign.slug}/agreement/change"

    @property
    def back(self) -> str:
        return f"/campaigns/{self.campaign.slug}/agreement?bid={self.bid.id}"


def side_of(who: Visitor, side: str) -> Side:
    """In whose name somebody acts: their own as an organizer, or the business's. Raises NotSignedIn."""
    return Side(business=who.demand_shop()) if side == "business" else Side(person=who.demand_person())


@router.get("/campaigns/{slug}/agreement/change")
def show(slug: str, request: Request, here: SiteDep, who: Who, bid: Text = "", side: Text = "organizer") -> Response:
    desk = _desk(request, here, who, slug, bid, side)
    values = bidding.shown_promises(desk.bid.promised, locale_of(request))
    return _builder(request, desk, Typed.start("", **values, name=desk.name))


@router.post("/campaigns/{slug}/agreement/change")
def build(slug: str, request: Request, act: Act) -> Response:
    """One form, many buttons: more rows, a preview, what would differ, and the proposal."""
    bid, side = words(act.form, "bid"), words(act.form, "side")
    desk = _desk(request, act.here, act.who, slug, bid, side)
    wish, _, rest = words(act.form, "do").partition(":")
    match wish:
        case "preview":
            return render(request, "shop/preview.html", **_preview(request, desk, typed(act.form)))
        case "review":
            return _review(act, desk)
        case "propose":
            return _propose(act, desk)
    return _builder(request, desk, bid_form.changed(typed(act.form), wish, rest))


def _desk(request: Request, here: Site, who: Visitor, slug: str, bid: str, side: str) -> _Desk:
    by = side_of(who, side)
    with here.db.reading() as session:
        campaign, held = businesses.changeable(session, here.clock, slug, bid, by)
        team = accounts.members(session, campaign.team)
        around = hints.surroundings(campaign, list_archive(session), ordinary=False)
    reader = Reader(locale_of(request), campaign.language, campaign.timezone, monitors(team))
    return _Desk(campaign, held, side, by.person.name if by.person else "", reader, around)


def _review(act: Acting, desk: _Desk) -> Response:
    """What would differ, before the other side and everybody else reads it."""
    try:
        with act.here.db.reading() as session:
            new, by = _read(act, desk), side_of(act.who, desk.side)
            found = businesses.try_change(session, act.here.clock, desk.campaign.slug, desk.bid.id, by, new)
    except Invalid as wrong:
        return _refused(act, desk, wrong)
    return _last_look(act, desk, found)


def _last_look(act: Acting, desk: _Desk, found: tuple[Difference, ...]) -> Response:
    differs = versions.differing(desk.campaign, found)
    return render(
        act.request, "changing/review.html", desk=desk, campaign=desk.campaign, form=typed(act.form), differs=differs
    )


def _propose(act: Acting, desk: _Desk) -> Response:
    def work(session: Session) -> str:
        new, by = _read(act, desk), side_of(act.who, desk.side)
        told = {"reason": words(act.form, "reason"), "name": words(act.form, "name")}
        made = changing.propose(session, act.here.clock, desk.campaign.slug, desk.bid.id, by, new, **told)
        return f"{desk.back}#version-{made.number}"

    try:
        return act.do(work)
    except Invalid as wrong:
        return _refused(act, desk, wrong)


def _read(act: Acting, desk: _Desk) -> tuple[Commitment, ...]:
    """The promises, where reason and name are given too. Raises Invalid in the form's field names."""
    fields = _fields(act.request, typed(act.form))
    new = bidding.read_promises(fields, desk.campaign)
    fields.text("reason", 1000, 1)
    fields.text("name", 120, 1)
    fields.check()
    return new


def _refused(act: Acting, desk: _Desk, wrong: Invalid) -> Response:
    return _builder(act.request, desk, typed(act.form).refused(bidding.own_names(wrong)), 422)


def _fields(request: Request, form: Typed) -> Fields:
    return Fields({name: form.value(name) for name in form.values}, locale_of(request))


def _builder(request: Request, desk: _Desk, form: Typed, status: int = 200) -> Response:
    return render(
        request,
        "changing/form.html",
        status=status,
        form=form,
        desk=desk,
        campaign=desk.campaign,
        rows=bid_form.rows_of(form),
        sentences=bid_form.sentences(locale_of(request)),
        options=bid_form.options(locale_of(request)),
        labels=bid_form.labels(form, locale_of(request)),
        **_preview(request, desk, form),
    )


def _preview(request: Request, desk: _Desk, form: Typed) -> dict[str, Any]:
    drafts = bid_form.drafts(_fields(request, form), desk.campaign, desk.reader, desk.around)
    return {"drafts": drafts, "lang": desk.reader.lang}
