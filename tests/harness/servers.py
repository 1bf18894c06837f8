"""The real application on a free port, in a thread of the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn

PATIENCE_S = 30


class _Announced(uvicorn.Server):
    """Says when it is ready, so that nobody has to try and wait."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.settled.set()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        # A refused start ends the thread; whoever waits sees that `started` stayed false.
        with suppress(SystemExit):
            super().run(sockets)
        self.settled.set()


def free_socket() -> socket.socket:
    """A bound socket: its port is known before the application is built, and nobody else can take it."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", 0))
    return bound


def url_of(bound: socket.socket) -> str:
    return f"http://127.0.0.1:{bound.getsockname()[1]}"


@contextmanager
def serving(app: Any, bound: socket.socket) -> Iterator[str]:
    """Serve any ASGI application on ``bound`` until the block ends; gives its address."""
    server = _Announced(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([bound],), name="live-server")
    thread.start()
    try:
        assert server.settled.wait(PATIENCE_S), "the server did not start in time"
        assert server.started, "the server did not start; the log above says why"
        yield url_of(bound)
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
        bound.close()
