"""The team confirms that a business is who it says, in one of three ways; organizers give it a new key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import queries as accounts
from accounts.rules import Person
from businesses import queries, service
from businesses.identity import Confirmation, Method
from businesses.service.identifying import RUNNING, VISITING
from businesses.values import Business
from campaigns.values import Campaign
from core.errors import Forbidden, Invalid, NotFound
from core.i18n import N_, translator
from web.pages.edge import Act, Acting, Visitor, Who, typed, words
from web.pages.organize.team import part_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import identity

router = APIRouter()
Done = Annotated[str, Query(max_length=20)]
NOTICES = {
    "mail": N_("The link is on its way."),
    "register": N_("It is confirmed, in public."),
    "visit": N_("You have said it."),
    "key": N_("The new key is on its way. The old one opens nothing any more."),
}


@dataclass(frozen=True)
class Shop:
    """A business whose bid stands in the open: what is known of who it is, and how it may still be confirmed."""

    held: Business
    lines: list[str]
    plainly: str
    visited: bool

    @property
    def reachable(self) -> bool:
        return "@" in self.held.contact


@router.get("/organize/{slug}/identity")
def show(slug: str, request: Request, here: SiteDep, who: Who, done: Done = "") -> Response:
    say = translator(locale_of(request)).gettext
    return _page(request, here, who, slug, notice=say(NOTICES[done]) if done in NOTICES else None)


@router.post("/organize/{slug}/identity")
def confirm(slug: str, request: Request, act: Act) -> Response:
    """One of the ways, or a new key."""
    do, business = words(act.form, "do"), words(act.form, "business")
    try:
        return act.do(lambda session: f"/organize/{slug}/identity?done={_do(session, act, slug, business, do)}")
    except Invalid as wrong:
        place = f"{business}-{do}-"
        return _page(request, act.here, act.who, slug, (place, typed(act.form, place).refused(wrong)))


def _do(session: Session, act: Acting, slug: str, business: str, do: str) -> str:
    person, clock, form = act.who.demand_person(), act.here.clock, act.form
    if do == "mail":
        service.ask_own_domain(session, clock, person, slug, business, words(form, "site"), words(form, "email"))
    elif do == "register":
        entry, compared = (words(form, "register"), words(form, "entry")), words(form, "compared") == "yes"
        service.confirm_by_register(session, clock, person, slug, business, entry, compared=compared)
    elif do == "visit":
        service.state_visit(session, clock, person, slug, business)
    elif do == "key":
        service.renew_key(session, clock, act.here.keys, person, slug, business, words(form, "email"))
    else:
        raise NotFound("There is no such way")
    return do


def _page(
    request: Request,
    here: Site,
    who: Visitor,
    slug: str,
    refused: tuple[str, Typed] | None = None,
    notice: str | None = None,
) -> Response:
    with here.db.reading() as session:
        part = part_in(session, who, slug)
        if not part.roles.intersection(VISITING):
            raise Forbidden("This page is for the campaign's team. Ask its organizers to add you.")
        campaign = part.campaign
        held = queries.businesses(session, _asked(session, campaign))
        known = queries.identities_in(session, campaign.id)
        earlier = [c for id_ in held for c in queries.identities(session, id_) if c.campaign != campaign.id]
        people = accounts.people(session, (id_ for each in (*known, *earlier) for id_ in each.by))
    reader = identity.Reader(locale_of(request), campaign.timezone, people)
    shops = [_shop(shop, [*earlier, *known], reader, part.person) for shop in held.values()]
    return render(
        request,
        "organize/identity.html",
        status=422 if refused else 200,
        notice=notice,
        campaign=campaign,
        shops=shops,
        organizes=part.organizes,
        named=bool(part.person.name and part.person.email),
        open=campaign.state in RUNNING,
        refused=refused[1] if refused else Typed(),
        forms=_forms(shops) | dict([refused] if refused else []),
    )


def _asked(session: Session, campaign: Campaign) -> list[str]:
    """Who bids in the open; once somebody has won, the winners alone."""
    bids = [bid.business for bid in queries.visible_bids(session, campaign) if bid.stands]
    return [winner.business for winner in campaign.winners] or bids


def _shop(shop: Business, known: list[Confirmation], reader: identity.Reader, person: Person) -> Shop:
    own = [each for each in known if each.business == shop.id]
    waiting = [each for each in own if each.method == Method.VISIT and each.confirmed_at is None]
    visited = any(person.id in each.by for each in waiting)
    return Shop(shop, identity.lines(own, reader), identity.unconfirmed(shop.identity, reader.locale), visited)


def _forms(shops: list[Shop]) -> dict[str, Typed]:
    """Each business's forms, with ids of their own."""
    places = [f"{shop.held.id}-{do}-" for shop in shops for do in ("mail", "register", "key")]
    return {place: Typed(prefix=place) for place in places}
