"""Stopping mail: a page with a button for people, one click by POST for mail programs (RFC 8058)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from core.errors import NotFound
from notifications import service as notifications
from notifications.rules import ALL, DUTIES, LATE, Subscription
from web.rendering import render
from web.site import Site, SiteDep, limited

router = APIRouter()
Short = Annotated[str, Query(max_length=200)]
Topic = Annotated[str, Query(max_length=200, alias="list")]
PRIVATE = {"Cache-Control": "no-store"}


@router.get("/unsubscribe")
def ask(request: Request, here: SiteDep, who: Short = "", topic: Topic = "", token: Short = "") -> Response:
    """Opening the link changes nothing: scanners open links."""
    if not here.keys.fits("unsubscribe", Subscription(who, topic).subject, token):
        raise NotFound("This link is not known")
    return _page(request, topic, done=False)


@router.post("/unsubscribe")
def stop(request: Request, here: SiteDep, who: Short = "", topic: Topic = "", token: Short = "") -> Response:
    """Stop it, by whoever holds the link: no cookie, no sign-in, no redirect."""
    _stop(request, here, Subscription(who, topic), token)
    return _page(request, topic, done=True)


def _stop(request: Request, here: Site, subscription: Subscription, token: str) -> None:
    with here.db.writing() as session:
        with limited(session, here, request, "unsubscribe", 600, 60):
            pass
        notifications.unsubscribe(session, here.keys, subscription, token)


def _page(request: Request, topic: str, *, done: bool) -> Response:
    kind = topic if topic in {ALL, DUTIES, LATE} else "campaign"
    again = f"{request.url.path}?{request.url.query}"
    return render(request, "unsubscribe.html", headers=PRIVATE, kind=kind, done=done, again=again)
