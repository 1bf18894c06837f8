"""The installation: settings, database, keys; and who is asking. What every route gets handed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person
from businesses import service as businesses
from businesses.values import Business
from core import limits
from core.clock import Clock, DatabaseClock
from core.db import Database
from core.errors import NotSignedIn
from core.files import Files
from core.gateway import stored_files
from core.settings import Settings
from core.tokens import Keys


@dataclass(frozen=True)
class Site:
    """One installation, shared by all requests of a process."""

    settings: Settings
    db: Database
    keys: Keys

    @cached_property
    def files(self) -> Files:
        """Stored pictures and documents, where the settings say."""
        return stored_files(self.settings)

    @property
    def clock(self) -> Clock:
        return self.db.clock

    def url(self, path: str) -> str:
        """A link that works from outside: built from the configured address only."""
        return self.settings.base_url.rstrip("/") + path


def build_site(settings: Settings, clock: Clock | None = None) -> Site:
    settings.make_home()
    return Site(settings, Database(settings.url, clock or DatabaseClock()), Keys(settings.secret))


async def site(request: Request) -> Site:
    """Not a plain ``def``: those are handed to another thread, which costs more than this does."""
    held: Site = request.app.state.site
    return held


SiteDep = Annotated[Site, Depends(site)]


@dataclass(frozen=True)
class Asker:
    """Who asks by API: a person, a shop, or nobody in particular."""

    person: Person | None = None
    shop: Business | None = None

    @property
    def name(self) -> str:
        return self.person.id if self.person else self.shop.id if self.shop else "anonymous"


_NOBODY = Asker()


async def asker(request: Request) -> Asker:
    """By the token of the Authorization header, looked up once for each request. Raises NotSignedIn for a wrong one."""
    header = request.headers.get("authorization")
    if not header:
        return _NOBODY
    held: Asker | None = getattr(request.state, "asker", None)
    if held is None:
        held = request.state.asker = await run_in_threadpool(_look_up, request.app.state.site, header)
    return held


def _look_up(here: Site, header: str) -> Asker:
    kind, _, token = header.partition(" ")
    with here.db.reading() as session:
        match kind.lower(), token.strip():
            case "bearer", token if token:
                return Asker(person=accounts.bearer(session, here.clock, token))
            case "business", token if token:
                return Asker(shop=businesses.by_key(session, token))
    raise NotSignedIn("Send Authorization: Bearer TOKEN, or Business TOKEN for a shop")


async def maybe_person(request: Request) -> Person | None:
    return (await asker(request)).person


async def maybe_shop(request: Request) -> Business | None:
    return (await asker(request)).shop


MaybePerson = Annotated[Person | None, Depends(maybe_person)]
MaybeShop = Annotated[Business | None, Depends(maybe_shop)]


async def person(request: Request) -> Person:
    found = await maybe_person(request)
    if found is None:
        raise NotSignedIn("Please sign in: send Authorization: Bearer TOKEN")
    return found


async def shop(request: Request) -> Business:
    found = await maybe_shop(request)
    if found is None:
        raise NotSignedIn("This is for the business: send Authorization: Business TOKEN")
    return found


CurrentPerson = Annotated[Person, Depends(person)]
CurrentShop = Annotated[Business, Depends(shop)]


def network(request: Request) -> str:
    """From where somebody asks; the address that the server saw (uvicorn resolves the proxy's)."""
    return request.client.host if request.client else "unknown"


@contextmanager
def limited(session: Session, here: Site, request: Request, what: str, most: int, seconds: int) -> Iterator[None]:
    """Count one request of a network before the work. Raises TooMany; switched off by the operator on loopback only."""
    asker = network(request)
    local = asker in {"127.0.0.1", "::1", "testclient"}
    if not (here.settings.rate_limit == "off" and local):
        limits.count(session, f"{what}:{asker}", most, seconds, here.clock.now(session))
    yield
