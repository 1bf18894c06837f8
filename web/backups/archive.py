"""One archive with the database, the secret key and the stored files; and the way back from it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from core import migrate
from core.clock import wall_clock
from core.errors import NotFound
from core.files import FolderFiles
from core.gateway import stored_files
from core.settings import Settings
from core.wire import encode
from web.backups import databases

FORMAT = 1
MANIFEST = "manifest.json"
KEY = "secret"
STORED = "files"
DRAFT = ".backup-"


def write(settings: Settings, file: Path) -> str:
    """Back up into ``file`` while the installation serves. The file holds secrets: only its owner may read it.

    Raises ValueError where a tool is missing or the database cannot be read; then no file is left behind.
    """
    if file.exists():
        raise ValueError(f"{file} exists already: a backup is never written over another")
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=DRAFT) as made:
        folder = Path(made)
        kind = databases.dump(settings.url, folder)
        (folder / KEY).write_text(settings.secret)
        contents = {path.name: path for path in sorted(folder.iterdir())} | _stored(settings, file)
        contents |= _fetched(settings, folder / "bucket")
        (folder / MANIFEST).write_text(json.dumps(_manifest(settings, kind, contents), indent=1))
        draft = folder / "draft"
        _pack(draft, {MANIFEST: folder / MANIFEST, **contents})
        draft.rename(file)
    return f"Backed up {len(contents)} files ({file.stat().st_size // 1024 + 1} kB) into {file}"


def _stored(settings: Settings, backup: Path) -> dict[str, Path]:
    """Whatever else lies in the home folder, by its name in the archive; not what is half written (its name is hidden).

    Read after the database was: a file that it names is there already.
    """
    home = settings.home.resolve()
    apart = databases.files(settings.url) | {backup.resolve(), home / KEY}
    whole = (path for path in sorted(home.rglob("*")) if not path.name.startswith("."))
    found = (path for path in whole if path.is_file() and not path.is_symlink())
    names = {path.relative_to(home): path for path in found if path not in apart}
    return {f"{STORED}/{name.as_posix()}": path for name, path in names.items() if not name.parts[0].startswith(DRAFT)}


def _fetched(settings: Settings, folder: Path) -> dict[str, Path]:
    """The stored files of a bucket, as if they lay in the home folder: an archive is whole, and fits any store."""
    if not settings.files:
        return {}
    source, target = stored_files(settings), FolderFiles(folder)
    for name, _ in source.names():
        with suppress(NotFound):  # swept out or damaged meanwhile
            target.put(source.get(name))
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {f"{STORED}/{path.relative_to(folder).as_posix()}": path for path in found}


def _manifest(settings: Settings, kind: str, contents: dict[str, Path]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "revision": migrate.revision(settings.url),
        "made_at": encode(wall_clock()),
        "database": kind,
        "sha256": {name: _sha256(path) for name, path in contents.items()},
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _pack(draft: Path, contents: dict[str, Path]) -> None:
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
        for name, path in contents.items():
            archive.add(path, name, recursive=False)


def read(settings: Settings, file: Path) -> str:
    """Bring a backup back into an empty home folder and an empty database, and migrate it to this release.

    Raises ValueError, having changed nothing, where something is there already or the archive is damaged.
    """
    _demand_empty(settings)
    settings.make_home()
    with tempfile.TemporaryDirectory(dir=settings.home, prefix=".restore-") as made:
        folder = Path(made)
        manifest = _unpack(file, folder)
        databases.restore(settings.url, manifest["database"], folder)
        same_key = _put_back(settings, folder)
    migrate.upgrade(settings.url)
    done = f"Restored {len(manifest['sha256'])} files from the backup of {manifest['made_at']}"
    return (
        done if same_key else f"{done}. CARROTMOB_SECRET_KEY is another than in the backup: links sent before are dead"
    )


def _demand_empty(settings: Settings) -> None:
    if settings.home.exists() and any(settings.home.iterdir()):
        raise ValueError(f"{settings.home} is not empty: a backup is restored into an empty home folder only")
    databases.demand_empty(settings.url)


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    """The archive's contents in ``folder``, each file checked against the manifest."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            _extract(archive, folder)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (tarfile.TarError, EOFError, zlib.error, json.JSONDecodeError, OSError) as wrong:
        raise ValueError(f"{file} is not a whole backup: {wrong}") from wrong
    if manifest.get("format") != FORMAT or not migrate.knows(manifest["revision"]):
        raise ValueError(f"{file} was made by a newer release than this one: install that first")
    for name, expected in manifest["sha256"].items():
        if not (folder / name).is_file() or _sha256(folder / name) != expected:
            raise ValueError(f"{file} is damaged: {name} is not what was backed up")
    return manifest


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Each file below ``folder``, readable by its owner only. By hand: ``filter="data"`` came with Python 3.11.4."""
    for member in archive:
        path, content = folder / member.name, archive.extractfile(member) if member.isfile() else None
        if content is None or not path.resolve().is_relative_to(folder.resolve()):
            raise tarfile.TarError(f"it holds {member.name}, which no backup does")
        path.parent.mkdir(parents=True, exist_ok=True)
        with content, os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            shutil.copyfileobj(content, file)


def _put_back(settings: Settings, folder: Path) -> bool:
    """Key and stored files into the home folder. Gives whether tokens made before still fit."""
    kept = (folder / KEY).read_text()
    if not settings.secret_key:
        (folder / KEY).rename(settings.home / KEY)
    stored = folder / STORED
    for path in sorted(stored.iterdir()) if stored.exists() else []:
        path.rename(settings.home / path.name)
    _send(settings)
    return settings.secret_key in {"", kept}


def _send(settings: Settings) -> None:
    """Where a bucket is set, stored files move there from the home folder: so an installation changes its store."""
    source, target = FolderFiles(settings.home), stored_files(settings)
    for name in [name for name, _ in source.names()] if settings.files else []:
        target.put(source.get(name))
        source.remove(name)
