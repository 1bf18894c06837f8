"""How a shop gets in: it takes an invitation up once, and from then on comes by its own key."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.service.inviting import invitation
from businesses.values import Business, Invitation
from campaigns.values import Campaign
from core.errors import Invalid, NotFound, NotSignedIn
from web.pages.edge import Act, Acting, Visitor, Who, remember, typed, words
from web.rendering import render
from web.security import local_path
from web.site import Site, SiteDep
from web.typed import Typed

router = APIRouter()
Token = Annotated[str, Query(max_length=200)]
To = Annotated[str, Query(max_length=300)]
Slug = Annotated[str, Query(max_length=100)]


@router.get("/invitations/claim")
def asked(request: Request, here: SiteDep, who: Who, token: Token = "") -> Response:
    """Who asks, and for what. Looking at it uses nothing up: mail scanners look, too."""
    with here.db.reading() as session:
        held, campaign = invitation(session, token)
    first = Typed.start("", name=held.business_name, contact=held.email)
    return _claim_page(request, here, who, token, held, campaign, first)


@router.post("/invitations/claim")
def claim(request: Request, act: Act) -> Response:
    """Take it up: the shop gets its own key, kept as a cookie and shown once."""
    token = words(act.form, "token")
    try:
        with act.here.db.reading() as session:
            held, campaign = invitation(session, token)
        if act.who.shop is not None and held.business == act.who.shop.id:
            return RedirectResponse(f"/shop/welcome?to={campaign.slug}", 303)
        # What `do` keeps of a form that was sent twice is encrypted: it may hold the key.
        key = act.do(lambda session: _claim(session, act, token)).headers["location"]
    except Invalid as wrong:
        form = typed(act.form).refused(wrong)
        return _claim_page(request, act.here, act.who, token, held, campaign, form, 422)
    return remember(RedirectResponse(f"/shop/welcome?to={campaign.slug}", 303), "shop", key, act.here)


def _claim(session: Session, act: Acting, token: str) -> str:
    name, contact, disclosure = (words(act.form, field) for field in ("name", "contact", "disclosure"))
    existing = act.who.shop if words(act.form, "as") == "existing" else None
    _, key = businesses.claim(session, act.here.clock, act.here.keys, token, name, contact, disclosure, existing)
    return key


def _claim_page(
    request: Request,
    here: Site,
    who: Visitor,
    token: str,
    held: Invitation,
    campaign: Campaign,
    form: Typed,
    status: int = 200,
) -> Response:
    with here.db.reading() as session:
        team = accounts.members(session, campaign.team)
        asks = business_queries.asks(session, [campaign])[campaign.id]
    organizers = [member.name for member in team if member.role in ORGANIZERS and member.name]
    return render(
        request,
        "shop/claim.html" if held.claimed_at is None else "shop/claimed.html",
        status=status,
        token=token,
        invitation=held,
        campaign=campaign,
        organizers=organizers,
        asks=asks,
        shop=who.shop,
        form=form,
    )


@router.get("/shop/welcome")
def welcome(request: Request, here: SiteDep, who: Who, to: Slug = "") -> Response:
    """The key, shown when it was made: the link by which the shop comes back."""
    if who.shop is None:
        return entrance(request)
    key = businesses.shop_token(here.keys, who.shop)
    link = here.url(f"/shop/enter?token={key}")
    return render(request, "shop/welcome.html", shop=who.shop, link=link, to=to)


@router.get("/shop/enter")
def knock(request: Request, here: SiteDep, who: Who, token: Token = "", to: To = "") -> Response:
    """The link in the shop's mails: a button, because scanners open links."""
    shop = _shop_of(here, token)
    if who.shop is not None and who.shop.id == shop.id:
        return RedirectResponse(local_path(to, "/shop"), 303)
    return render(request, "shop/enter.html", shop=shop, token=token, to=local_path(to, "/shop"))


@router.post("/shop/enter")
def enter(act: Act) -> Response:
    token = words(act.form, "token")
    _shop_of(act.here, token)
    answer = act.do(lambda session: local_path(words(act.form, "to"), "/shop"))
    return remember(answer, "shop", token, act.here)


def _shop_of(here: Site, token: str) -> Business:
    """The business that holds this key. Raises NotFound: nobody is told whether a wrong key is an old one."""
    with here.db.reading() as session:
        try:
            return businesses.by_key(session, token)
        except NotSignedIn:
            raise NotFound("This link is not known here. Open the newest mail, or ask the organizer.") from None


def entrance(request: Request) -> Response:
    """For somebody without a key: how a shop gets in."""
    return render(request, "shop/entrance.html", status=401)
