"""Files stay small and bear the names that mean the same thing in every room (docs/decisions, the house)."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.house import DOMAIN, FLOORS, ROOT, files, project

LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "manager", "data", "info", "misc", "common"}
# Roles that may touch a database or the outside; every other file must stand in the contract for pure modules.
ROLES = {"__init__", "tables", "store", "service", "queries", "gateway", "jobs", "rendering"}


def test_every_file_is_one_idea_long():
    written = [*files(*FLOORS, "tests", "alembic"), *files("web", suffixes=(".html", ".css", ".js"))]
    too_long = [f"{path.relative_to(ROOT)}: {count} lines" for path in written if (count := _length(path)) > LONGEST]
    assert too_long == []


def test_a_file_of_the_domain_has_a_role_or_is_declared_pure():
    allowed = ROLES | _pure_names()
    strangers = [str(path.relative_to(ROOT)) for path in files(*DOMAIN) if not _roles(path) & allowed]
    assert strangers == [], "name it after its role, or add it to the contract `pure` in pyproject.toml"


def test_no_file_has_a_name_that_says_nothing():
    vague = [str(path.relative_to(ROOT)) for path in files(*FLOORS, "tests") if path.stem in VAGUE]
    assert vague == []


def test_the_folder_of_migrations_does_not_hide_the_library():
    assert not (ROOT / "alembic" / "__init__.py").exists()


def _length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _roles(path: Path) -> set[str]:
    """The names that can give a file its role: its own, and those of the folders it was split into."""
    inside = path.relative_to(ROOT).with_suffix("").parts[1:]
    return set(inside)


def _pure_names() -> set[str]:
    contracts = project()["tool"]["importlinter"]["contracts"]
    (pure,) = [contract for contract in contracts if contract["id"] == "pure"]
    return {module.rpartition(".")[2] for module in pure["source_modules"]}
