"""Alive, ready, and figures for Prometheus."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlalchemy import text

from campaigns import queries as campaign_queries
from core import health
from core.migrate import is_current
from web.site import SiteDep

router = APIRouter(include_in_schema=False)
SILENT_FOR = timedelta(seconds=60)


@router.get("/healthz")
def alive() -> Response:
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(here: SiteDep) -> Response:
    """200 when database, migrations and the worker's heartbeat are as they should be; 503 saying which is not."""
    found = {"database": False, "migrations": False, "worker": False}
    with here.db.reading() as session:
        session.execute(text("SELECT 1"))
        found["database"] = True
        found["migrations"] = is_current(here.db.url)
        if found["migrations"]:
            beat = health.last_beat(session, "worker")
            found["worker"] = beat is not None and here.clock.now(session) - beat < SILENT_FOR
    return JSONResponse(found, 200 if all(found.values()) else 503)


@router.get("/metrics")
def metrics(here: SiteDep) -> Response:
    """Gauges in Prometheus' text format."""
    with here.db.reading() as session:
        now = here.clock.now(session)
        states = campaign_queries.count_by_state(session)
        figures = {
            "carrotmob_facts_total": health.facts(session),
            "carrotmob_mail_waiting": health.waiting_mail(session),
            "carrotmob_campaigns_overdue": campaign_queries.overdue(session, now),
        }
    lines = [f"{name} {value}" for name, value in figures.items()]
    lines += [f'carrotmob_campaigns{{state="{state}"}} {n}' for state, n in sorted(states.items())]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
