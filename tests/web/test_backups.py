"""Backups that were restored: into an empty place, on both databases, while somebody is writing."""

from __future__ import annotations

import os
import shutil
import tarfile
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import record
from core.clock import FixedClock
from core.db import Database
from core.files import FolderFiles
from core.gateway import stored_files
from core.settings import Settings
from core.wire import Json
from tests.harness import clusters
from tests.harness.buckets import Bucket, settings_of
from tests.web import stories
from tests.web.records import Story
from web import backups
from web.trips import counting


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with a key and a photograph."""
    folder = tmp_path / "home"
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "shelf.jpg").write_bytes(b"a picture of a shelf")
    return folder


@pytest.fixture
def settings(database_url: str, home: Path, cluster: clusters.Cluster, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("PATH", str(cluster.tools), prepend=os.pathsep)
    return Settings(home=home, database_url=database_url)


@pytest.fixture
def elsewhere(database_url: str, cluster: clusters.Cluster, tmp_path: Path) -> Iterator[Settings]:
    """An empty installation on the same kind of database."""
    if database_url.startswith("sqlite"):
        yield Settings(home=tmp_path / "elsewhere")
        return
    name = f"restored_{uuid.uuid4().hex}"
    cluster.execute(f"CREATE DATABASE {name}")
    yield Settings(home=tmp_path / "elsewhere", database_url=cluster.url(name))
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def told(database: Database, story: Story) -> tuple[list[Json], Json]:
    """What the public knows of a campaign: its record and its tally."""
    with database.reading() as session:
        return list(record.lines(session, story.campaign_id)), counting.tally(session, story.campaign)


def test_a_restored_installation_tells_the_same(
    database: Database, clock: FixedClock, settings: Settings, elsewhere: Settings, tmp_path: Path
):
    story = Story(database, clock)
    stories.whole_loop(story)
    record.publish(database)
    file = tmp_path / "backup.tar.gz"
    assert backups.write(settings, file).startswith("Backed up 3 files")
    assert file.stat().st_mode & 0o777 == 0o600
    assert backups.read(elsewhere, file).startswith("Restored 3 files")
    restored = Database(elsewhere.url, clock)
    assert told(restored, story) == told(database, story)
    restored.dispose()
    assert elsewhere.secret == settings.secret
    assert (elsewhere.home / "secret").stat().st_mode & 0o777 == 0o600
    assert (elsewhere.home / "photos" / "shelf.jpg").read_bytes() == b"a picture of a shelf"


def test_a_backup_is_whole_while_people_pledge(
    database: Database, clock: FixedClock, settings: Settings, elsewhere: Settings, tmp_path: Path
):
    """Every pledge in it has its fact and its mail: it is a snapshot, not a moving picture."""
    story = Story(database, clock)
    story.open()
    story.bid("bella", *stories.PLAIN)
    story.wait(days=5)
    story.sign("bella")
    done = threading.Event()
    people = threading.Thread(target=_pledge_until, args=(story, done))
    people.start()
    try:
        backups.write(settings, tmp_path / "backup.tar.gz")
    finally:
        done.set()
        people.join()
    backups.read(elsewhere, tmp_path / "backup.tar.gz")
    restored = Database(elsewhere.url, clock)
    record.publish(restored)
    lines, tally = told(restored, story)
    restored.dispose()
    assert tally["pledged"]["people"] == len([line for line in lines if line["kind"] == "PledgeMade"])


def _pledge_until(story: Story, done: threading.Event) -> None:
    for n in range(10_000):
        if done.is_set():
            return
        story.pledge(f"somebody-{n}", confirm=False)


def test_nothing_is_restored_over_something(
    database: Database, settings: Settings, elsewhere: Settings, tmp_path: Path
):
    file = tmp_path / "backup.tar.gz"
    backups.write(settings, file)
    with pytest.raises(ValueError, match="is not empty"):
        backups.read(settings, file)
    full = settings.model_copy(update={"home": tmp_path / "fresh"})
    with pytest.raises(ValueError, match=r"(exists|holds tables) already"):
        backups.read(full, file)
    with pytest.raises(ValueError, match="never written over another"):
        backups.write(settings, file)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_damaged_backup_is_refused_and_leaves_nothing_behind(database: Database, settings: Settings, tmp_path: Path):
    whole, damaged = tmp_path / "whole.tar.gz", tmp_path / "damaged.tar.gz"
    backups.write(settings, whole)
    fresh = Settings(home=tmp_path / "fresh")
    for spoilt in (whole.read_bytes()[:-2000], b"no archive at all", b""):
        damaged.write_bytes(spoilt)
        with pytest.raises(ValueError, match="not a whole backup"):
            backups.read(fresh, damaged)
    _repack(whole, damaged, "files/photos/shelf.jpg", b"another picture")
    with pytest.raises(ValueError, match=r"shelf\.jpg is not what was backed up"):
        backups.read(fresh, damaged)
    assert list(fresh.home.iterdir()) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("outside", ["../outside", "/outside"])
def test_nothing_is_unpacked_outside_of_the_home_folder(database: Database, tmp_path: Path, outside: str):
    crafted, fresh = tmp_path / "crafted.tar.gz", Settings(home=tmp_path / "fresh")
    with tarfile.open(crafted, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo(outside))
    with pytest.raises(ValueError, match="which no backup does"):
        backups.read(fresh, crafted)
    assert list(fresh.home.iterdir()) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_restored_is_for_its_owner_only(database: Database, settings: Settings, tmp_path: Path):
    backups.write(settings, tmp_path / "whole.tar.gz")
    fresh = Settings(home=tmp_path / "fresh")
    backups.read(fresh, tmp_path / "whole.tar.gz")
    assert fresh.home.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_backup_of_a_newer_release_is_refused(database: Database, settings: Settings, tmp_path: Path):
    whole, newer = tmp_path / "whole.tar.gz", tmp_path / "newer.tar.gz"
    backups.write(settings, whole)
    _repack(whole, newer, "manifest.json", b'{"format": 1, "revision": "9999", "sha256": {}}')
    with pytest.raises(ValueError, match="newer release"):
        backups.read(Settings(home=tmp_path / "fresh"), newer)


def _repack(whole: Path, damaged: Path, name: str, content: bytes) -> None:
    """The same archive with one file's content replaced."""
    folder = whole.with_suffix(".opened")
    with tarfile.open(whole) as archive:
        archive.extractall(folder, filter="data")
        names = archive.getnames()
    (folder / name).write_bytes(content)
    with tarfile.open(damaged, "w:gz") as archive:
        for held in names:
            archive.add(folder / held, held)
    shutil.rmtree(folder)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_postgresqls_tools_it_is_said_which_is_missing(
    database: Database, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ValueError, match="pg_dump was not found: install PostgreSQL's client tools"):
        backups.write(settings, tmp_path / "backup.tar.gz")
    assert not list(tmp_path.glob("*backup*"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_backup_goes_back_into_its_own_kind_of_database_only(
    database: Database, settings: Settings, postgresql_url: str, tmp_path: Path
):
    backups.write(settings, tmp_path / "backup.tar.gz")
    other = Settings(home=tmp_path / "fresh", database_url=postgresql_url)
    with pytest.raises(ValueError, match="holds tables already"):
        backups.read(other, tmp_path / "backup.tar.gz")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_another_secret_key_is_pointed_out(database: Database, settings: Settings, tmp_path: Path):
    backups.write(settings, tmp_path / "backup.tar.gz")
    other = Settings(home=tmp_path / "fresh", secret_key="another key than before")
    assert "links sent before are dead" in backups.read(other, tmp_path / "backup.tar.gz")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_stored_files_come_back_and_half_written_ones_are_left_out(
    database: Database, settings: Settings, tmp_path: Path
):
    name = FolderFiles(settings.home).put(b"a signed sheet")
    (settings.home / "files" / name[:2] / f".{name}.draft").write_bytes(b"a sig")
    backups.write(settings, tmp_path / "backup.tar.gz")
    fresh = Settings(home=tmp_path / "fresh")
    backups.read(fresh, tmp_path / "backup.tar.gz")
    assert FolderFiles(fresh.home).get(name) == b"a signed sheet"
    assert len([path for path in (fresh.home / "files").rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_archive_holds_the_files_of_a_bucket_and_moves_them_to_another_store(
    database: Database, settings: Settings, tmp_path: Path, bucket: Bucket
):
    there = settings_of(bucket, home=settings.home, database_url=settings.database_url)
    name = stored_files(there).put(b"a signed sheet")
    backups.write(there, tmp_path / "backup.tar.gz")
    bucket.held.clear()
    folder = Settings(home=tmp_path / "fresh")
    backups.read(folder, tmp_path / "backup.tar.gz")
    assert FolderFiles(folder.home).get(name) == b"a signed sheet"
    again = settings_of(bucket, home=tmp_path / "again")
    backups.read(again, tmp_path / "backup.tar.gz")
    assert stored_files(again).get(name) == b"a signed sheet"
    assert not list(FolderFiles(again.home).names())
