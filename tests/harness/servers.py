"""The real application on a free port, in a thread of the test."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from filelock import FileLock

from core.settings import Settings

PATIENCE_S = 30


@dataclass(frozen=True)
class LiveServer:
    """The running application: its address, and the settings whose home holds its database."""

    url: str
    settings: Settings


@pytest.fixture
def live_server(demo_home: Path, tmp_path: Path) -> Iterator[LiveServer]:
    """The demo as `make run` serves it, with data of its own for each test."""
    from web.app import create_app  # noqa: PLC0415 - only the tests that serve pages pay for loading the application

    bound = free_socket()
    home = shutil.copytree(demo_home, tmp_path / "demo")
    settings = Settings(home=home, base_url=url_of(bound), demo=True, rate_limit="off")
    with serving(create_app(settings), bound) as url:
        yield LiveServer(url, settings)


@pytest.fixture(scope="session")
def demo_home(shared_folder: Path) -> Path:
    """A home folder with the demo's data, made once per run. To be copied, not written."""
    from web.demo.seed import prepare  # noqa: PLC0415 - only the tests that serve pages pay for loading the application

    home = shared_folder / "demo"
    with FileLock(shared_folder / "demo.lock"):
        if not home.exists():
            draft = shared_folder / "draft-demo"
            prepare(Settings(home=draft, demo=True))
            draft.rename(home)
    return home


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
