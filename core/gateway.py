"""Where an installation keeps its stored files; S3-compatible stores are spoken to here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from core.errors import Busy
from core.files import Files, FolderFiles, name_of, whole
from core.settings import Settings

if TYPE_CHECKING:
    from obstore.store import S3Config

Answer = TypeVar("Answer")
KEPT, ASIDE = "files", "quarantine"
PATIENCE = timedelta(seconds=10)
"""For connecting, and for each answer; beyond it people are told to try again."""


def stored_files(settings: Settings) -> Files:
    """The store that the settings name: a bucket, or the home folder."""
    return BucketFiles(settings) if settings.files else FolderFiles(settings.home)


class BucketFiles:
    """Files in a bucket, as ``core.files.Files``. Every call raises Busy where the store does not answer."""

    def __init__(self, settings: Settings) -> None:
        bucket, _, prefix = settings.files.removeprefix("s3://").partition("/")
        self._store = S3Store(
            bucket,
            prefix=prefix.strip("/") or None,
            config=_config(settings),
            client_options={
                "allow_http": settings.files_endpoint.startswith("http:"),
                "connect_timeout": PATIENCE,
                "timeout": PATIENCE * 6,
            },
            retry_config={"max_retries": 2, "retry_timeout": PATIENCE},
        )

    def put(self, content: bytes) -> str:
        return self._keep(KEPT, content)

    def get(self, name: str) -> bytes:
        def read() -> bytes:
            try:
                return bytes(obstore.get(self._store, _place(KEPT, name)).bytes())
            except FileNotFoundError:
                return b""

        return whole(name, _asked(read) if name.isalnum() else b"")

    def names(self) -> Iterator[tuple[str, datetime]]:
        pages = obstore.list(self._store, f"{KEPT}/")
        while page := _asked(lambda: next(pages, None)):
            for found in page:
                yield found["path"].rpartition("/")[2], found["last_modified"]

    def remove(self, name: str) -> None:
        if name.isalnum():
            _asked(lambda: obstore.delete(self._store, _place(KEPT, name)))

    def quarantine(self, content: bytes) -> str:
        return self._keep(ASIDE, content)

    def _keep(self, folder: str, content: bytes) -> str:
        """Whole or not at all, as the store promises; what was put again counts as put now."""
        name = name_of(content)
        _asked(lambda: obstore.put(self._store, _place(folder, name), content))
        return name


def _config(settings: Settings) -> S3Config:
    """Only what is set: without a key the machine's own role is asked for, without an address AWS is."""
    config: S3Config = {"region": settings.files_region}
    if settings.files_endpoint:
        config["endpoint"] = settings.files_endpoint
    if settings.files_key_id:
        config["access_key_id"], config["secret_access_key"] = settings.files_key_id, settings.files_secret
    return config


def _place(folder: str, name: str) -> str:
    return f"{folder}/{name[:2]}/{name}"


def _asked(ask: Callable[[], Answer]) -> Answer:
    """What the store answers. Raises Busy where it does not, or refuses us: nothing was done, and it is tried again."""
    try:
        return ask()
    except BaseError as refused:
        raise Busy("Stored files cannot be reached just now. Please try again in a moment.") from refused
