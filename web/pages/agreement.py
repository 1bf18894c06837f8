"""The agreement on a winning bid: its text and hash for everybody, on paper too, its forms for the two sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import queries as account_queries
from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import changes, service
from businesses import queries as businesses
from businesses.identity import Confirmation
from businesses.values import Agreement, Business, Version
from campaigns import queries as campaigns
from campaigns.values import Campaign, State
from core.errors import Invalid, NotFound
from web.pages import kept
from web.pages.changing import side_of
from web.pages.edge import Act, Acting, Visitor, Who, typed, words
from web.papers import agreement as paper
from web.papers import printing
from web.rendering import locale_of, render
from web.security import policy
from web.site import Site, SiteDep
from web.trips import changing
from web.typed import Typed
from web.views import versions
from web.views.agreement import moved, signatures
from web.views.fields import Fields
from web.views.identity import Reader, lines

router = APIRouter()
Bid = Annotated[str, Query(max_length=32)]


@dataclass(frozen=True)
class Sheet:
    """An agreement as one visitor sees it: ``organizer`` and ``business`` say for whom they may accept."""

    campaign: Campaign
    agreement: Agreement
    winners: dict[str, Business]
    organizer: bool
    business: bool
    versions: tuple[Version, ...]
    now: datetime
    known: tuple[Confirmation, ...]
    people: Mapping[str, Person]

    @property
    def shop(self) -> Business:
        return self.winners[self.agreement.bid]

    @property
    def accepted(self) -> frozenset[str]:
        return frozenset(acceptance.by for acceptance in self.agreement.accepted)

    @property
    def path(self) -> str:
        return f"/campaigns/{self.campaign.slug}/agreement"

    @property
    def venue(self) -> str:
        """The winner's own address, where it is another than the campaign's."""
        return next((w.venue for w in self.campaign.winners if w.bid == self.agreement.bid), "")

    @property
    def changeable(self) -> list[str]:
        """The sides in whose name this visitor may propose another version now."""
        if not changes.is_changeable(self.campaign, self.agreement.bid, self.versions, self.now):
            return []
        return [side for side, may in (("organizer", self.organizer), ("business", self.business)) if may]

    def identity(self, locale: str) -> list[str]:
        """How it is known by now that the business is who it says."""
        return lines(self.known, Reader(locale, self.campaign.timezone, self.people))


@router.get("/campaigns/{slug}/agreement")
def show(slug: str, request: Request, here: SiteDep, who: Who, bid: Bid = "") -> Response:
    return _page(request, _sheet(here, who, slug, bid), who)


@router.get("/campaigns/{slug}/agreement.pdf")
async def print_(slug: str, request: Request, here: SiteDep, bid: Bid = "") -> Response:
    """The same on A4, in the campaign's language, the same bytes for everybody."""

    def make() -> Response:
        sheet = _sheet(here, Visitor(), slug, bid)
        locale = printing.language(sheet.campaign.language)
        signed = signatures(sheet.campaign, sheet.agreement, sheet.shop, locale)
        address = here.url(f"{sheet.path}?bid={sheet.agreement.bid}")
        now = moved(sheet.campaign, sheet.agreement, sheet.venue)
        body = paper.pdf(sheet.campaign, sheet.agreement, signed, address, sheet.identity(locale), now)
        return pdf(body, f"agreement-{slug}.pdf")

    return await kept.public(request, here.db, make)


def pdf(body: bytes, name: str) -> Response:
    """A PDF to be looked at in the browser. Its viewer is an object of the answer's own origin."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Security-Policy": policy(object_src="'self'"),
    }
    return Response(body, headers=headers, media_type="application/pdf")


@router.post("/campaigns/{slug}/agreement")
def accept(slug: str, request: Request, act: Act) -> Response:
    """Accept for one side, in one's own name."""
    bid, side = words(act.form, "bid"), words(act.form, "side")
    try:
        return act.do(lambda session: _accept(session, act, slug, bid, side))
    except Invalid as wrong:
        form = typed(act.form, f"{side}-").refused(wrong)
        return _page(request, _sheet(act.here, act.who, slug, bid), act.who, (side, form))


def _accept(session: Session, act: Acting, slug: str, bid: str, side: str) -> str:
    service.accept_agreement(session, act.here.clock, slug, bid, side_of(act.who, side), words(act.form, "name"))
    return "/shop?done=accepted" if side == "business" else f"/campaigns/{slug}/agreement?bid={bid}"


@router.post("/campaigns/{slug}/agreement/changes")
def answer(slug: str, request: Request, act: Act) -> Response:
    """Accept a proposed version in one's own name, or decline it; whoever proposed it takes it back so."""
    bid, side, accept = words(act.form, "bid"), words(act.form, "side"), words(act.form, "do") == "accept"
    number = Fields({"number": words(act.form, "number")}, locale_of(request)).whole("number") or 0

    def work(session: Session) -> str:
        by = side_of(act.who, side)
        name = words(act.form, "name") if accept else None
        changing.answer(session, act.here.clock, slug, bid, number, by, name)
        return f"/campaigns/{slug}/agreement?bid={bid}#version-{number}"

    try:
        return act.do(work)
    except Invalid as wrong:
        form = typed(act.form, f"change-{side}-").refused(wrong)
        return _page(request, _sheet(act.here, act.who, slug, bid), act.who, (f"change-{side}", form))


def _sheet(here: Site, who: Visitor, slug: str, bid: str) -> Sheet:
    """Raises NotFound before there is an award, and for a bid that has not won."""
    with here.db.reading() as session:
        campaign = campaigns.by_slug(session, slug)
        won = {w.bid: w.business for w in campaign.winners}
        wanted = bid or _own(who, won) or next(iter(won), "")
        agreement = businesses.agreement(session, wanted) if wanted in won else None
        if agreement is None:
            raise NotFound("There is no agreement yet: a bid has to be chosen first")
        held = businesses.businesses(session, list(won.values()))
        roles = accounts.roles(session, campaign.team, who.person)
        known = tuple(businesses.identities(session, won[wanted]))
        people = account_queries.people(session, (id_ for each in known for id_ in each.by))
        asked, now = tuple(businesses.versions(session, wanted)), here.clock.now(session)
    return Sheet(
        campaign=campaign,
        agreement=agreement,
        winners={bid: held[business] for bid, business in won.items()},
        organizer=bool(roles.intersection(ORGANIZERS)),
        business=who.shop is not None and who.shop.id == won[wanted],
        versions=asked,
        now=now,
        known=known,
        people=people,
    )


def _own(who: Visitor, won: dict[str, str]) -> str:
    return next((bid for bid, business in won.items() if who.shop and who.shop.id == business), "")


def _page(request: Request, sheet: Sheet, who: Visitor, refused: tuple[str, Typed] | None = None) -> Response:
    named = {"organizer": who.person.name if who.person else "", "business": ""}
    forms = {side: Typed.start(f"{side}-", name=name) for side, name in named.items()}
    forms |= {f"change-{side}": Typed.start(f"change-{side}-", name=name) for side, name in named.items()}
    return render(
        request,
        "agreement.html",
        status=422 if refused else 200,
        sheet=sheet,
        campaign=sheet.campaign,
        signatures=signatures(sheet.campaign, sheet.agreement, sheet.shop, locale_of(request)),
        paragraphs=[block.splitlines() for block in sheet.agreement.text.split("\n\n")],
        identity=sheet.identity(locale_of(request)),
        moved=moved(sheet.campaign, sheet.agreement, sheet.venue),
        changeable=sheet.changeable,
        open=sheet.campaign.state == State.CHOOSING,
        versions=versions.told(sheet.campaign, sheet.versions, sheet.now, locale_of(request)),
        form=refused[1] if refused else Typed(),
        forms=forms | dict([refused] if refused else []),
    )
