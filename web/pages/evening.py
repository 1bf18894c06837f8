"""The screen of an auction evening: each raise appears by itself, with scripts or without."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy.orm import Session

from businesses import queries as businesses
from businesses import scoring, service
from businesses.scoring import Ballots, Ranking
from businesses.values import Bid, Business
from campaigns import queries as campaigns
from campaigns.values import Campaign, Rule, State
from core.clock import Clock
from core.errors import NotFound
from core.wire import Json
from web.screens import Screens, Seen
from web.site import Site, SiteDep
from web.views.evening import Evening, evening, is_moving, seconds_left
from web.views.promises import Reader
from web.views.ranking import Compared

router = APIRouter()


@dataclass(frozen=True)
class Auction(Seen):
    """An auction as it is seen at one moment."""

    bids: tuple[Bid, ...]
    shops: Mapping[str, Business]
    history: Mapping[str, list[Json]]
    ranking: Ranking | None
    count: int
    sealed: bool
    over: bool
    template = "evening/picture.html"
    refresh = 5

    @property
    def moving(self) -> bool:
        return is_moving(self.campaign)

    def shown(self, locale: str) -> Evening:
        reader = Reader(locale, self.campaign.language, self.campaign.timezone)
        compared = Compared(self.campaign, self.bids, self.shops, self.history, self.ranking, reader)
        return evening(compared, self.count, self.now, sealed=self.sealed)

    def pulse(self) -> Json:
        return {"left": seconds_left(self.campaign, self.now)}


screens: Screens[Auction] = Screens("/campaigns/{slug}/bids/live")


def look(here: Site, slug: str) -> Auction:
    """Read what the screen shows, and close again what was opened. Raises NotFound where there is no auction."""
    with here.db.reading() as session:
        return _seen(session, here.clock, slug)


def _auction(session: Session, slug: str) -> tuple[Campaign, datetime]:
    """A campaign with an auction, and its closing. Raises NotFound."""
    campaign = campaigns.by_slug(session, slug)
    closes = campaign.bids_close_at
    if campaign.state == State.DRAFT or closes is None:
        raise NotFound("There is no such campaign")
    return campaign, closes


def _seen(session: Session, clock: Clock, slug: str) -> Auction:
    (campaign, closes), now = _auction(session, slug), clock.now(session)
    bids = businesses.visible_bids(session, campaign)
    return Auction(
        campaign=campaign,
        bids=tuple(bids),
        shops=businesses.businesses(session, [bid.business for bid in bids]),
        history=businesses.history(session, [bid.id for bid in bids]),
        ranking=_ranking(session, campaign, bids),
        count=businesses.count_bids(session, campaign.id),
        sealed=businesses.are_sealed(campaign),
        over=now >= closes,
        now=now,
    )


def _ranking(session: Session, campaign: Campaign, bids: list[Bid]) -> Ranking | None:
    """From closing on the rule's order; before, the order of shares where they decide."""
    if campaign.state != State.BIDDING:
        return service.shown_ranking(session, campaign)
    if campaign.bidding is None or campaign.bidding.rule != Rule.HIGHEST_SHARE:
        return None
    standing = [scoring.Entry.of(bid, len(campaign.windows)) for bid in bids if bid.stands]
    return scoring.rank(standing, campaign.bidding, Ballots())


@router.get("/campaigns/{slug}/bids/live")
def page(slug: str, request: Request, here: SiteDep) -> Response:
    """The leading bid for a screen on the wall; it renews itself."""
    return screens.page(request, here, look(here, slug))


def demand_auction(slug: str, here: SiteDep) -> None:
    """Raises NotFound where there is no auction, and Busy."""
    with here.db.reading() as session:
        _auction(session, slug)
    screens.demand_room()


@router.get("/campaigns/{slug}/bids/live/stream", response_class=EventSourceResponse)
async def stream(
    slug: str, request: Request, here: SiteDep, _: Annotated[None, Depends(demand_auction)]
) -> AsyncIterator[ServerSentEvent]:
    """The screen whenever it changes; every event tells the seconds to the closing."""
    async with aclosing(screens.stream(request, here, slug, lambda: look(here, slug))) as events:
        async for event in events:
            yield event
