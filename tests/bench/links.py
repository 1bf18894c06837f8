"""Reading the pages that promises name, beside bare httpx: the same pages, as many at once, a connection for each."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import httpx

from businesses import jobs
from businesses.gateway.manners import Rules
from businesses.service import Task
from businesses.watching import Compare, Look, Watch

CHECKS = 10_000
SITES = 2_000
"""Five pages of each: a shop with five promises."""
SLOW_S = 0.05
"""What a page takes on a server that is some way off."""
PUBLIC = "93.184.215.14"
"""Where all names are said to lie; who dials it lands on the server here."""
PAGE = b"<ul class=producers>" + b"<li>a producer</li>" * 15 + b"</ul>"


@dataclass(frozen=True)
class Read:
    """Checks per second of both, and which share of the time concurrency allows ours took; None without a wait."""

    what: str
    bare: float
    ours: float
    limit: float | None


def table() -> Iterator[str]:
    """The figures as Markdown."""
    yield f"{CHECKS:,} pages of {SITES:,} sites, {jobs.AT_ONCE} at once; ours also asks each site for its robots.txt."
    yield "| pages | bare httpx /s | ours /s | the limit that waiting sets |"
    yield "|---|---|---|---|"
    for found in measure():
        limit = "none" if found.limit is None else f"{found.limit:.0f} /s"
        yield f"| {found.what} | {found.bare:.0f} | {found.ours:.0f} | {limit} |"


def measure() -> Iterator[Read]:
    """Pages that are there at once, and pages that take a while."""
    pages = [f"http://site{n % SITES}.example/promise-{n // SITES}" for n in range(CHECKS)]
    random.Random(2008).shuffle(pages)
    for what, seconds in (("at once", 0.0), (f"after {SLOW_S * 1000:.0f} ms", SLOW_S)):
        with _site(seconds) as port:
            limit = jobs.AT_ONCE / seconds if seconds else None
            yield Read(what, CHECKS / _bare(pages, port), CHECKS / _ours(pages, port), limit)


def _ours(pages: Sequence[str], port: int) -> float:
    """Seconds for all, in batches as the worker claims them; every page has to be read."""
    reader = jobs.Reader("https://mob.example", _Lands(port), _resolve)
    tasks = [Task(str(n), _watch(url), date(2027, 6, 12)) for n, url in enumerate(pages)]
    known: Rules = {}
    begun = time.perf_counter()
    for first in range(0, len(tasks), jobs.BATCH):
        read = reader.read(tasks[first : first + jobs.BATCH], known)
        assert all(found.status == 200 for found in read)
    return time.perf_counter() - begun


def _watch(url: str) -> Watch:
    return Watch(url=url, look=Look.COUNT, what="ul.producers li", compare=Compare.AT_LEAST, number=Decimal(15))


def _bare(pages: Sequence[str], port: int) -> float:
    begun = time.perf_counter()
    asyncio.run(_get_all(pages, port))
    return time.perf_counter() - begun


async def _get_all(pages: Sequence[str], port: int) -> None:
    turn = asyncio.Semaphore(jobs.AT_ONCE)
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=0)
    async with httpx.AsyncClient(transport=_Lands(port, limits), trust_env=False) as client:

        async def one(url: str) -> None:
            async with turn:
                answer = await client.get(url)
                assert answer.status_code == 200

        await asyncio.gather(*(one(url) for url in pages))


class _Lands(httpx.AsyncHTTPTransport):
    """Takes every request to the server here, whatever it dials."""

    def __init__(self, port: int, limits: httpx.Limits | None = None) -> None:
        super().__init__(limits=limits or httpx.Limits(max_connections=100, max_keepalive_connections=0))
        self._port = port

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(host="127.0.0.1", port=self._port)
        return await super().handle_async_request(request)

    async def aclose(self) -> None:
        """One transport serves many batches, each with a client and a loop of its own."""


async def _resolve(host: str, port: int) -> Sequence[str]:
    return [PUBLIC]


@contextmanager
def _site(seconds: float) -> Iterator[int]:
    """The plainest server there is, in a process of its own: it answers everything with the page."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        port: int = listening.getsockname()[1]
        server = multiprocessing.get_context("fork").Process(target=_serve, args=(listening, seconds), daemon=True)
        server.start()
        try:
            yield port
        finally:
            server.terminate()
            server.join()


def _serve(listening: socket.socket, seconds: float) -> None:
    asyncio.run(_answer_all(listening, seconds))


async def _answer_all(listening: socket.socket, seconds: float) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        robots = asked.startswith(b"GET /robots.txt")
        if not robots:
            await asyncio.sleep(seconds)
        body = b"User-agent: *\nAllow: /\n" if robots else PAGE
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        writer.write(head % len(body) + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, sock=listening)
    await server.serve_forever()


if __name__ == "__main__":
    for line in table():
        print(line, flush=True)
