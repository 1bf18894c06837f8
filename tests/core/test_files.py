"""Stored files and the photos in them: named by content, whole or not there, without what a camera wrote into them."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from core import pictures
from core.errors import Invalid, NotFound
from core.files import FolderFiles
from tests.at_once import outcomes


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path)


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), exif: Image.Exif | None = None) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "orange").save(written, kind, **({"exif": exif} if exif else {}))
    return written.getvalue()


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_same_content_is_kept_once_and_for_its_owner_only(files: FolderFiles, tmp_path: Path):
    name = files.put(b"a list")
    assert files.put(b"a list") == name
    (kept,) = stored(tmp_path)
    assert (kept.name, kept.stat().st_mode & 0o777, files.get(name)) == (name, 0o600, b"a list")


def test_many_who_put_the_same_at_once_leave_one_whole_file(files: FolderFiles, tmp_path: Path):
    names, refused = outcomes(8, lambda n: files.put(b"x" * 100_000))
    assert (len(set(names)), refused, len(stored(tmp_path))) == (1, [], 1)


def test_what_was_removed_is_not_there_and_can_be_put_again(files: FolderFiles):
    name, other = files.put(b"a list"), files.put(b"another")
    files.remove(name)
    files.remove(name)
    files.remove("../secret")
    assert [held for held, _ in files.names()] == [other]
    with pytest.raises(NotFound):
        files.get(name)
    assert files.get(files.put(b"a list")) == b"a list"


def test_what_is_put_again_counts_as_put_now(files: FolderFiles, tmp_path: Path):
    files.put(b"a list")
    os.utime(stored(tmp_path)[0], (0, 0))
    files.put(b"a list")
    ((_, at),) = files.names()
    assert at.year > 1970


@pytest.mark.parametrize("name", ["", "../secret", "f" * 64, "..", "/etc/passwd"])
def test_what_is_not_there_is_not_found(files: FolderFiles, name: str):
    with pytest.raises(NotFound):
        files.get(name)


def test_a_damaged_file_is_not_served_and_putting_it_again_mends_it(files: FolderFiles, tmp_path: Path):
    name = files.put(b"a list")
    stored(tmp_path)[0].write_bytes(b"another")
    with pytest.raises(NotFound):
        files.get(name)
    files.put(b"a list")
    assert files.get(name) == b"a list"


def test_a_photo_loses_place_and_device_and_stands_upright(files: FolderFiles):
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "A phone", 6
    exif.get_ifd(0x8825)[1] = "N"
    kept = files.get(pictures.keep(files, photo(exif=exif), "photo"))
    with Image.open(io.BytesIO(kept)) as shown:
        assert (shown.format, shown.size, dict(shown.getexif())) == ("JPEG", (40, 60), {})
    assert b"A phone" not in kept


def test_a_large_png_becomes_a_readable_jpeg(files: FolderFiles):
    kept = files.get(pictures.keep(files, photo("PNG", (3000, 1500)), "photo"))
    with Image.open(io.BytesIO(kept)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (2400, 1200))


def test_what_cannot_be_read_is_refused_and_put_aside(files: FolderFiles, tmp_path: Path):
    whole = photo(size=(900, 900))
    for content in (b"no photo", whole[: len(whole) // 2], photo("GIF")):
        with pytest.raises(Invalid) as refused:
            pictures.keep(files, content, "photo")
        assert refused.value.field == "photo"
    assert len(stored(tmp_path / "quarantine")) == 3
    assert not (tmp_path / "files").exists()


def test_nothing_and_too_much_are_refused_and_not_kept(files: FolderFiles, tmp_path: Path):
    for content in (b"", b"\0" * (pictures.MOST_BYTES + 1), photo("PNG", (10_000, 5_001))):
        with pytest.raises(Invalid):
            pictures.keep(files, content, "photo")
    assert stored(tmp_path) == []
