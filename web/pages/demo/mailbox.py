"""Messages as they would be sent: the list, one of them, and its HTML in a sandbox of its own."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from core.errors import NotFound
from notifications import queries
from notifications.queries import KeptMail
from web.demo import clock
from web.demo.tour import ZONE
from web.rendering import render
from web.site import Site, SiteDep

router = APIRouter(prefix="/demo/mailbox")
SANDBOX = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A mail is foreign matter: it may show itself and do nothing (WEB.md, Stack)."""
_LINK = re.compile(r"https?://\S+")
_SHOWN = 60
NOTHING_KEPT = {"Cache-Control": "no-store"}


@router.get("")
def box(request: Request, here: SiteDep, to: Annotated[str, Query(max_length=254)] = "") -> Response:
    """What has arrived, the newest first; what waits is delivered before."""
    clock.catch_up(here)
    reader = to.strip().lower()
    with here.db.reading() as session:
        held = queries.mailbox(session, reader or None, _SHOWN)
    return render(request, "demo/mailbox.html", headers=NOTHING_KEPT, mails=held, to=reader, zone=ZONE)


@router.get("/{id_}")
def one(id_: int, request: Request, here: SiteDep) -> Response:
    """One message with its headers, as HTML and as text."""
    mail = _mail(here, id_)
    return render(request, "demo/mail.html", headers=NOTHING_KEPT, mail=mail, link=_link(mail), zone=ZONE)


@router.get("/{id_}/html")
def html(id_: int, here: SiteDep) -> Response:
    """The message's own HTML, for the frame."""
    headers = {"Content-Security-Policy": SANDBOX, **NOTHING_KEPT}
    return HTMLResponse(_mail(here, id_).html, headers=headers)


def _mail(here: Site, id_: int) -> KeptMail:
    with here.db.reading() as session:
        found = queries.kept_mail(session, id_)
    if found is None:
        raise NotFound("There is no such message")
    return found


def _link(mail: KeptMail) -> str:
    """The path of the mail's action link, which comes first in its text."""
    found = _LINK.search(mail.text)
    if found is None:
        return ""
    parts = urlsplit(found.group())
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
