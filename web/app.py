"""The application: every route, every middleware, one installation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette_compress import CompressMiddleware

from core.clock import Clock
from core.settings import Settings
from web import assets, health, pages, problems
from web.api import (
    agreements,
    arriving,
    before,
    bids,
    campaigns,
    checking,
    circles,
    consents,
    crew,
    day,
    demo,
    effects,
    evidence,
    identities,
    looking,
    me,
    monitoring,
    obligations,
    papers,
    photos,
    pledges,
    prepared,
    proofs,
    prospects,
    record,
    redactions,
    returning,
    settling,
    tasks,
    templates,
    till_files,
    windows,
)
from web.api.routing import PREFIX
from web.security import BodyLimit, SameOrigin, SecurityHeaders
from web.site import Site, build_site
from web.worker import Worker

_OFTEN = (pledges, campaigns, arriving, bids, agreements, consents, day, obligations, evidence, record, me)
_RARELY = (checking, crew, templates, prospects, prepared, papers, looking, identities, till_files, proofs, before)
API = (*_OFTEN, *_RARELY, photos, returning, tasks, effects, settling, circles, monitoring, windows, redactions)
"""In the order in which a request is compared with them: what many send at once comes first."""

_PHOTOS = (
    "/paper",
    "/paper-bids",
    "/proof",
    "/slip",
    "/slip-photos",
    "/spend",
    "/receipt-photos",
    "/photos",
    "/photo-files",
)
UPLOADS = (*_PHOTOS, "/till/file", "/till-files", "/evidence-files")
"""How addresses end that take a photo or a file."""
SEVERAL = ("/evidence",)
"""And those that take several at once."""


def create_app(settings: Settings, clock: Clock | None = None, *, worker: bool | None = None) -> FastAPI:
    """Build the application. ``worker`` overrides whether this process keeps the deadlines itself."""
    settings.check()
    site = build_site(settings, clock)
    embedded = settings.worker == "embedded" if worker is None else worker
    app = FastAPI(
        title="Carrotmob",
        version="1",
        description="The API of the main loop: organize, bid, choose, pledge, mob, tally, follow through.",
        lifespan=_lifespan(site, embedded=embedded),
        docs_url=None,
        redoc_url=None,
    )
    app.state.site, app.state.settings = site, settings
    pages.include(app, settings, first=True)
    for module in API:
        app.include_router(module.router, prefix=PREFIX, responses=problems.DOCUMENTED)
    app.include_router(demo.router)
    app.include_router(health.router)
    pages.include(app, settings)
    app.router.routes.append(assets.route)
    problems.install(app)
    _middleware(app, settings)
    return app


def _middleware(app: FastAPI, settings: Settings) -> None:
    """The last one added sees a request first."""
    app.add_middleware(BodyLimit, uploads={UPLOADS: 12 * 2**20, SEVERAL: 64 * 2**20})
    app.add_middleware(SameOrigin, base_url=settings.base_url)
    app.add_middleware(SecurityHeaders, base_url=settings.base_url)
    app.add_middleware(CompressMiddleware)


def _lifespan(site: Site, *, embedded: bool) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        worker = Worker(site) if embedded else None
        if worker:
            worker.start()
        yield
        if worker:
            worker.stop()
        site.db.dispose()

    return lifespan
