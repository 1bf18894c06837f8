"""A campaign on other people's pages: the press page they start from, and the widget in a frame of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from tests.harness.servers import LiveServer
from tests.journeys.people import assert_accessible_day_and_night

pytestmark = pytest.mark.browser
MINATO = "minato-bento-lends-its-boxes-out"


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each of them on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Another site, which shows what lies in ``tmp_path``."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()
    site.server_close()


@pytest.mark.parametrize("rest", ["press", "widget"])
def test_what_others_start_from_is_accessible(page: Page, live_server: LiveServer, rest: str):
    page.goto(f"{live_server.url}/campaigns/{MINATO}/{rest}")
    assert_accessible_day_and_night(page)


def test_the_widget_stands_in_a_narrow_dark_frame_of_another_site(
    page: Page, live_server: LiveServer, elsewhere: str, tmp_path: Path
):
    widget = f"{live_server.url}/campaigns/{MINATO}/widget"
    (tmp_path / "host.html").write_text(f'<iframe src="{widget}" width="300" height="600"></iframe>')
    page.emulate_media(color_scheme="dark")
    page.goto(f"{elsewhere}/host.html")
    framed = page.frame_locator("iframe")
    expect(framed.get_by_role("heading", name=re.compile("Minato Bento will"))).to_be_visible()
    assert framed.locator("html").evaluate("root => root.scrollWidth") <= 300
    assert framed.locator("body").evaluate("body => getComputedStyle(body).color") == "rgb(245, 235, 218)"
