"""Importing real campaigns into the archive and reading them there, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from campaigns.archive import queries
from campaigns.archive.figures import Kind
from campaigns.archive.rows import decode
from campaigns.archive.service import Change, ImportReport, import_file
from core.clock import FixedClock
from core.db import Database
from core.errors import Invalid, NotFound

FILE = Path(__file__).parents[2] / "data" / "real-campaigns.csv"
REAL = decode(FILE.read_bytes())
ALTERED = REAL.replace("over 400", "over 450").replace("mm! Leckerbar", "mm! Leckerbar 2")


def bring_in(database: Database, text: str = REAL, name: str = FILE.name) -> ImportReport:
    with database.writing() as session:
        return import_file(session, database.clock, text, name)


def ids(database: Database, q: str | None = None, country: str | None = None) -> list[str]:
    with database.reading() as session:
        return [campaign.id for campaign in queries.list_archive(session, q, country)]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The SELECTs that are sent inside the block."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def test_the_fourteen_real_campaigns_come_in(database: Database):
    report = bring_in(database)
    assert (len(report.new), report.unchanged, report.changed) == (14, (), ())
    assert ids(database) == ["C1", "C2", "C3", "C6", "C8", "C9", "C10", "C12", "C13", "C15", "C16", "C18", "C24", "C21"]


def test_a_campaign_comes_back_word_for_word_with_its_figures(database: Database, clock: FixedClock):
    bring_in(database)
    with database.reading() as session:
        found = queries.get_archived(session, "C1")
    assert (found.business, found.file, found.filed_at) == ("K&D Market", "real-campaigns.csv", clock.instant)
    assert found.row.baseline == "1,000-2,000 (magree); 1,800 (redwoodacres); 2,000-3,000 (gogreenplus) per day"
    assert found.baseline.kind is Kind.DISPUTED
    assert len(found.sources) == 5


def test_the_same_file_again_changes_nothing(database: Database, clock: FixedClock):
    bring_in(database)
    first = clock.instant
    clock.advance(days=1)
    report = bring_in(database, "\ufeff" + REAL.replace("\r\n", "\n"), "copy.csv")
    assert (report.new, len(report.unchanged), report.changed) == ((), 14, ())
    with database.reading() as session:
        held = queries.list_archive(session)
    assert {(campaign.file, campaign.filed_at) for campaign in held} == {(FILE.name, first)}


def test_an_altered_row_is_reported_with_the_columns_that_differ(database: Database, clock: FixedClock):
    bring_in(database)
    clock.advance(days=1)
    report = bring_in(database, ALTERED, "second.csv")
    assert report.changed == (Change("C3", ("people_note",)), Change("C13", ("business",)))
    assert (report.new, len(report.unchanged)) == ((), 12)
    with database.reading() as session:
        found = queries.get_archived(session, "C3")
    assert (found.people.kind, found.file, found.filed_at) == (Kind.DISPUTED, "second.csv", clock.instant)
    assert ids(database, "Leckerbar 2") == ["C13"]


def test_one_bad_row_and_nothing_is_imported(database: Database):
    with pytest.raises(Invalid) as refused:
        bring_in(database, REAL.replace("2013-04-06", "2013-04-31"))
    assert refused.value.field == "line 14, column date"
    assert ids(database) == []


def test_what_a_file_does_not_speak_of_stays(database: Database):
    bring_in(database)
    report = bring_in(database, "\r\n".join(REAL.splitlines()[:2]))
    assert report.unchanged == ("C1",)
    assert len(ids(database)) == 14


def test_the_archive_is_searched_by_words_anywhere(database: Database):
    bring_in(database)
    assert ids(database, "berlin") == ["C3", "C6"]
    assert ids(database, "BERLIN zeit.de") == ["C6"]
    assert ids(database, "100%") == ["C9", "C13", "C21"]
    assert ids(database, "_") == ["C2", "C9"]
    assert ids(database, "  ") == ids(database)
    assert ids(database, "nowhere") == ids(database, "nul\0") == ids(database, "x" * 100_000) == []


def test_the_archive_is_listed_by_country(database: Database):
    bring_in(database)
    assert ids(database, country="de") == ["C3", "C6", "C10", "C13", "C16"]
    assert ids(database, "berlin", "DE") == ["C3", "C6"]
    assert ids(database, country="XX") == []


@pytest.mark.parametrize("unknown", ["C99", "", "a\0b", "x" * 1000])
def test_what_the_archive_does_not_hold_is_not_found(database: Database, unknown: str):
    with database.reading() as session, pytest.raises(NotFound):
        queries.get_archived(session, unknown)


def test_a_list_takes_one_query(database: Database):
    bring_in(database)
    with database.reading() as session, statements(database) as sent:
        queries.list_archive(session, "berlin", "DE")
    assert len([statement for statement in sent if statement.startswith("SELECT")]) == 1


def test_an_import_takes_as_many_statements_for_many_rows_as_for_one(database: Database):
    with statements(database) as sent:
        bring_in(database)
    assert len([statement for statement in sent if "archived_campaign" in statement]) == 2
