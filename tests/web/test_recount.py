"""The recount agrees with every record that the platform itself has written, and understands every fact it can tell."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.clock import FixedClock
from core.db import Database
from core.wire import Json
from tests.web import stories
from tests.web.records import Story, ndjson
from web.cli import main
from web.recounting import recount
from web.recounting.reading import KINDS
from web.recounting.recount import handlers

HIDDEN = "cannot be recomputed: seen by the checker only"


@pytest.mark.parametrize("walk", stories.ALL, ids=lambda walk: walk.__name__)
def test_a_record_of_ours_is_recounted_without_a_difference(
    walk: Callable[[Story], None], database: Database, clock: FixedClock
):
    story = Story(database, clock)
    walk(story)
    *notes, summary = recount(story.lines()).lines
    assert summary == f"{len(story.lines())} facts read, 0 differences found."
    assert [line for line in notes if not line.endswith(HIDDEN)] == []


def test_what_is_for_the_checker_only_stands_nowhere_and_is_said_to_be_missing(database: Database, clock: FixedClock):
    story = Story(database, clock)
    stories.for_the_checker(story)
    told = "".join(story.lines())
    for figure in ("700", "1700", "1650", "1900", "100"):
        assert f'"{figure}.00"' not in told
    found = recount(story.lines())
    assert found.found == 0
    assert f"position 22, TallyFinalized: tally.owed.0.amount {HIDDEN}" in found.lines


def test_every_public_fact_has_somebody_who_recounts_it():
    assert set(handlers()) == set(KINDS)


def test_the_stories_tell_every_kind_of_fact_that_counts(database: Database, clock: FixedClock):
    story = Story(database, clock)
    stories.whole_loop(story)
    told = {json.loads(line)["kind"] for line in story.lines()}
    assert {"PledgeReplaced", "PledgeRenewed", "CheckInUndone", "ObligationRevised", "VerdictGiven"} <= told


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_says_by_its_exit_code_whether_all_agrees(
    database: Database, clock: FixedClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    story = Story(database, clock)
    stories.given_up(story)
    file = tmp_path / "record.ndjson"
    file.write_text("".join(story.lines()))
    assert main(["recount", str(file)]) == 0
    assert "0 differences found" in capsys.readouterr().out
    file.write_text("".join(story.lines()).replace('"60.00"', '"61.00"', 1))
    assert main(["recount", str(file)]) == 1
    assert "the line is not as it was sealed" in capsys.readouterr().out


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_long_record_takes_little_memory(database: Database, clock: FixedClock):
    """Pledges that were withdrawn leave nothing behind; those that stand take a few hundred bytes each."""
    story = Story(database, clock)
    stories.given_up(story)
    told = [json.loads(line) for line in story.lines(sealed=False)]
    head = told[: [line["kind"] for line in told].index("PledgingOpened") + 1]
    tracemalloc.start()
    recount(_many(head, gone=5_000, stay=500))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 600_000


def _many(head: list[Json], gone: int, stay: int) -> Iterator[str]:
    yield from map(ndjson, head)
    position, at = head[-1]["position"], head[-1]["at"]
    amount = {"amount": "20.00", "currency": "EUR"}
    for n in range(gone + stay):
        made = {"pledge": f"{n:032x}", "amount": amount, "party": 1, "with_address": True, "joined_late": False}
        yield ndjson({"position": (position := position + 1), "at": at, "kind": "PledgeMade", "body": made})
        if n < gone:
            body = {"pledge": f"{n:032x}"}
            yield ndjson({"position": (position := position + 1), "at": at, "kind": "PledgeWithdrawn", "body": body})


def test_a_record_from_before_a_field_was_added_is_recounted_as_well(database: Database, clock: FixedClock):
    story = Story(database, clock)
    stories.given_up(story)
    told = [json.loads(line) for line in story.lines(sealed=False)]
    for name in ("extend_by", "extend_at_most"):
        del told[0]["body"]["terms"]["bidding"][name]
    assert recount(map(ndjson, told)).found == 0
