"""The project's own files, as the tests of the house's rules see them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("core", "accounts", "campaigns", "businesses", "pledges", "notifications", "web")
DOMAIN = ("accounts", "campaigns", "businesses", "pledges", "notifications")


def files(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and "__pycache__" not in path.parts:
                yield path


def lines(path: Path) -> list[tuple[str, str]]:
    """Each line of a file with its place, as a complaint would name it."""
    text = path.read_text(encoding="utf-8")
    return [(f"{path.relative_to(ROOT)}:{number}", line) for number, line in enumerate(text.splitlines(), start=1)]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
