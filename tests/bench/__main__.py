"""Measure ranking, pledges and pages, each beside the plainest thing that does as much: `make bench`, three minutes."""

from __future__ import annotations

import base64
import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.request import urlopen  # noqa: TID251 - one page is fetched once, from our own server

from core import migrate
from core.clock import DatabaseClock
from core.db import Database
from tests.bench import choosing
from tests.bench.load import Load, arguments
from tests.bench.servers import serving
from tests.harness import clusters
from tests.stages import make_campaign

ROUNDS = 7
SECONDS = 0.7
CLIENTS = (1, 16)
# Here a commit must reach the disk, as in production.
DURABLE = clusters.SETTINGS.replace("fsync = off", "fsync = on").replace("full_page_writes = off", "")


@dataclass(frozen=True)
class Measured:
    """The medians of several rounds: answers per second, their ratio within a round, the slowest hundredth in ms."""

    what: str
    clients: int
    bare: float
    platform: float
    ratio: float
    bare_ms: float
    platform_ms: float


def main() -> None:
    for line in choosing.table():
        print(line, flush=True)
    print()
    print(f"{ROUNDS} rounds of {SECONDS} s each, bare and platform in turns; medians. One server process each.\n")
    print(f"{'':34}{'clients':>8}{'bare /s':>10}{'ours /s':>10}{'ratio':>8}{'bare p99':>11}{'ours p99':>11}")
    with tempfile.TemporaryDirectory(prefix="carrotmob-bench-") as folder:
        for name, url in _databases(Path(folder)):
            for found in _measure(name, url, Path(folder) / name):
                _print(found)


def _print(found: Measured) -> None:
    figures = f"{found.bare:>10.0f}{found.platform:>10.0f}{found.ratio:>8.2f}"
    print(f"{found.what:34}{found.clients:>8}{figures}{found.bare_ms:>8.1f} ms{found.platform_ms:>8.1f} ms", flush=True)


def _databases(folder: Path) -> Iterator[tuple[str, str]]:
    (folder / "SQLite").mkdir()
    yield "SQLite", f"sqlite:///{folder / 'SQLite' / 'carrotmob.sqlite'}"
    with _cluster(folder / "cluster") as cluster:
        cluster.execute("CREATE DATABASE bench")
        (folder / "PostgreSQL").mkdir()
        yield "PostgreSQL", cluster.url("bench")


@contextmanager
def _cluster(folder: Path) -> Iterator[clusters.Cluster]:
    folder.parent.chmod(0o755)  # the server runs as a user of its own
    try:
        yield clusters.start(folder, DURABLE)
    finally:
        clusters.stop(folder)


def _measure(name: str, url: str, home: Path) -> Iterator[Measured]:
    campaign, slug = _prepare(url)
    given = {"url": url, "home": str(home)}
    with serving("platform", **given) as ours:
        page, media_type = _fetch(ours, f"/campaigns/{slug}")
        with serving("bare pledges", url=url, campaign=campaign) as bare:
            paths = ("POST", "/pledges", f"/api/v1/campaigns/{slug}/pledges", 201)
            yield from (_compare(f"{name}: pledges", bare, ours, clients, *paths) for clients in CLIENTS)
        with serving("bare page", page=base64.b64encode(page).decode(), media_type=media_type) as bare:
            paths = ("GET", "/page", f"/campaigns/{slug}", 200)
            words = f"{name}: campaign page ({len(page) // 1024} kB)"
            yield from (_compare(words, bare, ours, clients, *paths) for clients in CLIENTS)


def _prepare(url: str) -> tuple[str, str]:
    """A migrated database with one campaign that takes pledges."""
    migrate.upgrade(url)
    database = Database(url, DatabaseClock())
    with database.writing() as session:
        made = make_campaign(session, database.clock)
    database.dispose()
    return made.id, made.slug


def _fetch(port: int, path: str) -> tuple[bytes, str]:
    with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.read(), answer.headers["content-type"]


def _compare(
    what: str, bare: int, ours: int, clients: int, method: str, bare_path: str, our_path: str, status: int
) -> Measured:
    sides = (
        Load(bare, method, bare_path, clients, SECONDS, status),
        Load(ours, method, our_path, clients, SECONDS, status),
    )
    done = subprocess.run(arguments(sides, ROUNDS), check=True, capture_output=True, text=True, timeout=120)
    rates, slowest = zip(*(zip(*both, strict=True) for both in json.loads(done.stdout)), strict=True)
    return Measured(
        what, clients, _median(rates, 0), _median(rates, 1), median(ours / bare for bare, ours in rates),
        _median(slowest, 0), _median(slowest, 1),
    )  # fmt: skip


def _median(rounds: Sequence[tuple[float, float]], side: int) -> float:
    return median(both[side] for both in rounds)


if __name__ == "__main__":
    main()
