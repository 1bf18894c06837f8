"""Everybody of the demo, each with one click to be them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from accounts import service as accounts
from businesses import queries as business_queries
from businesses import service as businesses
from core import text
from core.errors import NotFound
from web.demo.cast import PLAYERS, SHOPS, Player, Shop
from web.pages.edge import PublicAct, Who, forget, remember, words
from web.rendering import render
from web.security import local_path
from web.site import Site, SiteDep

router = APIRouter(prefix="/demo")


@router.get("/people")
def page(request: Request, who: Who) -> Response:
    """Who they are, and what there is to do as them."""
    return render(
        request,
        "demo/people.html",
        headers={"Cache-Control": "no-store"},
        players=PLAYERS,
        shops=SHOPS,
        now=who.person.email if who.person else who.shop.name if who.shop else "",
    )


@router.post("/people")
def be(here: SiteDep, act: PublicAct) -> Response:
    """Sign in as somebody, at once, and go where there is something to do."""
    name = words(act.form, "who")
    player = next((each for each in (*PLAYERS, *SHOPS) if each.name == name), None)
    if player is None:
        raise NotFound("There is nobody of that name in the demo")
    home = "/shop" if isinstance(player, Shop) else "/me"
    return become(RedirectResponse(local_path(words(act.form, "next"), home), 303), here, player)


def become(answer: Response, here: Site, player: Player | Shop) -> Response:
    """The answer, with the sign-in of one of the demo's people or shops in place of any other."""
    if isinstance(player, Shop):
        with here.db.reading() as session:
            shop = business_queries.business(session, text.slug(player.name))
        token = businesses.shop_token(here.keys, shop)
        return remember(forget(answer, "person", here), "shop", token, here)
    with here.db.writing() as session:
        now = here.clock.now(session)
        person = accounts.person_for(
            session, player.email, now, locale=player.locale, timezone=player.timezone, name=player.name
        )
        token = accounts.sign_in(session, now, person)
    return remember(forget(answer, "shop", here), "person", token, here)
