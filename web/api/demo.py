"""Demo mode only: the clock that is moved by hand, and the mail as it was sent. Elsewhere these do not exist."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, Response

from core.errors import NotFound, refuse
from core.wire import Json, encode
from notifications import queries as mail
from web.api import bodies as b
from web.api.inputs import instant
from web.demo import clock
from web.site import SiteDep


def demo_only(here: SiteDep) -> None:
    """Raise NotFound outside the demo."""
    if not here.settings.demo:
        raise NotFound("There is nothing here")


router = APIRouter(prefix="/demo", tags=["demo"], dependencies=[Depends(demo_only)], include_in_schema=False)

_DURATION = re.compile(
    r"P(?:(\d{1,4})Y)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?"
)


class ClockBody(b.Body):
    to: datetime | None = None
    advance: b.Short | None = None


@router.get("/clock")
def read_clock(here: SiteDep) -> Json:
    return {"now": encode(clock.now(here))}


@router.post("/clock")
def move_clock(body: ClockBody, here: SiteDep) -> Json:
    """Move time forward, to an instant or by an ISO 8601 duration; answers what was done on the way."""
    if (body.to is None) == (body.advance is None):
        refuse("to", "give either to or advance")
    to = instant(body.to, "to") if body.to else clock.now(here) + duration(body.advance or "")
    done = clock.move(here, to)
    return {"now": encode(clock.now(here)), "done": done}


def duration(text: str) -> timedelta:
    """ "P3D", "PT2H", "P1Y": a year is 365 days."""
    found = _DURATION.fullmatch(text)
    if not found or not any(found.groups()):
        refuse("advance", "write a duration, like P3D or PT2H")
    years, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=years * 365 + weeks * 7 + days, hours=hours, minutes=minutes, seconds=seconds)


@router.get("/mail")
def read_mail(here: SiteDep, to: Annotated[str | None, Query(max_length=254)] = None) -> Response:
    """Deliver what is outstanding, then the messages as sent, newest first."""
    clock.catch_up(here)
    with here.db.reading() as session:
        return JSONResponse([encode(message) for message in mail.mailbox(session, to)])
