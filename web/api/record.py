"""The public record as a stream of lines, from which every public figure can be recomputed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import Query, Response
from fastapi.responses import StreamingResponse

from campaigns import queries
from campaigns.values import State
from core import record
from core.errors import NotFound
from web.api.routing import ApiRouter
from web.site import Site, SiteDep

router = ApiRouter(tags=["record"])


@router.get(
    "/campaigns/{slug}/record", response_class=Response, responses={200: {"content": {"application/x-ndjson": {}}}}
)
def read(slug: str, here: SiteDep, after: Annotated[int, Query(ge=0, le=2**62)] = 0) -> Response:
    """NDJSON, a public fact a line, in order of position; includes every fact committed before the call."""
    record.publish(here.db)
    with here.db.reading() as session:
        campaign = queries.by_slug(session, slug)
    if campaign.state == State.DRAFT:
        raise NotFound("There is no such campaign")
    return StreamingResponse(lines(here, campaign.id, after), media_type="application/x-ndjson")


def lines(here: Site, campaign_id: str, after: int) -> Iterator[str]:
    """One line a fact, read as it is sent, so that a long record needs little memory."""
    with here.db.reading() as session:
        for line in record.lines(session, campaign_id, after):
            yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
