"""A million pledges: what a live look costs beside a thousand, and a recount whose memory must not grow.

`python -m tests.bench.million` takes some minutes; `python -m tests.bench.million 100000` is quicker.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from core import migrate
from core.clock import FixedClock
from core.db import Database
from core.facts import seal
from core.settings import Settings
from pledges import queries, service
from tests.bench import day
from tests.factories import share
from tests.web.records import Story, ndjson
from web import recounting
from web.pages import board
from web.site import build_site

ROUNDS = 30


def looks(counts: tuple[int, ...]) -> Iterator[str]:
    """A look of the board, the sums from the rollup and from the rows, and a rollup of the door: medians."""
    yield f"{'pledges':>10}{'look':>12}{'rolled up':>12}{'from rows':>12}{'roll up door':>14}{'roll up all':>13}"
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="carrotmob-million-") as folder:
            yield _looks(day.prepare(Path(folder), count), count)


def _looks(stage: day.Stage, count: int) -> str:
    here = build_site(Settings(home=Path(stage.home), database_url=stage.url))

    def sums(read: Any) -> None:
        with here.db.reading() as session:
            read(session, stage.campaign, "EUR")

    def roll_up(**part: bool) -> None:
        with here.db.writing() as session:
            service.roll_up(session, stage.campaign, here.clock.now(session), **part)

    roll_up()
    timed = [
        _milliseconds(lambda: board.look(here, stage.slug), ROUNDS),
        _milliseconds(lambda: sums(queries.live_sums), ROUNDS),
        _milliseconds(lambda: sums(queries.sums), 3),
        _milliseconds(lambda: roll_up(door_only=True), ROUNDS),
        _milliseconds(roll_up, 3),
    ]
    here.db.dispose()
    return f"{count:>10}" + "".join(f"{each:>9.1f} ms" for each in timed)


def _milliseconds(act: Any, rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def record(count: int, folder: Path) -> Iterator[str]:
    """A campaign's record line by line, with so many pledges made and confirmed where one real one stands."""
    clock = FixedClock(datetime.fromisoformat("2027-03-01T09:00:00+00:00"))
    story = Story(Database(_migrated(folder), clock), clock)
    story.open()
    story.bid("bella", share("35"))
    story.wait(days=6)
    story.sign("bella")
    story.pledge("ada", "20")
    opening = story.campaign.first_opening
    assert opening
    story.move(opening + timedelta(hours=1))
    lines = [json.loads(line) for line in story.lines()]
    story.database.dispose()
    return _many(lines, count)


def _migrated(folder: Path) -> str:
    url = f"sqlite:///{folder / 'record.sqlite'}"
    migrate.upgrade(url)
    return url


def _many(lines: list[dict[str, Any]], count: int) -> Iterator[str]:
    number = 0
    for line in lines:
        body = line["body"]
        decided = "people" in body and line["kind"] == "CampaignTipped"
        copies = count if line["kind"] in {"PledgeMade", "PledgeConfirmed"} else 1
        for n in range(copies):
            number += 1
            told = {**body, "pledge": UUID(int=n + 1).hex} if copies > 1 else body
            told = _multiplied(told, count) if decided else told
            fresh = {**line, "position": number, "number": number, "body": told}
            yield ndjson({**fresh, "seal": seal({k: v for k, v in fresh.items() if k != "seal"})})


def _multiplied(body: dict[str, Any], count: int) -> dict[str, Any]:
    return {**body, "people": count, "amount": {**body["amount"], "amount": f"{20 * count}.00"}}


def recounts(counts: tuple[int, ...]) -> Iterator[str]:
    """How long a recount takes, and the most memory that this process ever had: it must not grow with the pledges."""
    yield f"{'pledges':>10}{'facts':>12}{'seconds':>12}{'per fact':>12}{'peak memory':>14}"
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="carrotmob-million-") as folder:
            begun = time.perf_counter()
            found = recounting.recount(record(count, Path(folder)))
            taken = time.perf_counter() - begun
        if found.found:
            raise RuntimeError("\n".join(list(found.lines)[:5]))
        facts = 2 * count
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield f"{count:>10}{facts:>12}{taken:>12.1f}{taken / facts * 1e6:>9.0f} us{peak:>11} MB"


if __name__ == "__main__":
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for line in recounts((1000, most // 10, most)):
        print(line, flush=True)
    for line in looks((1000, most)):
        print(line, flush=True)
