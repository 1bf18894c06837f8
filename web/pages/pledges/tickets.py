"""The ticket, its calendar file, and the button behind the link in the mail."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from core.errors import Forbidden
from pledges import service as pledges
from web.assets import asset
from web.pages.edge import Act, Visitor, Who, words
from web.pages.pledges.holding import PRIVATE, held, with_token
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import returning
from web.views import ticket as tickets
from web.views.spending import spent
from web.views.ticket import Held

router = APIRouter()
Token = Annotated[str, Query(max_length=200)]


def found(here: Site, who: Visitor, pledge_id: str, token: str) -> Held:
    with here.db.reading() as session:
        return held(session, here, who, pledge_id, token)


@router.get("/tickets/{pledge_id}")
def ticket(pledge_id: str, request: Request, here: SiteDep, who: Who, token: Token = "") -> Response:
    """ "You are in": what is left to do, one friend to bring, the code, what happens next."""
    return page(request, here, who, pledge_id, token)


def page(request: Request, here: Site, who: Visitor, pledge_id: str, token: str, form: Typed | None = None) -> Response:
    """The ticket; ``form``: what one says to have spent, refused."""
    mine, locale = found(here, who, pledge_id, token), locale_of(request)
    shown = tickets.ticket(mine, here.settings.base_url, locale)
    addresses = {
        "calendar": with_token(f"/tickets/{pledge_id}/calendar.ics", token),
        "manage": with_token(f"/pledges/{pledge_id}", token),
        "again": with_token(f"/pledges/{pledge_id}/confirm", token),
        "receipt": with_token(f"/tickets/{pledge_id}/receipt", token),
        "tell": tickets.mailto(shown.share, shown.share_text),
    }
    return render(
        request,
        "pledge/ticket.html",
        status=422 if form else 200,
        headers=PRIVATE,
        mine=mine,
        ticket=shown,
        to=addresses,
        spending=spent(mine, locale),
        returns=returning.asked(mine, locale),
        form=form or Typed(),
        none_typed=Typed(),
        token=token,
    )


@router.get("/tickets/{pledge_id}/calendar.ics")
def calendar(pledge_id: str, request: Request, here: SiteDep, who: Who, token: Token = "") -> Response:
    """The day for one's own calendar."""
    mine = found(here, who, pledge_id, token)
    file = tickets.calendar(mine, here.settings.base_url, locale_of(request))
    name = f'attachment; filename="{mine.campaign.slug}.ics"'
    return Response(file, media_type="text/calendar", headers={**PRIVATE, "Content-Disposition": name})


@router.get("/sw.js")
def service_worker() -> Response:
    """What keeps tickets on the phone. It stands at the root, for it may speak for what lies below it only."""
    return asset("js/sw.js")


@router.get("/pledges/{pledge_id}/confirm")
def ask(pledge_id: str, request: Request, here: SiteDep, who: Who, token: Token = "") -> Response:
    """A link in a mail never acts when it is opened: here is the button."""
    mine = found(here, who, pledge_id, token)
    if not mine.manages:
        raise Forbidden("This link does not fit the pledge. Use the newest mail, whole.")
    shown = tickets.ticket(mine, here.settings.base_url, locale_of(request))
    to = {
        name: with_token(f"/{path}/{pledge_id}", token) for name, path in (("ticket", "tickets"), ("manage", "pledges"))
    }
    return render(request, "pledge/confirm.html", headers=PRIVATE, mine=mine, ticket=shown, token=token, to=to)


@router.post("/pledges/{pledge_id}/confirm")
def confirm(pledge_id: str, here: SiteDep, act: Act) -> Response:
    """It counts from here on; pressed again, it changes nothing."""
    token = words(act.form, "token")

    def work(session: Session) -> str:
        pledges.confirm(session, here.clock, here.keys, pledge_id, token)
        return with_token(f"/tickets/{pledge_id}", token)

    return act.do(work)
