"""The installation: settings, database, keys; and who is asking. What every route gets handed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
from core.settings import Settings
from core.tokens import Keys


@dataclass(frozen=True)
class Site:
    """One installation, shared by all requests of a process."""

    settings: Settings
    db: Database
    keys: Keys

    @property
    def clock(self) -> Clock:
        return self.db.clock

    def url(self, path: str) -> str:
        """A link that works from outside: built from the configured address only."""
        return self.settings.base_url.rstrip("/") + path


def build_site(settings: Settings, clock: Clock | None = None) -> Site:
    settings.home.mkdir(parents=True, exist_ok=True)
    return Site(settings, Database(settings.url, clock or DatabaseClock()), Keys(settings.secret))


async def site(request: Request) -> Site:
    """Not a plain ``def``: those are handed to another thread, which costs more than this does."""
    held: Site = request.app.state.site
    return held


SiteDep = Annotated[Site, Depends(site)]


def _credentials(request: Request, scheme: str) -> str | None:
    """The token of an Authorization header of this scheme, or None. Raises NotSignedIn for a scheme we do not know."""
    header = request.headers.get("authorization")
    if not header:
        return None
    kind, _, token = header.partition(" ")
    if kind.lower() not in {"bearer", "business"} or not token.strip():
        raise NotSignedIn("Send Authorization: Bearer TOKEN, or Business TOKEN for a shop")
    return token.strip() if kind.lower() == scheme else None


async def maybe_person(request: Request, here: SiteDep) -> Person | None:
    """The person of a bearer token, if one was sent. Raises NotSignedIn for a wrong one."""
    token = _credentials(request, "bearer")
    return None if token is None else await run_in_threadpool(_person_of, here, token)


def _person_of(here: Site, token: str) -> Person:
    with here.db.reading() as session:
        return accounts.bearer(session, here.clock, token)


async def maybe_shop(request: Request, here: SiteDep) -> Business | None:
    """The business of a business token, if one was sent."""
    token = _credentials(request, "business")
    return None if token is None else await run_in_threadpool(_shop_of, here, token)


def _shop_of(here: Site, token: str) -> Business:
    with here.db.reading() as session:
        return businesses.by_key(session, token)


MaybePerson = Annotated[Person | None, Depends(maybe_person)]
MaybeShop = Annotated[Business | None, Depends(maybe_shop)]


async def person(found: MaybePerson) -> Person:
    if found is None:
        raise NotSignedIn("Please sign in: send Authorization: Bearer TOKEN")
    return found


async def shop(found: MaybeShop) -> Business:
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
