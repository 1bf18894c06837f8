"""The tour, as a stranger walks it on a phone: seven buttons, each a real page with real work behind it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.harness.axe import assert_accessible
from tests.harness.browsers import ColorScheme
from tests.harness.servers import LiveServer

pytestmark = pytest.mark.browser


def press(page: Page, at: LiveServer, step: int) -> None:
    """Come back to the tour, and press the button of its present step."""
    page.goto(f"{at.url}/demo")
    present = page.locator("[aria-current=step]")
    expect(present).to_have_attribute("id", f"step-{step}")
    present.get_by_role("button").click()


def outcome(page: Page, at: LiveServer, step: int) -> str:
    page.goto(f"{at.url}/demo")
    return page.locator(f"#step-{step}").inner_text()


def walk(page: Page, at: LiveServer) -> None:
    """All seven steps; what each shows is asserted where it is seen."""
    press(page, at, 1)
    page.get_by_label("€20", exact=True).check()
    page.get_by_label("Email", exact=True).fill("pat@example.org")
    page.get_by_role("button", name="Pledge to come").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are in.")

    press(page, at, 2)
    expect(page.get_by_role("heading", level=1)).to_have_text("What happened on the way")
    expect(page.get_by_text("The doors are open.").first).to_be_visible()

    press(page, at, 3)
    page.get_by_role("button", name="Let them in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome")

    press(page, at, 4)
    page.get_by_label("Takings in EUR").fill("2000.84")
    page.get_by_role("button", name="Enter the till total").click()
    expect(page.get_by_text("35% x 2000.84 = 700.29")).to_be_visible()

    press(page, at, 5)
    expect(page.get_by_text("Late by 3 days")).to_be_visible()

    press(page, at, 6)
    producers = page.get_by_label("There", exact=True)
    for number in range(11):
        producers.nth(number).check()
    page.get_by_role("button", name="File what I saw").click()
    page.get_by_label("Why").fill("Four show no certificate.")
    page.get_by_role("button", name="Confirm the verdict").click()
    expect(page.get_by_text("Partly kept 11 of 15").first).to_be_visible()

    press(page, at, 7)
    expect(page.get_by_role("heading", level=1)).to_contain_text("11 of 15")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Partly kept")


def test_a_stranger_walks_from_the_pledge_to_the_digest(page: Page, live_server: LiveServer):
    walk(page, live_server)
    assert "35% x 2000.84 = 700.29" in outcome(page, live_server, 4)
    expect(page.get_by_text("That is the whole idea.")).to_be_visible()
    assert_accessible(page)


def test_the_same_without_scripts_and_it_begins_anew(page_without_js: Page, live_server: LiveServer):
    page = page_without_js
    walk(page, live_server)
    page.goto(f"{live_server.url}/demo")
    expect(page.get_by_text("Time has been moved")).to_be_visible()
    page.get_by_role("button", name="Begin a fresh tour").click()
    expect(page.locator("[aria-current=step]")).to_have_attribute("id", "step-1")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_demos_pages_are_accessible(page: Page, live_server: LiveServer, color_scheme: ColorScheme):
    for path in ("/demo", "/demo/people", "/demo/mailbox", "/demo/mailbox?to=nobody@example.org", "/demo/way"):
        page.goto(live_server.url + path)
        assert_accessible(page)
    page.goto(f"{live_server.url}/demo/mailbox")
    page.locator("main .list h2 a").first.click()
    expect(page.frame_locator("iframe").locator("body")).to_be_visible()
    assert_accessible(page)


def test_one_click_makes_one_an_organizer_and_then_a_shop(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/demo/people")
    page.get_by_role("button", name="Be Jonas Brandt").click()
    page.wait_for_url("**/me")
    page.goto(f"{live_server.url}/demo/people")
    page.get_by_role("button", name="Be Linde Grocery").click()
    page.wait_for_url("**/shop")
    expect(page.get_by_role("heading", level=1)).to_have_text("Linde Grocery")
