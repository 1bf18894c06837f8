"""The start page and the list of campaigns: what is near, what is open, what became of the promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses.word import Word
from campaigns import queries
from campaigns.values import Campaign, State
from core.i18n import N_, translator
from pledges import queries as pledge_queries
from web.pages.kept import Kept, public
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import word as words
from web.views.cards import Around, Card, card

router = APIRouter()
BRIEFLY = {"Cache-Control": "public, max-age=5"}
PAGE = 12
ON_THE_START_PAGE = 6
A_LOOK = 40
"""How many of the newest open campaigns the start page chooses from."""
A_MINUTE = 60

STAGES = {
    "bidding": (State.BIDDING, State.CHOOSING, State.AGREED),
    "pledging": (State.PLEDGING, State.TIPPED, State.MISSED),
    "now": (State.MOBBING, State.COUNTING),
    "watched": (State.FINAL, State.FOLLOWING, State.DONE),
    "cancelled": (State.CANCELLED,),
}
WORDS = {
    "": N_("All"),
    "bidding": N_("Shops are bidding"),
    "pledging": N_("Open for pledges"),
    "now": N_("Today"),
    "watched": N_("Promises being watched"),
    "cancelled": N_("Cancelled"),
}
OPEN = (*STAGES["now"], *STAGES["pledging"], *STAGES["bidding"])
"""What one can still take part in, the nearest first."""

became: Kept[Word] = Kept(A_MINUTE)
"""The platform's figures, a minute old at most: they read every promise there is."""


@dataclass(frozen=True)
class Search:
    """What one looks for: a town, words, a stage of a campaign's life."""

    near: str = ""
    q: str = ""
    stage: str = ""

    @property
    def states(self) -> tuple[State, ...]:
        return STAGES.get(self.stage, ())

    def address(self, after: str) -> str:
        """The next page of the same search."""
        asked = {name: value for name, value in (*self.__dict__.items(), ("after", after)) if value}
        return f"/campaigns?{urlencode(asked)}"


def cards(session: Session, here: Site, held: Sequence[Campaign], locale: str) -> list[Card]:
    """The campaigns as cards: a fixed number of queries, whatever their number."""
    chosen = [c for c in held if c.winners]
    asking = [c for c in held if c.state in {State.BIDDING, State.CHOOSING}]
    after = [c.id for c in held if c.state in STAGES["watched"]]
    shops = [w.business for c in chosen for w in c.winners]
    bids = business_queries.bids_of_campaigns(session, [c.id for c in chosen]) if chosen else []
    promises = business_queries.obligations(session, after) if after else []
    around = Around(
        now=here.clock.now(session),
        businesses=business_queries.businesses(session, shops) if shops else {},
        bids={bid.id: bid for bid in bids},
        live=pledge_queries.rolled_up(session, {c.id: c.currency for c in held}) if held else {},
        asks=business_queries.asks(session, asking) if asking else {},
        promises={id_: [o for o in promises if o.campaign == id_] for id_ in after},
    )
    return [card(c, around, locale) for c in held]


def nearest(held: Sequence[Campaign]) -> list[Campaign]:
    """The few for the start page: what happens today, then what one can join, the next day first."""
    return sorted(held, key=lambda c: (OPEN.index(c.state), c.first_opening or c.created_at))[:ON_THE_START_PAGE]


@router.get("/")
async def home(request: Request, here: SiteDep) -> Response:
    """What this is, what is open now, and what became of the promises."""
    return await public(request, here.db, lambda: _home(request, here))


def _home(request: Request, here: Site) -> Response:
    locale = locale_of(request)
    with here.db.reading() as session:
        found = nearest(queries.listed(session, states=OPEN, limit=A_LOOK))
        watched = queries.listed(session, states=STAGES["watched"], limit=4)
        shown = cards(session, here, [*found, *watched], locale)
        now = here.clock.now(session)
        kept = became.get(here.db.url, lambda: business_queries.word_of_all(session, now))
    return render(
        request,
        "home/home.html",
        headers=BRIEFLY,
        open=shown[: len(found)],
        watched=shown[len(found) :],
        figures=words.figures(kept, locale),
        rate=words.rate(kept, locale),
        form=Typed(),
    )


def _plain(typed: str) -> str:
    """What somebody looks for, without what cannot be printed."""
    return "".join(letter for letter in typed if letter.isprintable()).strip()


Short = Annotated[str, Query(max_length=100)]


@router.get("/campaigns")
async def list_(
    request: Request,
    here: SiteDep,
    near: Short = "",
    q: Short = "",
    stage: Short = "",
    after: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    """Every public campaign, newest first: by town, by words, by stage."""
    search = Search(_plain(near), _plain(q), stage if stage in STAGES else "")
    return await public(request, here.db, lambda: _found(request, here, search, after))


def _found(request: Request, here: Site, search: Search, after: str) -> Response:
    locale = locale_of(request)
    with here.db.reading() as session:
        found = queries.listed(session, q=search.q, near=search.near, states=search.states, after=after, limit=PAGE + 1)
        shown = cards(session, here, found[:PAGE], locale)
    say = translator(locale).gettext
    return render(
        request,
        "home/list.html",
        headers=BRIEFLY,
        cards=shown,
        search=search,
        form=Typed.start(near=search.near, q=search.q, stage=search.stage),
        stages=[(stage_, say(told)) for stage_, told in WORDS.items()],
        next=search.address(found[PAGE - 1].id) if len(found) > PAGE else "",
        first=not after,
    )
