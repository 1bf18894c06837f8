"""The load: keep-alive connections on plain sockets, in a process of its own, so that it is never what is measured."""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Load:
    """What to ask of a server on loopback, by how many at once, and for how long."""

    port: int
    method: str
    path: str
    clients: int
    seconds: float
    status: int

    def request(self, n: int) -> bytes:
        """Each pledge is somebody else's: the same one again would be answered without any work."""
        body = b""
        if self.method == "POST":
            email = f"{uuid.uuid4().hex}-{n}@example.org"
            body = json.dumps({"amount": {"amount": "20.00", "currency": "EUR"}, "email": email}).encode()
        head = f"{self.method} {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Length: {len(body)}\r\n"
        return f"{head}Content-Type: application/json\r\n\r\n".encode() + body


class Wrong(Exception):
    """The server answered something else than it should: there is nothing to measure."""


async def _client(load: Load, until: float, taken: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    n = 0
    while (begun := time.perf_counter()) < until:
        writer.write(load.request(n := n + 1))
        await _answer(reader, load.status)
        taken.append(time.perf_counter() - begun)
    writer.close()


async def _answer(reader: asyncio.StreamReader, status: int) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.split("content-length:", 1)[1].split("\r\n", 1)[0])
    body = await reader.readexactly(length)
    if int(head.split(" ", 2)[1]) != status:
        raise Wrong(f"{head}{body.decode()}")


async def _run(load: Load) -> tuple[float, float]:
    """Answers per second, and how long the slowest hundredth of them took at least, in milliseconds."""
    taken: list[float] = []
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(load.clients):
            group.create_task(_client(load, begun + load.seconds, taken))
    elapsed = time.perf_counter() - begun
    return len(taken) / elapsed, sorted(taken)[int(len(taken) * 0.99)] * 1000


def arguments(sides: Sequence[Load], rounds: int) -> list[str]:
    """The command line that puts these loads on in turns, in another process; it prints ``_run``'s figures by round."""
    return [sys.executable, "-m", "tests.bench.load", json.dumps([asdict(side) for side in sides]), str(rounds)]


def _in_turns(sides: Sequence[Load], rounds: int) -> list[list[tuple[float, float]]]:
    """Whatever else the machine does meanwhile falls on all sides. A first round warms them up and is not told."""
    return [[asyncio.run(_run(side)) for side in sides] for _ in range(rounds + 1)][1:]


if __name__ == "__main__":
    print(json.dumps(_in_turns([Load(**side) for side in json.loads(sys.argv[1])], int(sys.argv[2]))))
