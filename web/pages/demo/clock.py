"""Moving the demo's time by a button, and what happened on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from core import formats, record
from core.errors import refuse
from core.i18n import N_, translator
from web.demo import clock, tour
from web.demo.tour import ZONE
from web.pages.edge import PublicAct, words
from web.rendering import locale_of, render
from web.site import SiteDep
from web.trips import clockwork
from web.views.facts_in_words import CONTEXT, NOTABLE, Line, Names, learn, lines

router = APIRouter(prefix="/demo")
STRETCHES = {"day": timedelta(days=1), "week": timedelta(days=7)}
_MOST = 12
"""Facts shown of each campaign."""


@dataclass(frozen=True)
class Passed:
    """What happened to one campaign while time passed."""

    campaign: Campaign
    ledger: list[Line]


@router.post("/jump")
def jump(here: SiteDep, act: PublicAct) -> Response:
    """Move time forward by a day, a week, or to the next deadline."""
    wanted = words(act.form, "to")
    clock.catch_up(here)
    with here.db.reading() as session:
        before, now = record.last_position(session), here.clock.now(session)
        deadlines = [at for work in clockwork.DUE if (at := work.next_at(session)) and at > now]
    if wanted in STRETCHES:
        clock.move(here, now + STRETCHES[wanted])
    elif wanted == "deadline":
        clock.move(here, min(deadlines, default=now + STRETCHES["day"]))
    else:
        refuse("to", "choose a day, a week or the next deadline")
    return RedirectResponse(f"/demo/way?after={before}", 303)


@router.get("/way")
def way(request: Request, here: SiteDep, after: Annotated[int, Query(ge=0)] = 0) -> Response:
    """What happened by itself since a position of the record, campaign by campaign."""
    locale = locale_of(request)
    with here.db.reading() as session:
        passed = _passed(session, after, locale)
        own, now = tour.current(session).id, here.clock.now(session)
    return render(
        request,
        "demo/way.html",
        headers={"Cache-Control": "no-store"},
        passed=[each for each in passed if each.campaign.id == own],
        elsewhere=[each for each in passed if each.campaign.id != own],
        now=formats.moment(now, locale, ZONE),
        zone=ZONE,
        title=translator(locale).gettext(N_("What happened on the way")),
    )


def _passed(session: Session, after: int, locale: str) -> list[Passed]:
    """Three queries, however many campaigns there are."""
    held = {c.id: c for c in campaign_queries.listed(session, limit=100)}
    new = record.of_campaigns(session, held, NOTABLE, after=after)
    about = {fact.campaign_id or "" for fact in new}
    context = record.of_campaigns(session, about, CONTEXT)
    found = []
    for id_ in about:
        campaign = held[id_]
        names = learn(Names(locale, campaign.timezone or "UTC"), [f for f in context if f.campaign_id == id_])
        own = [fact for fact in new if fact.campaign_id == id_][:_MOST]
        found.append(Passed(campaign, lines(own, names)))
    return sorted(found, key=lambda p: p.ledger[0].position)
