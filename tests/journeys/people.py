"""Being somebody on a phone: signing in as the demo's people, and counting every tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page

from tests.harness.axe import assert_accessible
from tests.harness.servers import LiveServer


def be(page: Page, at: LiveServer, name: str) -> None:
    """Sign in as one of the demo's people or shops, in place of whoever was signed in."""
    page.goto(f"{at.url}/demo/people")
    with page.expect_navigation():
        page.get_by_role("button", name=f"Be {name}", exact=True).tap()


@dataclass
class Finger:
    """Taps, and counts them: what WEB.md's targets are measured by. Typing is not tapping."""

    page: Page
    taps: int = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def press(self, name: str) -> None:
        """Tap a button by its words."""
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        """Tap a link by its words."""
        self.tap(self.page.get_by_role("link", name=name))

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)


def in_days(days: int, time: str = "09:00") -> str:
    """A local date and time so many days ahead, as a browser's field holds it."""
    return f"{datetime.now(UTC).date() + timedelta(days=days)}T{time}"


def assert_accessible_day_and_night(page: Page) -> None:
    """No violation in light and in dark, and nothing wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
