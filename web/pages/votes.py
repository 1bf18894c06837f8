"""Confirming a vote by its mailed link: opening it does nothing, the button counts it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import service as businesses
from web.pages.edge import PublicAct, words
from web.rendering import render
from web.site import SiteDep

router = APIRouter()


@router.get("/votes/{vote_id}/confirm")
def ask(vote_id: str, request: Request, token: str = "") -> Response:
    return render(request, "vote.html", vote=vote_id, token=token)


@router.post("/votes/{vote_id}/confirm")
def confirm(vote_id: str, here: SiteDep, act: PublicAct) -> Response:
    def work(session: Session) -> str:
        campaign = businesses.confirm_vote(session, here.clock, here.keys, vote_id, words(act.form, "token"))
        return f"/campaigns/{campaign.slug}/bids"

    return act.do(work)
