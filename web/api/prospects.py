"""The organizers' private list of shops: read, written, imported and asked by them alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import StringConstraints
from sqlalchemy.orm import Session

from accounts import queries as people
from accounts import service as accounts
from accounts.rules import ORGANIZERS
from businesses import queries
from businesses import service as businesses
from businesses.prospects import Prospect, Sheet
from campaigns import queries as campaign_queries
from core import sheets
from core.idempotency import Answer
from core.wire import Json, encode
from web.api import bodies as b
from web.api import views
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentPerson, SiteDep

router = ApiRouter(tags=["prospects"])
Preview = Annotated[bool, Query()]
Note = Annotated[str, StringConstraints(max_length=2000)]


class ProspectBody(b.Body):
    """A shop as its organizers write it down; which fields it needs is checked by the rules."""

    name: b.Short | None = None
    place: b.Short | None = None
    contact: b.Short | None = None
    note: Note | None = None
    state: b.Short | None = None
    why: Note | None = None


class SheetBody(b.Body):
    """A CSV file as text, and the encoding it was read in."""

    text: str
    encoding: str


async def sheet(request: Request) -> SheetBody:
    """The request's body is the file itself, in whatever encoding a spreadsheet wrote it."""
    text, encoding = sheets.decode(await request.body(), "sheet")
    return SheetBody(text=text, encoding=encoding)


Sent = Annotated[SheetBody, Depends(sheet)]
FILE = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get("/campaigns/{slug}/prospects")
def listed(slug: str, person: CurrentPerson, here: SiteDep) -> Response:
    """Every shop on the list, by name (organizers)."""
    with here.db.reading() as session:
        campaign = campaign_queries.by_slug(session, slug)
        accounts.demand_role(session, campaign.team, person, ORGANIZERS)
        items = views_of(session, queries.prospects(session, campaign.id))
    return JSONResponse({"items": items, "next": None}, headers={"Cache-Control": "no-store"})


@router.post("/campaigns/{slug}/prospects", status_code=201)
def add(slug: str, body: ProspectBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Put a shop on the list (organizers)."""

    def work(session: Session) -> Answer:
        made = businesses.add_prospect(session, here.clock, person, slug, body.model_dump(exclude_unset=True))
        return Answer(201, *views_of(session, [made]))

    return post(body, work)


@router.patch("/campaigns/{slug}/prospects/{prospect_id}")
def change(
    slug: str, prospect_id: str, body: ProspectBody, person: CurrentPerson, here: SiteDep, post: Post
) -> Response:
    """Write some fields anew (organizers)."""

    def work(session: Session) -> Answer:
        changes = body.model_dump(exclude_unset=True)
        made = businesses.change_prospect(session, here.clock, person, slug, prospect_id, changes)
        return Answer(200, *views_of(session, [made]))

    return post(body, work)


@router.delete("/campaigns/{slug}/prospects/{prospect_id}", status_code=204)
def remove(slug: str, prospect_id: str, person: CurrentPerson, here: SiteDep) -> Response:
    """Take a shop off the list."""
    with here.db.writing() as session:
        businesses.remove_prospect(session, here.clock, person, slug, prospect_id)
    return Response(status_code=204)


@router.post("/campaigns/{slug}/prospects/import", status_code=201, openapi_extra=FILE)
def import_(
    slug: str, person: CurrentPerson, sent: Sent, here: SiteDep, post: Post, preview: Preview = False
) -> Response:
    """Read a CSV file, sent as it is; with ``?preview=true`` nothing is kept (organizers)."""

    def work(session: Session) -> Answer:
        if preview:
            found = businesses.read_prospects(session, here.clock, person, slug, sent.text)
            return Answer(200, _told(found, sent.encoding, [_entry(each) for each in found.fresh]))
        found, made = businesses.import_prospects(session, here.clock, person, slug, sent.text)
        return Answer(201, _told(found, sent.encoding, views_of(session, made)))

    return post(sent, work)


@router.post("/campaigns/{slug}/prospects/{prospect_id}/invitation", status_code=201)
def invite(slug: str, prospect_id: str, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Make the shop's invitation; mailed where its contact is an address (organizers)."""

    def work(session: Session) -> Answer:
        made, token = businesses.invite_prospect(session, here.clock, here.keys, person, slug, prospect_id)
        return Answer(201, views.invitation(made, token, here.url(f"/invitations/claim?token={token}")))

    return post(None, work)


def views_of(session: Session, held: Iterable[Prospect]) -> list[Json]:
    """Prospects as their organizers see them, with who changed each last: one query for the names."""
    shown = list(held)
    known = people.people(session, {p.changed_by for p in shown})
    return [
        {
            "id": p.id,
            **_entry(p.entry),
            "state": p.stage.value,
            "invitation": p.invitation,
            "claimed_at": encode(p.claimed_at),
            "changed_at": encode(p.changed_at),
            "changed_by": known[p.changed_by].name or known[p.changed_by].email if p.changed_by in known else None,
        }
        for p in shown
    ]


def _entry(entry: object) -> Json:
    return {("state" if name == "stage" else name): value for name, value in encode(entry).items()}


def _told(found: Sheet, encoding: str, items: list[Json]) -> Json:
    return {
        "items": items,
        "known": [{"line": line, "name": name} for line, name in found.known],
        "refused": [{"line": r.line, "field": r.field, "message": str(r.message)} for r in found.refused],
        "unused_columns": list(found.unused),
        "encoding": encoding,
    }
