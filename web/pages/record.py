"""A campaign's public record for people: the same facts as the stream for programs, each as a sentence."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from campaigns import queries
from campaigns.values import State
from core import record
from core.errors import NotFound
from web.rendering import locale_of, render
from web.site import SiteDep
from web.views.facts_in_words import CONTEXT, NOTABLE, Names, learn, lines

router = APIRouter()
PAGE = 50
BRIEFLY = {"Cache-Control": "public, max-age=5"}


@router.get("/campaigns/{slug}/record")
def page(
    slug: str,
    request: Request,
    here: SiteDep,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    every: Annotated[str, Query(max_length=3)] = "",
) -> Response:
    """The ledger, newest first; ``every`` shows each pledge and arrival, too."""
    record.publish(here.db)
    kinds = () if every else NOTABLE
    with here.db.reading() as session:
        campaign = queries.by_slug(session, slug)
        if campaign.state == State.DRAFT:
            raise NotFound("There is no such campaign")
        found = record.newest(session, campaign.id, PAGE + 1, kinds, before=before)
        context = record.of_campaigns(session, [campaign.id], CONTEXT)
        count = record.count(session, campaign.id)
    names = learn(Names(locale_of(request), campaign.timezone), context)
    asked = "&every=yes" if every else ""
    return render(
        request,
        "record.html",
        headers=BRIEFLY,
        campaign=campaign,
        ledger=lines(found[:PAGE], names),
        count=count,
        every=bool(every),
        first=before is None,
        next=f"/campaigns/{slug}/record?before={found[PAGE - 1].position}{asked}" if len(found) > PAGE else "",
    )
