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
    """What to ask of a server on loopback, by how many at once, and for how long; ``token``: a bearer's."""

    port: int
    method: str
    path: str
    clients: int
    seconds: float
    status: int
    token: str = ""

    def request(self, n: int) -> bytes:
        body = json.dumps(self._body(n)) if self.method == "POST" else ""
        return request(self.port, self.method, self.path, body, self.token)

    def _body(self, n: int) -> dict[str, object]:
        """Each is somebody else's: the same one again would be answered without any work."""
        somebody = f"{uuid.uuid4().hex}-{n}"
        if self.path.endswith("check-ins"):
            return {"walk_in": True, "nonce": somebody}
        return {"amount": {"amount": "20.00", "currency": "EUR"}, "email": f"{somebody}@example.org"}


def request(port: int, method: str, path: str, body: str = "", token: str = "") -> bytes:
    """What goes over the wire."""
    heads = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}"]
    heads += ["Content-Type: application/json", *([f"Authorization: Bearer {token}"] if token else [])]
    return "\r\n".join([*heads, "", body]).encode()


class Wrong(Exception):
    """The server answered something else than it should: there is nothing to measure."""


async def _client(load: Load, until: float, taken: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    n = 0
    while (begun := time.perf_counter()) < until:
        writer.write(load.request(n := n + 1))
        await answer(reader, load.status)
        taken.append(time.perf_counter() - begun)
    writer.close()


async def answer(reader: asyncio.StreamReader, status: int) -> bytes:
    """The body of an answer. Raises Wrong where it has another status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.split("content-length:", 1)[1].split("\r\n", 1)[0])
    body = await reader.readexactly(length)
    if int(head.split(" ", 2)[1]) != status:
        raise Wrong(f"{head}{body.decode()}")
    return body


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
