"""Following the promises on a phone: the campaign's page, one promise, looking for oneself, judging, the profile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.harness.axe import assert_accessible
from tests.harness.browsers import ColorScheme
from tests.harness.servers import LiveServer

pytestmark = pytest.mark.browser

FOLLOW = "/campaigns/eleven-promises-for-more-local-food-and-less-waste/follow"


def be(page: Page, at: LiveServer, name: str) -> None:
    page.goto(f"{at.url}/demo/people")
    page.get_by_role("button", name=f"Be {name}").click()
    page.wait_for_load_state()


def open_promise(page: Page, at: LiveServer, words: str) -> None:
    page.goto(at.url + FOLLOW)
    page.get_by_role("link", name=words).click()


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_public_pages_are_accessible(page: Page, live_server: LiveServer, color_scheme: ColorScheme):
    for path in (FOLLOW, "/businesses", "/businesses/linde-grocery", "/businesses/spati-pappelallee"):
        page.goto(live_server.url + path)
        assert_accessible(page)
    page.goto(live_server.url + FOLLOW)
    page.get_by_role("link", name="All that was filed and seen").first.click()
    expect(page.get_by_role("heading", name="The verdict")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_a_supporter_says_what_they_saw(page: Page, live_server: LiveServer, color_scheme: ColorScheme):
    be(page, live_server, "Lea Sommer")
    open_promise(page, live_server, "put up 1 water tap")
    expect(page.get_by_text("Late by 14 days").first).to_be_visible()
    page.get_by_role("link", name="File a spot check").click()
    page.get_by_label("How many did you count?").fill("some")
    page.get_by_role("button", name="File what I saw").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("How many did you count?").fill("1")
    page.get_by_role("button", name="File what I saw").click()
    page.wait_for_url("**/promises/*#seen")
    expect(page.get_by_text("A supporter").first).to_be_visible()
    expect(page.get_by_text("In progress").first).to_be_visible()
    assert_accessible(page)


def test_an_organizer_confirms_what_a_supporter_saw_without_scripts(page_without_js: Page, live_server: LiveServer):
    page = page_without_js
    be(page, live_server, "Lea Sommer")
    open_promise(page, live_server, "put up 1 water tap")
    page.get_by_role("link", name="File a spot check").click()
    page.get_by_label("How many did you count?").fill("1")
    page.get_by_role("button", name="File what I saw").click()
    be(page, live_server, "Elif Aydin")
    open_promise(page, live_server, "put up 1 water tap")
    page.get_by_role("link", name="Confirm the verdict").click()
    page.get_by_role("button", name="Confirm the verdict").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Kept late")).to_be_checked()
    page.get_by_label("Why").fill("It is there, and it runs.")
    page.get_by_role("button", name="Confirm the verdict").click()
    expect(page.get_by_text("Kept late").first).to_be_visible()
    expect(page.get_by_text("Seen by independent eyes").first).to_be_visible()


def test_whoever_may_not_look_is_told_why(page: Page, live_server: LiveServer):
    be(page, live_server, "Jonas Brandt")
    open_promise(page, live_server, "put up 1 water tap")
    page.get_by_role("link", name="File a spot check").click()
    expect(page.get_by_text("own people cannot file a spot check")).to_be_visible()
    assert_accessible(page)


def test_without_a_sign_in_one_is_asked_to_sign_in(page: Page, live_server: LiveServer):
    open_promise(page, live_server, "put up 1 water tap")
    page.get_by_role("link", name="File a spot check").click()
    expect(page.get_by_label("Email")).to_be_visible()
