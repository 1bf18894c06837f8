"""Stored files in an S3-compatible store: the same face as a folder, and plain words where it does not answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from core.errors import Busy, NotFound
from core.files import FolderFiles
from core.gateway import BucketFiles, stored_files
from core.settings import Settings
from tests.harness.buckets import Bucket, settings_of


def test_without_a_setting_files_lie_in_the_home_folder(tmp_path: Path):
    assert isinstance(stored_files(Settings(home=tmp_path, files="")), FolderFiles)


def test_a_bucket_keeps_lists_gives_and_removes_like_a_folder(bucket: Bucket):
    files = stored_files(settings_of(bucket))
    assert isinstance(files, BucketFiles)
    names = {files.put(f"list {n}".encode()) for n in range(5)}
    assert files.put(b"list 0") in names
    assert {f"home/files/{name[:2]}/{name}" for name in names} == set(bucket.held)
    assert {name for name, at in files.names() if at.year > 1970} == names
    gone = next(iter(names))
    assert files.get(gone).startswith(b"list ")
    files.remove(gone)
    files.remove(gone)
    files.remove("../secret")
    assert {name for name, _ in files.names()} == names - {gone}
    with pytest.raises(NotFound):
        files.get(gone)
    aside = files.quarantine(b"no photo")
    assert f"home/quarantine/{aside[:2]}/{aside}" in bucket.held
    with pytest.raises(NotFound):
        files.get(aside)


def test_what_was_damaged_there_is_not_served(bucket: Bucket):
    files = stored_files(settings_of(bucket))
    name = files.put(b"a list")
    (key,) = bucket.held
    bucket.held[key] = b"another", bucket.held[key][1]
    with pytest.raises(NotFound):
        files.get(name)


def test_a_store_that_is_away_or_refuses_us_is_tried_again_later(bucket: Bucket):
    with pytest.raises(Busy):
        stored_files(settings_of(bucket, files_key_id="another")).put(b"a list")
    bucket.away = True
    with pytest.raises(Busy):
        stored_files(settings_of(bucket)).get("f" * 64)


@pytest.mark.parametrize("files", ["bucket", "https://example.org/bucket", "s3://"])
def test_an_address_that_is_no_bucket_is_refused_at_the_start(files: str):
    with pytest.raises(ValidationError):
        Settings(files=files)
