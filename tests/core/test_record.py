"""The one record: positions are contiguous and for ever, whoever commits when."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlalchemy.orm import Session

from core import record
from core.db import Database
from core.facts import Fact, Recorded
from tests.at_once import at_once
from tests.factories import NOW


@dataclass(frozen=True)
class CarrotPlanted(Fact):
    by: int
    number: int = 0


@dataclass(frozen=True)
class CarrotHidden(Fact):
    public: ClassVar[bool] = False
    by: int


def plant(database: Database, by: int, numbers: range, campaign: str | None = "garden") -> None:
    """So many facts of one planter, each in a transaction of its own."""
    for number in numbers:
        with database.writing() as session:
            record.append(session, campaign, CarrotPlanted(by, number), NOW)


def plant_and_crash(database: Database) -> None:
    with database.writing() as session:
        record.append(session, "garden", CarrotPlanted(2), NOW)
        raise RuntimeError("the mole")


def published(database: Database, campaign: str | None = None, **filters: object) -> list[Recorded]:
    with database.reading() as session:
        return list(record.read(session, campaign, **filters))  # type: ignore[arg-type]  # filters of read, by name


def test_a_fact_is_read_once_it_is_published(database: Database):
    plant(database, 1, range(2))
    assert published(database) == []
    assert record.publish(database) == 2
    assert [(f.position, f.body["number"]) for f in published(database)] == [(1, 0), (2, 1)]
    assert record.publish(database) == 0


def test_positions_go_on_where_they_ended(database: Database):
    for round_ in range(3):
        plant(database, round_, range(2))
        record.publish(database)
    assert [f.position for f in published(database)] == [1, 2, 3, 4, 5, 6]
    with database.reading() as session:
        assert record.last_position(session) == 6


def test_what_was_rolled_back_leaves_no_gap(database: Database):
    plant(database, 1, range(1))
    with pytest.raises(RuntimeError, match="the mole"):
        plant_and_crash(database)
    plant(database, 3, range(1))
    record.publish(database)
    assert [(f.position, f.body["by"]) for f in published(database)] == [(1, 1), (2, 3)]


def test_several_facts_of_one_use_case_stay_in_their_order(database: Database):
    with database.writing() as session:
        record.append(session, "garden", [CarrotPlanted(1, n) for n in range(5)], NOW)
        record.append(session, "garden", [], NOW)
    record.publish(database)
    assert [f.body["number"] for f in published(database)] == [0, 1, 2, 3, 4]


def test_positions_are_contiguous_however_many_commit_at_once(database: Database):
    def work(index: int) -> None:
        if index < 6:
            plant(database, index, range(10))
        else:
            for _ in range(10):
                record.publish(database)

    at_once(8, work)
    record.publish(database)
    facts = published(database)
    assert [f.position for f in facts] == list(range(1, 61))
    for planter in range(6):
        assert [f.body["number"] for f in facts if f.body["by"] == planter] == list(range(10))


def test_a_position_once_given_never_changes(database: Database):
    seen: dict[int, str] = {}

    def work(index: int) -> None:
        if index < 3:
            plant(database, index, range(8))
            return
        for _ in range(8):
            record.publish(database)
            for fact in published(database):
                told = f"{fact.body}"
                assert seen.setdefault(fact.position, told) == told

    at_once(4, work)


def test_the_record_includes_every_fact_committed_before_it_was_published(database: Database):
    committed: list[int] = []
    done = threading.Event()

    def plant_many() -> None:
        for number in range(30):
            plant(database, 1, range(number, number + 1))
            committed.append(number)
        done.set()

    planter = threading.Thread(target=plant_many)
    planter.start()
    while not done.is_set():
        before = len(committed)
        record.publish(database)
        assert len(published(database)) >= before
    planter.join()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_commits_late_is_placed_after_those_already_read(database: Database):
    """Positions go by when facts became visible, not by when they were written: no reader misses one."""
    with database.writing() as slow:
        record.append(slow, "garden", CarrotPlanted(1), NOW)
        slow.flush()
        plant(database, 2, range(1))
        record.publish(database)
        assert [f.body["by"] for f in published(database)] == [2]
    record.publish(database)
    assert [(f.position, f.body["by"]) for f in published(database)] == [(1, 2), (2, 1)]


def test_a_private_fact_is_read_by_no_public_reader(database: Database):
    with database.writing() as session:
        record.append(session, "garden", [CarrotPlanted(1), CarrotHidden(2), CarrotPlanted(3)], NOW)
    record.publish(database)
    assert [f.body["by"] for f in published(database, "garden")] == [1, 3]
    assert [f.body["by"] for f in published(database, "garden", public_only=False)] == [1, 2, 3]
    with database.reading() as session:
        assert record.count(session, "garden") == 2
        assert [f.body["by"] for f in record.newest(session, "garden", 9)] == [3, 1]
        assert "CarrotHidden" not in str(list(record.lines(session, "garden")))


def test_a_reader_goes_on_after_a_position(database: Database):
    plant(database, 1, range(5))
    record.publish(database)
    assert [f.position for f in published(database, after=2, limit=2)] == [3, 4]


def test_each_campaign_has_its_own_record(database: Database):
    plant(database, 1, range(2), "garden")
    plant(database, 2, range(2), "field")
    record.publish(database)
    assert [f.body["by"] for f in published(database, "field")] == [2, 2]
    with database.reading() as session:
        both = record.of_campaigns(session, ["garden", "field"], ["CarrotPlanted"], after=1)
        assert [f.campaign_id for f in both] == ["garden", "field", "field"]
        assert record.of_campaigns(session, ["garden"], ["CarrotEaten"]) == []


def test_lines_are_numbered_on_wherever_a_reader_begins(database: Database):
    plant(database, 1, range(4))
    record.publish(database)
    with database.reading() as session:
        whole = list(record.lines(session, "garden"))
        rest = list(record.lines(session, "garden", after=2))
    assert rest == whole[2:]


def test_unpublished_facts_are_in_no_reader(database: Database):
    plant(database, 1, range(2))
    with database.reading() as session:
        assert _everything_told(session) == ([], [], 0, 0)


def _everything_told(session: Session) -> tuple[object, object, int, int]:
    newest = record.newest(session, "garden", 9)
    found = record.of_campaigns(session, ["garden"], ["CarrotPlanted"])
    return newest, found, record.count(session, "garden"), record.last_position(session)


def test_a_mark_changes_with_every_fact_of_its_campaign_published_or_not(database: Database):
    marks = []

    def mark() -> None:
        with database.reading() as session:
            marks.append(record.mark(session, "garden"))

    mark()
    plant(database, 1, range(2))
    mark()
    record.publish(database)
    mark()
    assert len(set(marks)) == 3
    plant(database, 1, range(1), "field")
    record.publish(database)
    mark()
    assert marks[3] == marks[2], "another campaign's facts leave it as it is"
