"""Confirming an ask by its mailed link, or renewing it: opening it does nothing, the button counts it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import service as businesses
from web.pages.edge import PublicAct, words
from web.rendering import render
from web.site import SiteDep

router = APIRouter()


@router.get("/asks/{ask_id}/confirm")
def look(ask_id: str, request: Request, token: str = "") -> Response:
    return render(request, "ask.html", ask=ask_id, token=token)


@router.post("/asks/{ask_id}/confirm")
def confirm(ask_id: str, here: SiteDep, act: PublicAct) -> Response:
    def work(session: Session) -> str:
        campaign = businesses.confirm_ask(session, here.clock, here.keys, ask_id, words(act.form, "token"))
        return f"/campaigns/{campaign.slug}?asked=counted#main"

    return act.do(work)
