"""The page as axe-core judges it (WEB.md's target: no violation, light and dark, empty and with errors)."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    # The only frame is a mail's preview, sandboxed without scripts: axe would wait there for an answer for ever.
    "iframes": False,
}


def violations(page: Page) -> list[str]:
    """Each violation as one line: the rule, what it asks for, and where it is broken."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {each['help']}: {[node['target'] for node in each['nodes']]}" for each in found]


def assert_accessible(page: Page) -> None:
    assert violations(page) == [], page.url
