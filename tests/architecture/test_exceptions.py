"""Every exception from a rule carries its reason beside it."""

from __future__ import annotations

import re

from tests.architecture.house import FLOORS, ROOT, files, lines

SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|ruff:|mypy:)")
WITH_REASON = re.compile(
    r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)*( -|  #) \w.{8,}"
    r"|# type: ignore\[[a-z-]+(, ?[a-z-]+)*\]  # \w.{8,}"
)
CODE = re.compile(r'"[A-Z]{1,4}\d{2,4}"')
LISTS_OF_EXCEPTIONS = re.compile(
    r"^ignore = \[.*?^\]|^\[tool\.ruff\.lint\.per-file-ignores\].*?^\[", re.DOTALL | re.MULTILINE
)


def test_a_silenced_line_says_why():
    silenced = [
        f"{place}: {line.strip()}"
        for path in files(*FLOORS, "tests", "alembic")
        if path.name != "test_exceptions.py"
        for place, line in lines(path)
        if SILENCED.search(line) and not WITH_REASON.search(line)
    ]
    assert silenced == [], "write `# noqa: S608 - the reason` or `# type: ignore[code]  # the reason`"


def test_a_rule_that_is_off_for_a_file_says_why():
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    unexplained = [
        line.strip()
        for block in LISTS_OF_EXCEPTIONS.findall(settings)
        for line in block.splitlines()
        if CODE.search(line) and "#" not in line
    ]
    assert unexplained == []
