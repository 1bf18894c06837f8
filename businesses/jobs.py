"""Reading the pages that promises name: claimed in one transaction, read outside of any, noted in another."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from businesses import queries, service
from businesses.gateway import fetching
from businesses.gateway.fetching import Fetcher, Resolve, Unreachable
from businesses.gateway.manners import Manners, Rules
from businesses.pages import Read
from businesses.service import Task
from businesses.watching import Page
from core.db import Database

BATCH = 200
AT_ONCE = 20
"""Pages that are read at the same time; of one site one after the other."""


class Reader:
    """Reads pages for promises. ``address`` is that of this installation: a site's owner finds it in the log."""

    def __init__(
        self, address: str, transport: fetching.Transport | None = None, resolve: Resolve = fetching.resolve
    ) -> None:
        self._address = address
        self._transport = transport
        self._resolve = resolve

    def read(self, tasks: Sequence[Task], known: Rules | None = None) -> list[Read]:
        """Every page, or why it could not be read. ``known``: what sites have said to this run so far."""
        return asyncio.run(self._read(tasks, {} if known is None else known))

    async def _read(self, tasks: Sequence[Task], known: Rules) -> list[Read]:
        turn = asyncio.Semaphore(AT_ONCE)
        async with fetching.client(self._address, self._transport) as client:
            manners = Manners(Fetcher(client, self._resolve), known)

            async def one(task: Task) -> Read:
                async with turn:
                    return await _page(manners, task.watch.url)

            return list(await asyncio.gather(*(one(task) for task in tasks)))


async def _page(manners: Manners, url: str) -> Read:
    try:
        found = await manners.fetch(url)
    except Unreachable as wrong:
        return Read(url, why=wrong.why.value)
    page = Page(found.body, found.media_type, found.charset, found.modified)
    return Read(found.url, found.status, found.sha256, page)


def look_at_pages(db: Database, reader: Reader) -> list[str]:
    """Read every page that is due; gives a line for each."""
    done: list[str] = []
    known: Rules = {}
    while tasks := _claim(db):
        for task, read in zip(tasks, reader.read(tasks, known), strict=True):
            with db.writing() as session:
                done.append(service.note_page(session, db.clock, task, read))
    return done


def _claim(db: Database) -> list[Task]:
    with db.reading() as session:
        due = queries.next_page_due(session)
        if due is None or due > db.clock.now(session):
            return []
    with db.writing() as session:
        return service.claim_pages(session, db.clock, BATCH)
