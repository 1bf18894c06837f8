"""Stored files go when nothing names them any more: after their time, or when their form was refused."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from businesses.store import papers
from businesses.values import Paper
from campaigns import service as campaigns
from core.db import Base, new_id
from core.files import FolderFiles
from tests.factories import share
from tests.web.records import Story
from web import worker
from web.trips.sweeping import GRACE, sweep

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NAMED = {
    ("photo", "picture"), ("paper_bid", "photo"), ("spend_report", "photo"), ("till_proof", "content"),
    ("till_file", "content"), ("evidence_file", "content"), ("evidence_file", "original"),
}  # fmt: skip
"""The columns that hold the name of a stored file. Whatever joins them has to be asked for in the sweep, too."""


def old(files: FolderFiles, home: Path, content: bytes, at: datetime) -> str:
    """A file that was stored at ``at``."""
    name = files.put(content)
    os.utime(home / "files" / name[:2] / name, (at.timestamp(), at.timestamp()))
    return name


def left(files: FolderFiles) -> set[str]:
    return {name for name, _ in files.names()}


def sheet(story: Story, photo: str) -> None:
    paper = Paper(new_id(), story.campaign.id, story.shops["bella"].id, photo, story.owner.id, story.clock.instant)
    with story.database.writing() as session:
        papers.put(session, paper)


def test_every_column_that_names_a_stored_file_is_known_here() -> None:
    found = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in {"photo", "content", "picture", "document", "original"}
    }
    assert found == NAMED


@on_sqlite
def test_a_file_that_no_row_names_goes_after_a_day_and_one_that_is_named_stays(story: Story, tmp_path: Path) -> None:
    story.open()
    story.bid("bella", share("40"))
    files, long_ago = FolderFiles(tmp_path), story.clock.instant - timedelta(days=2)
    signed = old(files, tmp_path, b"a signed sheet", long_ago)
    sheet(story, signed)
    old(files, tmp_path, b"refused at its form", long_ago)
    fresh = old(files, tmp_path, b"its row is being written", story.clock.instant - GRACE + timedelta(hours=1))
    assert sweep(story.database, files) == 1
    assert left(files) == {signed, fresh}


@on_sqlite
def test_ninety_days_after_the_end_the_photo_of_a_signed_sheet_is_deleted(story: Story, tmp_path: Path) -> None:
    story.open()
    story.bid("bella", share("40"))
    files = FolderFiles(tmp_path)
    sheet(story, old(files, tmp_path, b"a signed sheet", story.clock.instant))
    story.do(campaigns.cancel, story.owner, story.slug, "The shop burned down.")
    story.wait(days=89)
    for _ in range(2):
        worker.clean(story.database)
        sweep(story.database, files)
        story.wait(days=2)
    assert left(files) == set()
