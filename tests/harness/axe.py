"""The page as axe-core judges it (WEB.md's target: no violation, light and dark, empty and with errors)."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    # The only frame is a mail's preview, sandboxed without scripts: axe would wait there for an answer for ever.
    "iframes": False,
}


# A colour that is on its way from one to another would be judged as if it stayed so.
NOTHING_MOVES = "async () => { await Promise.allSettled(document.getAnimations().map((each) => each.finished)) }"


def violations(page: Page) -> list[str]:
    """Each violation as one line: the rule, what it asks for, where it is broken and by what."""
    page.evaluate(NOTHING_MOVES)
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {each['help']}: {'; '.join(map(_place, each['nodes']))}" for each in found]


def _place(node: dict[str, Any]) -> str:
    return f"{node['target']} {' '.join(node['failureSummary'].split())}"


def assert_accessible(page: Page) -> None:
    found = violations(page)
    assert not found, " | ".join([page.url, *found])
