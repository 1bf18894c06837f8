"""Where a business says that it acts here itself: by a link mailed to its own domain; opening it does nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import identity, queries, service
from campaigns import queries as campaigns
from web.pages.edge import PublicAct, words
from web.rendering import render
from web.site import SiteDep

router = APIRouter()
Token = Annotated[str, Query(max_length=200)]


@router.get("/identity/{confirmation_id}")
def ask(confirmation_id: str, request: Request, here: SiteDep, token: Token = "") -> Response:
    with here.db.reading() as session:
        held = service.identity_by_link(session, here.keys, confirmation_id, token)
        campaign = campaigns.by_id(session, held.campaign)
        shop, now = queries.business_by_id(session, held.business), here.clock.now(session)
    return render(
        request,
        "identity.html",
        headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
        held=held,
        campaign=campaign,
        shop=shop,
        token=token,
        waits=identity.waits(held, now),
    )


@router.post("/identity/{confirmation_id}")
def confirm(confirmation_id: str, here: SiteDep, act: PublicAct) -> Response:
    token = words(act.form, "token")

    def work(session: Session) -> str:
        service.confirm_own_domain(session, here.clock, here.keys, confirmation_id, token)
        return f"/identity/{confirmation_id}?token={token}"

    return act.do(work, most=60)
