"""The docs say what the code does: tables, settings, paths, links and names of files."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from core.settings import Settings
from tests.docs.generated import DOCS, TABLES, written
from web.app import create_app

ROOT = DOCS.parent
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("decisions/*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_made_from_the_code_is_not_stale(name: str) -> None:
    text = (DOCS / TABLES[name][0]).read_text(encoding="utf-8")
    assert f"<!-- {name} -->" in text
    assert written(name, text) == text, "run python -m tests.docs.generated"


def test_every_path_of_the_api_is_explained_and_no_other(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path), worker=False)
    held = {f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    told = {
        f"{method} /api/v1{path}" for method, path in re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`?\s]*)`", text)
    }
    assert told == held


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_sample_of_settings_can_be_read_by_the_shell_and_names_settings_only() -> None:
    sample = ROOT / "deploy" / "carrotmob.env"
    named = set(re.findall(r"^(\w+)=", sample.read_text(encoding="utf-8"), re.MULTILINE))
    sourced = ["sh", "-e", "-c", f"set -a; . {sample}; env"]
    read = subprocess.run(sourced, env={}, capture_output=True, text=True, check=True).stdout
    assert {line.partition("=")[0] for line in read.splitlines()} >= named
    assert named <= {f"CARROTMOB_{name.upper()}" for name in Settings.model_fields}
