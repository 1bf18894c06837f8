"""The load of a mob's day, in a process of its own: crew phones at the door, a board that watches, phones that poll."""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from tests.bench.load import Wrong, answer, request

_GIANT = re.compile(r"num giant[^>]*>([\d,]+)<")
REPEATED = 10
"""Every so manieth check-in is sent twice, as a phone does that heard no answer."""


@dataclass(frozen=True)
class Rush:
    """What comes: each phone of the crew checks somebody in every ``pace`` seconds, codes first and then walk-ins."""

    port: int
    slug: str
    tokens: list[str]
    codes: list[str]
    seconds: float
    pace: float
    phones: int
    poll: float


@dataclass
class Seen:
    """What happened: check-ins as (sent, answered), how long each poll took, and when the board showed how many."""

    came: list[tuple[float, float]] = field(default_factory=list)
    again: int = 0
    polls: list[float] = field(default_factory=list)
    shown: list[tuple[float, int]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def _phone(rush: Rush, seen: Seen, token: str, codes: Iterator[str], until: float) -> None:
    await asyncio.sleep(random.random() * rush.pace)
    reader, writer = await asyncio.open_connection("127.0.0.1", rush.port)
    n = 0
    while (begun := time.perf_counter()) < until:
        code = next(codes, "")
        body = {"code": code} if code else {"walk_in": True, "nonce": uuid.uuid4().hex}
        sent = request(rush.port, "POST", f"/api/v1/campaigns/{rush.slug}/check-ins", json.dumps(body), token)
        writer.write(sent)
        await answer(reader, 201)
        seen.came.append((begun, time.perf_counter()))
        if (n := n + 1) % REPEATED == 0:
            writer.write(sent)
            await answer(reader, 200)
            seen.again += 1
        await asyncio.sleep(max(0, begun + rush.pace - time.perf_counter()))
    writer.close()


async def _poller(rush: Rush, seen: Seen, until: float) -> None:
    """A phone that lies there with the campaign's page open; its connection is a new one each time."""
    await asyncio.sleep(random.random() * rush.poll)
    while (begun := time.perf_counter()) < until:
        reader, writer = await asyncio.open_connection("127.0.0.1", rush.port)
        writer.write(request(rush.port, "GET", f"/campaigns/{rush.slug}/live"))
        await answer(reader, 200)
        writer.close()
        seen.polls.append(time.perf_counter() - begun)
        await asyncio.sleep(rush.poll)


async def _board(rush: Rush, seen: Seen) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", rush.port, limit=2**20)
    writer.write(request(rush.port, "GET", f"/campaigns/{rush.slug}/board/stream"))
    while line := await reader.readline():
        if found := _GIANT.search(line.decode().replace('\\"', '"')):
            seen.shown.append((time.perf_counter(), int(found[1].replace(",", ""))))


async def _minded(work: object, seen: Seen) -> None:
    try:
        await work  # type: ignore[misc]  # a coroutine of one of the kinds above
    except (Wrong, OSError, asyncio.IncompleteReadError) as wrong:
        seen.errors.append(f"{type(wrong).__name__}: {wrong}")


async def _run(rush: Rush) -> Seen:
    seen, codes = Seen(), iter(rush.codes)
    board = asyncio.create_task(_board(rush, seen))
    while not seen.shown:  # noqa: ASYNC110 - the first picture is waited for once
        await asyncio.sleep(0.01)
    until = time.perf_counter() + rush.seconds
    crew = [_phone(rush, seen, token, codes, until) for token in rush.tokens]
    polls = [_poller(rush, seen, until) for _ in range(rush.phones)]
    await asyncio.gather(*(_minded(work, seen) for work in [*crew, *polls]))
    patience = time.perf_counter() + 5
    while seen.shown[-1][1] < len(seen.came) and time.perf_counter() < patience:  # noqa: ASYNC110 - and the last
        await asyncio.sleep(0.05)
    board.cancel()
    return seen


def arguments() -> list[str]:
    """The command line that puts a load on: it reads the rush as JSON from standard input and prints what it saw."""
    return [sys.executable, "-m", "tests.bench.crew"]


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_run(Rush(**json.loads(sys.stdin.read())))))))
