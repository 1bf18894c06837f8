"""A mob's day on SQLite in one process: 50 crew phones at once, 2,000 phones polling, a board that must keep up.

`python -m tests.bench.day 15` makes it a quarter of a minute.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from accounts import service as accounts
from accounts.rules import Role
from campaigns.tally import DoorSums
from core import migrate
from core.clock import DatabaseClock, FixedClock
from core.db import Database
from pledges import queries as pledges
from pledges.rules.codes import ALPHABET
from pledges.tables import PledgeRow
from tests.bench import crew
from tests.bench.comparing import HEAD, compare
from tests.bench.crew import Rush, Seen
from tests.bench.load import Load
from tests.bench.servers import serving
from tests.factories import action, rung, share
from tests.stages import add_member
from tests.web.records import Story

CREW, PACE = 50, 1.0
PLEDGED = 2000
PHONES, POLL = 2000, 15.0
ROUNDS, SECONDS = 3, 2.0


@dataclass(frozen=True)
class Stage:
    """A mob in its hours: where its data is, its crew's tokens and its supporters' codes."""

    url: str
    home: str
    campaign: str
    slug: str
    tokens: list[str]
    codes: list[str]


def prepare(home: Path, pledged: int = PLEDGED) -> Stage:
    """Walk a campaign to its day, which is now, with so many confirmed pledges and a crew."""
    url = f"sqlite:///{home / 'carrotmob.sqlite'}"
    migrate.upgrade(url)
    clock = FixedClock(datetime.now(UTC) - timedelta(days=20, minutes=10))
    story = Story(Database(url, clock), clock)
    story.open()
    story.bid("bella", share("35"), action("27", ladder=(rung("1800", "32"),)))
    story.wait(days=6)
    story.sign("bella")
    codes = pledge(story, pledged)
    opening = story.campaign.first_opening
    assert opening
    story.move(opening)
    tokens = [_join(story, n) for n in range(CREW)]
    story.database.dispose()
    return Stage(url, str(home), story.campaign_id, story.slug, tokens, codes)


def pledge(story: Story, count: int) -> list[str]:
    """Confirmed pledges of 20 euros, straight into the table; gives their codes."""
    codes = [_code(n) for n in range(count)]
    with story.database.writing() as session:
        now = story.clock.instant
        for begin in range(0, count, 10_000):
            rows = [_row(story, code, now) for code in codes[begin : begin + 10_000]]
            session.execute(insert(PledgeRow), rows)
    return codes


def _code(n: int) -> str:
    size = len(ALPHABET)
    return "".join(ALPHABET[n // size**place % size] for place in range(6))


def _row(story: Story, code: str, now: datetime) -> dict[str, object]:
    return {
        "id": f"pledge-{code}", "campaign_id": story.campaign_id, "code": code, "amount_minor": 2000,
        "currency": "EUR", "party": 1, "state": "confirmed", "joined_late": False, "with_address": True,
        "updates": False, "terms_version": 1, "created_at": now, "confirmed_at": now,
    }  # fmt: skip


def _join(story: Story, n: int) -> str:
    with story.database.writing() as session:
        member = add_member(session, story.clock, story.campaign, Role.CREW, f"crew-{n}@example.org")
        return accounts.api_token(session, story.clock, member.email)


def table(seconds: float) -> Iterator[str]:
    """The lines that `make bench` prints. Raises RuntimeError where something was lost, or counted twice."""
    with tempfile.TemporaryDirectory(prefix="carrotmob-day-") as folder:
        stage = prepare(Path(folder))
        given = {"url": stage.url, "home": stage.home, "worker": "embedded"}
        with serving("platform", **given) as ours:
            yield from _rush(stage, ours, seconds)
            yield from _limit(stage, ours)


def _rush(stage: Stage, port: int, seconds: float) -> Iterator[str]:
    rush = Rush(port, stage.slug, stage.tokens, stage.codes, seconds, PACE, PHONES, POLL)
    sent = json.dumps(asdict(rush))
    done = subprocess.run(
        crew.arguments(), input=sent, check=True, capture_output=True, text=True, timeout=seconds + 60
    )
    seen = Seen(**json.loads(done.stdout))
    polling = f"{PHONES} phones polling every {POLL:.0f} s"
    yield f"A mob's day, {seconds:.0f} s: {PLEDGED} pledges, {CREW} crew phones, {polling}."
    yield from _told(seen, seconds)
    _demand(seen, _counted(stage))


def _told(seen: Seen, seconds: float) -> Iterator[str]:
    lag = sorted(behind(seen.came, seen.shown))
    yield f"  check-ins       {len(seen.came)} ({len(seen.came) / seconds:.0f} /s), {seen.again} of them sent twice"
    yield f"  answered        {_quantiles(sorted(answered - sent for sent, answered in seen.came))}"
    yield f"  on the board    {_quantiles(lag)}, from sending the check-in; {len(seen.shown)} pictures"
    yield f"  polls           {len(seen.polls)} ({len(seen.polls) / seconds:.0f} /s): {_quantiles(sorted(seen.polls))}"
    yield f"  errors          {len(seen.errors)} {seen.errors[:3] or ''}"


def behind(came: Sequence[Sequence[float]], shown: Sequence[Sequence[float]]) -> Iterator[float]:
    """For each check-in, how long after it was sent the board showed as many as had been answered by then."""
    pictures, at = iter(shown), (0.0, 0.0)
    for count, (sent, _) in enumerate(sorted(came, key=lambda each: each[1]), start=1):
        while at[1] < count:
            found = next(pictures, None)
            if found is None:
                return
            at = (found[0], found[1])
        yield max(0.0, at[0] - sent)


def _quantiles(sorted_: Sequence[float]) -> str:
    def at(part: float) -> str:
        return f"{sorted_[int(len(sorted_) * part)] * 1000:.0f} ms"

    return f"half within {at(0.5)}, 95 % within {at(0.95)}, 99 % within {at(0.99)}" if sorted_ else "none"


def _counted(stage: Stage) -> DoorSums:
    database = Database(stage.url, DatabaseClock())
    with database.reading() as session:
        sums = pledges.door(session, stage.campaign, "EUR")
    database.dispose()
    return sums


def _demand(seen: Seen, counted: DoorSums) -> None:
    if counted.people != len(seen.came) or seen.shown[-1][1] != len(seen.came):
        raise RuntimeError(f"{len(seen.came)} came, {counted.people} are counted, the board shows {seen.shown[-1][1]}")
    if seen.errors:
        raise RuntimeError(f"{len(seen.errors)} requests failed")


def _limit(stage: Stage, ours: int) -> Iterator[str]:
    """Nobody waits between two: what the door can take, beside an endpoint that does nothing but insert."""
    path = f"/api/v1/campaigns/{stage.slug}/check-ins"
    with serving("bare check-ins", url=stage.url, campaign=stage.campaign) as bare:
        found = compare(
            "SQLite: check-ins",
            Load(bare, "POST", "/check-ins", CREW, SECONDS, 201),
            Load(ours, "POST", path, CREW, SECONDS, 201, stage.tokens[0]),
            ROUNDS,
        )
    yield HEAD
    yield found.line()


if __name__ == "__main__":
    for line in table(float(sys.argv[1]) if len(sys.argv) > 1 else 60):
        print(line, flush=True)
