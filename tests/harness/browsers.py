"""A phone in the hand: Chromium at 360x740, with touch, with and without JavaScript, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.harness import chromium
from tests.harness.not_run import cannot_run

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
PATIENCE_MS = 15_000

ColorScheme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def browser_path() -> Path:
    return chromium.find() or cannot_run("no Chromium or Chrome was found: the pages were not tried in a browser")


# Not for the session: Playwright keeps an event loop running in this thread for as long as it is started, and a
# test of another module may need to run its own.
@pytest.fixture(scope="module")
def browser(browser_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(chromium.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def color_scheme() -> ColorScheme:
    """What the phone prefers; a test says otherwise with `parametrize("color_scheme", ["light", "dark"])`."""
    return "light"


@pytest.fixture
def page(browser: Browser, color_scheme: ColorScheme) -> Iterator[Page]:
    with opened(browser, color_scheme=color_scheme) as page:
        yield page


@pytest.fixture
def page_without_js(browser: Browser, color_scheme: ColorScheme) -> Iterator[Page]:
    with opened(browser, color_scheme=color_scheme, java_script_enabled=False) as page:
        yield page


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    """A fresh phone with no cookies. At the end, an error in a script or a breach of the CSP fails the test."""
    context = browser.new_context(**(PHONE | {"locale": "en-GB"} | options))
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.extend(_breaches(message)))
    yield page
    context.close()
    assert not complaints, complaints


def _breaches(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []
