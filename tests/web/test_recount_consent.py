"""A record in which people affected were passed over, or made to agree, is found out by what its facts come to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from businesses.consent import Consent, Representative, Said, Wish
from businesses.service.consenting import Asking
from core.clock import FixedClock
from core.db import Database
from core.wire import Json
from tests.factories import action, share
from tests.stages import KEYS
from tests.web.records import Story, bare
from web.recounting import recount
from web.trips import consenting

KINDS = {"ConsentAsked", "ConsentGiven", "ConsentRefused", "ConsentWithdrawn", "ConsentLapsed"}
YARD = replace(action("27"), affected_group="The neighbours of the yard")


def ask(story: Story, bid: str, name: str) -> Consent:
    asking = Asking(bid, f"{name}-1", Representative("rosa@example.org"))
    return story.do(consenting.ask, story.owner, story.slug, asking)


def answer(story: Story, asked: Consent, wish: Wish) -> None:
    token = KEYS.token("consent", asked.subject)
    story.do(consenting.answer, KEYS, asked.id, token, Said(wish))


@pytest.fixture(scope="module")
def told(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Json]]:
    """Three bids affect people: one group refuses, one never answers, one agrees and takes it back after the award."""
    file = tmp_path_factory.mktemp("consents") / "carrotmob.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{file}", FixedClock(datetime(2027, 3, 1, 9, 0, tzinfo=UTC)))
    assert isinstance(database.clock, FixedClock)
    story = Story(database, database.clock)
    story.open()
    bids = {
        name: story.bid(name, share(percent), YARD) for name, percent in (("no", "50"), ("still", "40"), ("yes", "30"))
    }
    story.bid("plain", share("20"))
    answer(story, ask(story, bids["no"], "no"), Wish.REFUSE)
    agreed = ask(story, bids["yes"], "yes")
    answer(story, agreed, Wish.AGREE)
    story.wait(days=19, hours=1)
    answer(story, agreed, Wish.WITHDRAW)
    assert [w.business for w in story.campaign.winners] == [story.shops["plain"].id]
    yield [bare(json.loads(line)) for line in story.lines()]
    database.dispose()


def found(lines: list[Json]) -> list[str]:
    return recount(json.dumps(line) for line in lines).lines[:-1]


def without(lines: list[Json], kind: str) -> list[Json]:
    return [line for line in lines if line["kind"] != kind]


def test_as_it_was_written_it_agrees(told: list[Json]):
    kinds = {line["kind"] for line in told}
    assert kinds >= KINDS
    assert found(told) == []


@pytest.mark.parametrize(
    "kind", ["ConsentAsked", "ConsentGiven", "ConsentRefused", "ConsentWithdrawn", "ConsentLapsed"]
)
def test_no_answer_can_be_left_out(told: list[Json], kind: str):
    assert found(without(told, kind))


def test_a_winner_whose_people_had_not_agreed_is_named(told: list[Json]):
    lines = without(without(told, "ConsentGiven"), "ConsentWithdrawn")
    assert any("BidsAwarded: people whom it affects had not agreed" in line for line in found(lines))


def test_a_withdrawal_must_be_followed_by_the_next(told: list[Json]):
    lines = without(told, "WinnerReplaced")
    assert any("ConsentWithdrawn: WinnerReplaced must follow from it, and is missing" in line for line in found(lines))


def test_a_term_cannot_be_cut_short(told: list[Json]):
    lines = json.loads(json.dumps(told))
    lapsed = next(line for line in lines if line["kind"] == "ConsentLapsed")
    lapsed["at"] = "2027-03-10T09:00:00Z"
    assert any("ConsentLapsed: its term had not passed" in line for line in found(lines))


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("ConsentAsked", "group", "The owners of the yard"),
        ("ConsentGiven", "group", "The owners of the yard"),
        ("ConsentRefused", "commitment", "no-0"),
        ("ConsentLapsed", "group", "Somebody else"),
        ("ConsentWithdrawn", "bid", "unknown"),
    ],
)
def test_what_was_asked_and_who_was_meant_cannot_be_changed(told: list[Json], kind: str, name: str, value: str):
    lines = json.loads(json.dumps(told))
    next(line for line in lines if line["kind"] == kind)["body"][name] = value
    assert found(lines)
