"""The big screen of a mob's day, for a shop window and for the organizers' phones: it renews itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy.orm import Session

from businesses.commitments import Commitment
from campaigns import queries as campaigns
from campaigns.tally import PledgeSums
from campaigns.values import Campaign, State
from core import record
from core.errors import NotFound
from core.wire import Json
from pledges import queries as pledges
from web.pages.campaign.known import postponed, winners
from web.pages.result import COUNTED
from web.screens import Screens, Seen
from web.site import Site, SiteDep
from web.trips import counting
from web.views.board import MOVING, Board, board
from web.views.venues import venues
from web.watching import Sparing

router = APIRouter()


@dataclass(frozen=True)
class Day(Seen):
    """A mob as it is seen at one moment. ``minute`` is what the screen's clock shows; ``postponed``: why, if it was."""

    minute: datetime
    shops: dict[str, str]
    commitments: tuple[Commitment, ...]
    tally: Json | None
    sums: PledgeSums
    postponed: str
    template = "board/picture.html"
    refresh = 15

    @property
    def moving(self) -> bool:
        return self.campaign.state in MOVING

    def shown(self, locale: str) -> Board:
        names = tuple(self.shops.values())
        seen = board(self.campaign, names, self.commitments, self.tally, self.sums, self.now, locale, self.postponed)
        return replace(seen, venues=venues(self.tally, self.shops, locale))


screens: Screens[Day] = Screens("/campaigns/{slug}/board")


def look(here: Site, slug: str) -> Day:
    """Read what the screen shows, at a cost that does not grow with the pledges. Raises NotFound."""
    with here.db.reading() as session:
        campaign, now = _known(session, slug), here.clock.now(session)
        counted = campaign.state in COUNTED and (campaign.state != State.DONE or campaign.tally)
        chosen = winners(session, campaign)
        return Day(
            campaign=campaign,
            now=now,
            minute=_minute(now),
            shops={won.business.id: won.business.name for won in chosen},
            commitments=tuple(held for won in chosen for held in won.bid.promised),
            tally=counting.live(session, campaign) if counted else None,
            sums=pledges.live_sums(session, campaign.id, campaign.currency),
            postponed=postponed(session, campaign),
        )


def _known(session: Session, slug: str) -> Campaign:
    campaign = campaigns.by_slug(session, slug)
    if campaign.state == State.DRAFT:
        raise NotFound("There is no such campaign")
    return campaign


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


def sparing(here: Site, campaign_id: str, slug: str) -> Sparing[Day]:
    """A look that reads the whole day only where the record has grown, sums were rolled up, or a minute is over."""

    def mark() -> object:
        with here.db.reading() as session:
            minute = _minute(here.clock.now(session))
            return minute, record.mark(session, campaign_id), pledges.rolled_at(session, campaign_id)

    return Sparing(mark, lambda: look(here, slug))


@router.get("/campaigns/{slug}/board")
def page(slug: str, request: Request, here: SiteDep) -> Response:
    """One giant number for a screen on the wall. It renews itself, with scripts or without."""
    return screens.page(request, here, look(here, slug))


def demand_day(slug: str, here: SiteDep) -> str:
    """The campaign's id. Raises NotFound, and Busy."""
    with here.db.reading() as session:
        campaign = _known(session, slug)
    screens.demand_room()
    return campaign.id


@router.get("/campaigns/{slug}/board/stream", response_class=EventSourceResponse)
async def stream(
    slug: str, request: Request, here: SiteDep, campaign_id: Annotated[str, Depends(demand_day)]
) -> AsyncIterator[ServerSentEvent]:
    """The screen whenever it changes."""
    async with aclosing(screens.stream(request, here, slug, sparing(here, campaign_id, slug))) as events:
        async for event in events:
            yield event
