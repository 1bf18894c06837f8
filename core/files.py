"""Stored files: each named by the SHA-256 of its content, so that it cannot change and is never there twice.

In a folder below the home folder, or behind the same face in an S3-compatible store (``core.gateway``): the names come
from the content, so nothing in the database differs.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from core.errors import NotFound


class Files(Protocol):
    """Where pictures and documents are kept. Called outside of transactions (DESIGN.md, rule 2): it can be repeated."""

    def put(self, content: bytes) -> str:
        """Keep it; gives its name, 64 hexadecimal digits."""

    def get(self, name: str) -> bytes:
        """The content. Raises NotFound where it is missing, or is not what was kept."""

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every kept file's name, and when it was put there last."""

    def remove(self, name: str) -> None:
        """Delete it; one that is not there stays so."""

    def quarantine(self, content: bytes) -> str:
        """Put aside what could not be read, for an operator to look at. It is never served."""


class FolderFiles:
    """Files in a folder of this machine, readable by its owner only."""

    def __init__(self, home: Path) -> None:
        self._kept, self._aside = home / "files", home / "quarantine"

    def put(self, content: bytes) -> str:
        return _keep(self._kept, content)

    def get(self, name: str) -> bytes:
        place = _place(self._kept, name)
        content = place.read_bytes() if name.isalnum() and place.is_file() else b""
        return whole(name, content)

    def names(self) -> Iterator[tuple[str, datetime]]:
        for place in self._kept.glob("*/*"):
            if not place.name.startswith("."):
                yield place.name, datetime.fromtimestamp(place.stat().st_mtime, UTC)

    def remove(self, name: str) -> None:
        if name.isalnum():
            _place(self._kept, name).unlink(missing_ok=True)

    def quarantine(self, content: bytes) -> str:
        return _keep(self._aside, content)


def name_of(content: bytes) -> str:
    """Its SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def whole(name: str, content: bytes) -> bytes:
    """The content, if it is what was kept under this name. Raises NotFound."""
    if name_of(content) != name:
        raise NotFound("This file is missing or damaged; the operator can bring it back from a backup")
    return content


def _place(folder: Path, name: str) -> Path:
    return folder / name[:2] / name


def _keep(folder: Path, content: bytes) -> str:
    """Whole or not at all: written beside its place, then moved there. Of two at once either wins: they are equal."""
    name = name_of(content)
    place = _place(folder, name)
    if place.is_file() and name_of(place.read_bytes()) == name:
        place.touch()  # put again: whoever sweeps out what nothing names leaves it a while
        return name
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    return name
