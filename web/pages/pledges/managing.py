"""Changing or withdrawing one's own pledge."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from campaigns.slots import find
from core.errors import Forbidden, Invalid, require
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.values import Changes
from web.pages.edge import Act, Visitor, Who, typed, words
from web.pages.pledges.holding import PRIVATE, held, with_token
from web.pages.pledges.tickets import Token
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import slots
from web.views import ticket as tickets
from web.views.amounts import as_typed, chips, chosen, where_typed
from web.views.slots import Option
from web.views.ticket import Held

router = APIRouter()


@router.get("/pledges/{pledge_id}")
def manage(pledge_id: str, request: Request, here: SiteDep, who: Who, token: Token = "") -> Response:
    """Another amount, more people, another time, or not at all."""
    return _page(request, here, who, pledge_id, token)


def _page(
    request: Request, here: Site, who: Visitor, pledge_id: str, token: str, form: Typed | None = None
) -> Response:
    locale = locale_of(request)
    with here.db.reading() as session:
        mine = held(session, here, who, pledge_id, token)
        offered = _slots(session, mine, locale)
    if not mine.manages:
        raise Forbidden("This pledge can be changed by the link in its mail only")
    return render(
        request,
        "pledge/manage.html",
        status=422 if form else 200,
        headers=PRIVATE,
        mine=mine,
        ticket=tickets.ticket(mine, here.settings.base_url, locale),
        form=form or _first(mine, locale),
        slots=offered,
        chips=chips(mine.pledge.amount.currency, locale),
        token=token,
        back=with_token(f"/tickets/{pledge_id}", token),
    )


def _slots(session: Session, mine: Held, locale: str) -> tuple[Option, ...]:
    c = mine.campaign
    chosen = pledge_queries.chosen_slots(session, c.id, mine.now) if c.slots else {}
    return slots.options(c, chosen, mine.now, locale, mine.pledge.slot)


def _first(mine: Held, locale: str) -> Typed:
    """What was pledged, as the form shows it."""
    place = find(mine.campaign, mine.pledge.slot)
    amount = as_typed(mine.pledge.amount, locale)
    return Typed.start(party=mine.pledge.party, slot=place.slot if place else "", **amount)


@router.post("/pledges/{pledge_id}")
def change(pledge_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """Write the new amount, party and arrival time."""
    form, token = typed(act.form), words(act.form, "token")

    def work(session: Session) -> str:
        mine = pledges.own(session, here.keys, pledge_id, token, act.who.person)
        amount = chosen(form, mine.amount.currency, locale_of(request))
        slot = words(act.form, "slot") if "slot" in act.form else None
        wanted = Changes(amount, _party(words(act.form, "party")), slot)
        pledges.change(session, here.clock, here.keys, pledge_id, token, act.who.person, wanted)
        return with_token(f"/tickets/{pledge_id}", token)

    try:
        return act.do(work)
    except Invalid as wrong:
        return _page(request, here, act.who, pledge_id, token, form.refused(where_typed(wrong, form)))


def _party(typed_: str) -> int:
    digits = typed_.strip()
    require(digits.isascii() and digits.isdecimal() and len(digits) < 5, "party", "a whole number, at least 1")
    return int(digits)


@router.post("/pledges/{pledge_id}/withdraw")
def withdraw(pledge_id: str, here: SiteDep, act: Act) -> Response:
    """Take it back; the code is dead."""
    token = words(act.form, "token")

    def work(session: Session) -> str:
        pledges.withdraw(session, here.clock, here.keys, pledge_id, token, act.who.person)
        return with_token(f"/tickets/{pledge_id}", token)

    return act.do(work)
