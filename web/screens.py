"""Screens on the wall: one event stream for all of them, over one look for all who watch the same thing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from fastapi import Request
from fastapi.responses import Response
from fastapi.sse import ServerSentEvent

from campaigns.values import Campaign
from core.errors import Busy
from core.wire import Json
from web.rendering import environment, locale_of, render
from web.site import Site
from web.watching import Pace, Watching

BRIEFLY = {"Cache-Control": "public, max-age=2"}
MOST = 2000
"""Screens and phones that one process keeps a stream open for."""


@dataclass(frozen=True)
class Seen(ABC):
    """One look at what a screen shows. Two looks are the same while nothing on it has changed: ``now`` goes on.

    ``template`` is the inner page, which knows ``campaign``, ``shown`` and ``link`` (the campaign's page);
    ``refresh`` how many seconds a browser without scripts waits.
    """

    campaign: Campaign
    now: datetime = field(compare=False)
    pictures: dict[str, str] = field(default_factory=dict, compare=False, repr=False, kw_only=True)
    template: ClassVar[str]
    refresh: ClassVar[int]

    @property
    @abstractmethod
    def moving(self) -> bool:
        """Whether the screen can still change."""

    @abstractmethod
    def shown(self, locale: str) -> Any:
        """What the template shows, in a reader's language."""

    def pulse(self) -> Json:
        """What every event carries, also a mere sign of life."""
        return {}

    def picture(self, locale: str, link: str) -> str:
        """The screen's inner page, made once for all who read the same language."""
        if locale not in self.pictures:
            template = environment(locale).get_template(self.template)
            self.pictures[locale] = template.render(campaign=self.campaign, shown=self.shown(locale), link=link)
        return self.pictures[locale]


SeenOne = TypeVar("SeenOne", bound=Seen)


class Screens(Generic[SeenOne]):
    """One kind of screen in this process, at the address ``path`` with its stream below it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.watching: Watching[SeenOne] = Watching(Pace())

    def page(self, request: Request, here: Site, seen: SeenOne) -> Response:
        """The whole page, as a browser first gets it."""
        locale, slug = locale_of(request), seen.campaign.slug
        return render(
            request,
            "screen.html",
            headers=BRIEFLY,
            campaign=seen.campaign,
            shown=seen.shown(locale),
            link=_link(here, slug),
            picture=seen.template,
            refresh=seen.refresh,
            stream=f"{self.path.format(slug=slug)}/stream" if seen.moving else "",
        )

    def demand_room(self) -> None:
        """Refuse before a stream begins: afterwards nothing but an end can be said. Raises Busy."""
        if self.watching.watchers() >= MOST:
            raise Busy("Too many people at once. Nothing was lost: please try again in a moment.")

    async def stream(
        self, request: Request, here: Site, slug: str, look: Callable[[], SeenOne]
    ) -> AsyncGenerator[ServerSentEvent, None]:
        """``picture``: the inner page, whenever it changes; ``beat``: all is well; ``over``: it rests from now on."""
        locale, link = locale_of(request), _link(here, slug)
        async with aclosing(self.watching.watch((here.db.url, slug), look)) as news:
            async for seen, changed in news:
                told = {"page": seen.picture(locale, link), **seen.pulse()} if changed else seen.pulse()
                yield ServerSentEvent(event="picture" if changed else "beat", data=told)
                if not seen.moving:
                    yield ServerSentEvent(event="over", data={})
                    return


def _link(here: Site, slug: str) -> str:
    return here.url(f"/campaigns/{slug}")
