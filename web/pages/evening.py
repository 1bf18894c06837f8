"""The screen of an auction evening: each raise appears by itself, with scripts or without."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
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
from core.errors import Busy, NotFound
from core.wire import Json
from web.rendering import environment, locale_of, render
from web.site import Site, SiteDep
from web.views.evening import Evening, evening, is_moving, seconds_left
from web.views.promises import Reader
from web.views.ranking import Compared
from web.watching import Pace, Watching

router = APIRouter()
BRIEFLY = {"Cache-Control": "public, max-age=2"}
MOST = 2000
"""Screens and phones that one process keeps a stream open for."""


@dataclass(frozen=True)
class Seen:
    """One look at an auction. Two looks are the same while nothing on the screen has changed: ``now`` goes on."""

    campaign: Campaign
    bids: tuple[Bid, ...]
    shops: Mapping[str, Business]
    history: Mapping[str, list[Json]]
    ranking: Ranking | None
    count: int
    sealed: bool
    over: bool
    now: datetime = field(compare=False)
    pictures: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def shown(self, locale: str) -> Evening:
        reader = Reader(locale, self.campaign.language, self.campaign.timezone)
        compared = Compared(self.campaign, self.bids, self.shops, self.history, self.ranking, reader)
        return evening(compared, self.count, self.now, sealed=self.sealed)

    def picture(self, locale: str, link: str) -> str:
        """The screen's inner page, made once for all who read the same language."""
        if locale not in self.pictures:
            template = environment(locale).get_template("evening/picture.html")
            self.pictures[locale] = template.render(campaign=self.campaign, shown=self.shown(locale), link=link)
        return self.pictures[locale]


watching: Watching[Seen] = Watching(Pace())
"""Auctions on screens of this process."""


def look(here: Site, slug: str) -> Seen:
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


def _seen(session: Session, clock: Clock, slug: str) -> Seen:
    (campaign, closes), now = _auction(session, slug), clock.now(session)
    bids = businesses.visible_bids(session, campaign)
    return Seen(
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
    seen = look(here, slug)
    shown = seen.shown(locale_of(request))
    return render(
        request,
        "evening/screen.html",
        headers=BRIEFLY,
        campaign=seen.campaign,
        shown=shown,
        link=here.url(f"/campaigns/{slug}"),
    )


def demand_auction(slug: str, here: SiteDep) -> None:
    """Refuse before the stream begins: afterwards nothing but an end can be said. Raises NotFound and Busy."""
    with here.db.reading() as session:
        _auction(session, slug)
    if watching.watchers() >= MOST:
        raise Busy("Too many people at once. Nothing was lost: please try again in a moment.")


@router.get("/campaigns/{slug}/bids/live/stream", response_class=EventSourceResponse)
async def stream(
    slug: str, request: Request, here: SiteDep, _: Annotated[None, Depends(demand_auction)]
) -> AsyncIterator[ServerSentEvent]:
    """``bids``: the screen's inner page, whenever it changes; ``beat``: all is well, so many seconds to the closing."""
    locale, link = locale_of(request), here.url(f"/campaigns/{slug}")
    async with aclosing(watching.watch((here.db.url, slug), lambda: look(here, slug))) as news:
        async for seen, changed in news:
            left = {"left": seconds_left(seen.campaign, seen.now)}
            told = {"page": seen.picture(locale, link), **left} if changed else left
            yield ServerSentEvent(event="bids" if changed else "beat", data=told)
            if not is_moving(seen.campaign):
                yield ServerSentEvent(event="over", data={})
                return
