"""The replay: how anybody recomputes a campaign from its record, and what came out when this server did it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from campaigns import queries
from campaigns.values import Campaign, State
from core import record
from core.errors import NotFound
from web.pages.kept import Kept
from web.recounting import recount
from web.rendering import render
from web.site import Site, SiteDep

router = APIRouter()
BRIEFLY = {"Cache-Control": "public, max-age=60"}
MOST_FACTS = 20_000
"""Longer records are not replayed for a page: they take seconds, and the command does it just as well."""
SHOWN = 20


@dataclass(frozen=True)
class Replayed:
    """What a recount here said: when, from how many facts, how much differs, and its words; ``done``: it was run."""

    at: datetime
    facts: int
    done: bool = False
    differing: int = 0
    lines: tuple[str, ...] = ()


replays: Kept[Replayed] = Kept(600)
"""Each campaign is replayed once in ten minutes at most, however many ask."""


@router.get("/campaigns/{slug}/replay")
def page(slug: str, request: Request, here: SiteDep) -> Response:
    """What to download, the command, what it checks, and what it said here."""
    with here.db.reading() as session:
        campaign = queries.by_slug(session, slug)
    if campaign.state == State.DRAFT:
        raise NotFound("There is no such campaign")
    replayed = replays.get((here.db.url, campaign.id), lambda: replay(here, campaign))
    return render(request, "replay.html", headers=BRIEFLY, campaign=campaign, replayed=replayed)


def replay(here: Site, campaign: Campaign) -> Replayed:
    """Recount a campaign from the same lines that anybody downloads, and from nothing else."""
    record.publish(here.db)
    with here.db.reading() as session:
        now, facts = here.clock.now(session), record.count(session, campaign.id)
        if facts > MOST_FACTS:
            return Replayed(now, facts)
        found = recount(json.dumps(line) for line in record.lines(session, campaign.id))
    notes = found.lines[:-1]  # the last one sums up
    return Replayed(now, facts, done=True, differing=found.found, lines=tuple(notes[:SHOWN]))
