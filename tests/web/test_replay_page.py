"""The replay's page: what to download, one command, and what came out when the server did it itself, once."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from sqlalchemy import select

from core.db import Database
from core.tables import FactRow
from tests.factories import share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.pages import replay
from web.recounting import Differences, recount


@pytest.fixture(autouse=True)
def not_replayed_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "replays", type(replay.replays)(600))


def told(story: Story, visitor: Visitor) -> str:
    return text_of(visitor.get(f"/campaigns/{story.slug}/replay"))


def choose(story: Story) -> None:
    story.open()
    for name, percent in (("bella", "30"), ("spaeti", "40")):
        story.bid(name, share(percent))
    story.wait(days=6)


def test_the_bids_lead_to_the_replay_and_it_agrees(story: Story, visitor: Visitor):
    choose(story)
    assert f'href="/campaigns/{story.slug}/replay"' in visitor.get(f"/campaigns/{story.slug}/bids").text
    page = told(story, visitor)
    assert f"from {len(story.lines())} facts: all agrees." in page
    assert f"carrotmob recount {story.slug}.ndjson" in page
    assert (
        f'href="/api/v1/campaigns/{story.slug}/record" download' in visitor.get(f"/campaigns/{story.slug}/replay").text
    )


def test_a_record_that_was_tampered_with_is_told_so(story: Story, visitor: Visitor, database: Database):
    choose(story)
    with database.writing() as session:
        rows = session.scalars(select(FactRow).where(FactRow.kind == "BidPlaced"))
        placed = next(row for row in rows if '"40"' in json.dumps(row.body))
        placed.body = json.loads(json.dumps(placed.body).replace('"40"', '"20"'))
    page = told(story, visitor)
    assert "difference" in page
    assert "all agrees" not in page
    assert "BidsRanked" in page


def test_it_is_replayed_once_however_often_it_is_asked_for(
    story: Story, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
):
    choose(story)
    runs: list[str] = []

    def counted(lines: Iterable[str]) -> Differences:
        runs.append("run")
        return recount(lines)

    monkeypatch.setattr(replay, "recount", counted)
    pages = {told(story, visitor) for _ in range(4)}
    assert (len(runs), len(pages)) == (1, 1)


def test_a_long_record_is_left_to_the_command(story: Story, visitor: Visitor, monkeypatch: pytest.MonkeyPatch):
    choose(story)
    monkeypatch.setattr(replay, "MOST_FACTS", 3)
    assert "too many to replay them for a page" in told(story, visitor)


def test_a_draft_has_no_replay(visitor: Visitor):
    visitor.sign_in("jonas@example.org")
    visitor.post("/campaigns/new", {"title": "Sun for bread", "place": "Basel"})
    assert visitor.get("/campaigns/sun-for-bread/replay").status_code == 404
