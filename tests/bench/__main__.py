"""Measure ranking, pledges and pages beside the plainest thing that does as much, and a mob's day: `make bench`."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen  # noqa: TID251 - one page is fetched once, from our own server

from core import migrate
from core.clock import DatabaseClock
from core.db import Database
from tests.bench import choosing, day, duties, links
from tests.bench.comparing import HEAD, ROUNDS, SECONDS, Measured, compare
from tests.bench.load import Load
from tests.bench.servers import serving
from tests.harness import clusters
from tests.stages import make_campaign

CLIENTS = (1, 16)
SECONDS_OF_THE_DAY = 60
# Here a commit must reach the disk, as in production.
DURABLE = clusters.SETTINGS.replace("fsync = off", "fsync = on").replace("full_page_writes = off", "")


def main() -> None:
    for line in choosing.table():
        print(line, flush=True)
    for line in duties.table():
        print(line, flush=True)
    print()
    print(f"{ROUNDS} rounds of {SECONDS} s each, bare and platform in turns; medians. One server process each.\n")
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="carrotmob-bench-") as folder:
        for name, url in _databases(Path(folder)):
            for found in _measure(name, url, Path(folder) / name):
                print(found.line(), flush=True)
    print()
    for line in links.table():
        print(line, flush=True)
    print()
    for line in day.table(SECONDS_OF_THE_DAY):
        print(line, flush=True)


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
    return compare(
        what,
        Load(bare, method, bare_path, clients, SECONDS, status),
        Load(ours, method, our_path, clients, SECONDS, status),
    )


if __name__ == "__main__":
    main()
