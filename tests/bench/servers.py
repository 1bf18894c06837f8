"""Servers in processes of their own: one uvicorn worker each, as a small installation runs it."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from core.settings import Settings
from tests.bench import bare
from web.app import create_app

PATIENCE_S = 30


def _app(kind: str, given: dict[str, Any]) -> FastAPI:
    match kind:
        case "platform":
            settings = Settings(
                home=Path(given["home"]),
                database_url=given["url"],
                rate_limit="off",
                worker=given.get("worker", "separate"),
            )
            return create_app(settings)
        case "bare pledges":
            return bare.pledging(given["url"], given["campaign"])
        case "bare check-ins":
            return bare.checking_in(given["url"], given["campaign"])
    return bare.paging(base64.b64decode(given["page"]), given["media_type"])


@contextmanager
def serving(kind: str, **given: Any) -> Iterator[int]:
    """Start a server and give its port; stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    # The page goes by standard input: it may be longer than a command line.
    server = subprocess.Popen([sys.executable, "-m", "tests.bench.servers", kind, str(port)], stdin=subprocess.PIPE)
    try:
        assert server.stdin
        server.stdin.write(json.dumps(given).encode())
        server.stdin.close()
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    uvicorn.run(
        _app(sys.argv[1], json.loads(sys.stdin.read())), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning",
        access_log=False,
    )  # fmt: skip
