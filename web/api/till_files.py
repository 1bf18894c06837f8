"""The till's own file: sent as it is, answered with what it comes to, and counted when the business says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from core.idempotency import Answer
from core.wire import Json, encode
from pledges import queries, till_files
from pledges import service as pledges
from pledges.till_files import Columns, Look, Mark, Order
from pledges.values import TillFile, Visibility
from web.api import bodies as b
from web.api.day import till_view
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentShop, Site, SiteDep
from web.trips import inviting
from web.views.till_file import open_windows

router = ApiRouter(tags=["mob day"])
FILE = {"requestBody": {"required": True, "content": {"text/csv": {}}}}


class FileBody(b.Body):
    """The stored file's name: what makes two requests the same."""

    content: str


class ColumnsBody(b.Body):
    date: b.Short
    amount: b.Short
    time: b.Short = ""
    tax: b.Short = ""
    units: b.Short = ""
    customers: b.Short = ""
    receipt: b.Short = ""
    items: bool = False
    order: Literal["", "dmy", "mdy"] = ""
    mark: Literal["", ",", "."] = ""

    def columns(self) -> Columns:
        return Columns(**{**self.model_dump(), "order": Order(self.order), "mark": Mark(self.mark)})


class CountBody(b.Body):
    columns: ColumnsBody | None = None
    count: bool = False
    visibility: Literal["public", "checker"] = "public"


async def body_of(request: Request) -> bytes:
    """The request's body is the file itself, in whatever encoding a till wrote it."""
    return await request.body()


Sent = Annotated[bytes, Depends(body_of)]


@dataclass(frozen=True)
class _Seen:
    """A file with what it comes to by some columns."""

    file: TillFile
    heads: tuple[str, ...]
    encoding: str
    columns: Columns
    found: Look


@router.post("/campaigns/{slug}/till-files", status_code=201, openapi_extra=FILE)
def send(slug: str, shop: CurrentShop, here: SiteDep, sent: Sent, post: Post) -> Response:
    """Send a CSV file, as the body: answered with the columns as proposed and what they come to. Nothing counts yet."""
    with here.db.reading() as session:
        inviting.demand_winner(campaign_queries.by_slug(session, slug), shop)
    till_files.open_table(sent, "file")
    name = here.files.put(sent)

    def work(session: Session) -> Answer:
        held = pledges.keep_till_file(session, here.clock, slug, shop.id, name)
        return Answer(201, _told(_seen(session, here, shop, slug, held, None)))

    return post(FileBody(content=name), work)


@router.post("/campaigns/{slug}/till-files/{file_id}")
def count(slug: str, file_id: str, body: CountBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """Look at a file by other columns; with ``count`` its sums are declared, in place of what stood before."""

    def work(session: Session) -> Answer:
        campaign = campaign_queries.by_slug(session, slug)
        held = queries.till_file(session, file_id, campaign.id, shop.id)
        seen = _seen(session, here, shop, slug, held, body.columns.columns() if body.columns else None)
        if not body.count:
            return Answer(200, _told(seen))
        visibility, sums = Visibility(body.visibility), seen.found.counts
        made = pledges.count_till_file(session, here.clock, slug, shop.id, held.id, seen.columns, sums, visibility)
        return Answer(200, {**_told(seen), "till_totals": [till_view(till) for till in made]})

    return post(body, work)


def _seen(session: Session, here: Site, shop: Business, slug: str, held: TillFile, columns: Columns | None) -> _Seen:
    campaign: Campaign = campaign_queries.by_slug(session, slug)
    inviting.demand_winner(campaign, shop)
    tills = [till for till in queries.till_totals(session, campaign.id) if till.business == shop.id]
    windows = open_windows(campaign, tills, here.clock.now(session))
    table = till_files.open_table(here.files.get(held.content), "file")
    chosen = columns or till_files.propose(table.heads, queries.till_columns(session, shop.id))
    known = chosen if chosen.date and chosen.amount else None
    found = till_files.look(table, chosen, campaign, windows) if known or columns else Look()
    return _Seen(held, table.heads, table.encoding, chosen, found)


def _told(seen: _Seen) -> Json:
    found = encode(seen.found)
    return {
        "id": seen.file.id,
        "heads": list(seen.heads),
        "encoding": seen.encoding,
        "columns": encode(seen.columns),
        **{name: found[name] for name in ("windows", "outside", "repeated", "empty", "refunds")},
        "refused": [{"line": r.line, "column": r.column, "message": str(r.message)} for r in seen.found.refused],
    }
