"""What the project stands on is written down, pinned, and not tied to one place to fetch it from."""

from __future__ import annotations

import re

from tests.architecture.house import ROOT, project

DECISION = ROOT / "docs" / "decisions" / "0001-dependencies.md"
SETUP = ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "Makefile", ".ci/run")


def test_every_dependency_has_its_reason():
    explained = set(re.findall(r"^\| ([\w\[\].-]+) \|", DECISION.read_text(encoding="utf-8"), re.MULTILINE)) - {
        "dependency"
    }
    assert explained == _declared()


def test_every_requirement_is_pinned_by_hash():
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
        loose = [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]
        assert loose == [], name


def test_the_set_up_names_no_place_to_fetch_from():
    elsewhere = re.compile(r"(?<!http)://|http://(?!127\.0\.0\.1)|--(extra-)?index-url|--find-links|\bPIP_\w+=")
    named = [name for name in SETUP if elsewhere.search((ROOT / name).read_text(encoding="utf-8"))]
    assert named == []


def _declared() -> set[str]:
    settings = project()
    groups = settings["dependency-groups"]
    wanted = [*settings["project"]["dependencies"], *groups["build"], *groups["dev"]]
    return {re.split(r"[<>=~]", requirement)[0] for requirement in wanted}
