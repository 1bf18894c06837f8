"""A supporter on a phone: from a shared link to the ticket, the mail, and one's own page. With and without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.harness import chromium
from tests.harness.axe import assert_accessible
from tests.harness.browsers import opened
from tests.harness.servers import LiveServer
from tests.journeys.people import assert_accessible_day_and_night

pytestmark = pytest.mark.browser
BELLA = "/campaigns/bella-cafe-will-insulate-its-walls-if-we-spend-5-000"
MOST_TAPS = 4


def mailed_link(page: Page, server: LiveServer, to: str) -> str:
    """The address of the one action in the newest mail to somebody."""
    mails = page.request.get(f"{server.url}/demo/mail", params={"to": to}).json()
    found = re.search(r"https?://\S+", mails[0]["text"])
    assert found, mails[0]["text"]
    return found.group()


def pledge(page: Page, server: LiveServer, email: str) -> int:
    """Pledge 20 from the shared link; gives how many taps it took."""
    page.goto(server.url + BELLA)
    taps = 0
    for tap in (
        page.get_by_role("link", name="Pledge to come"),
        page.get_by_role("radio", name="€20"),
        page.get_by_label("Email"),
    ):
        tap.tap()
        taps += 1
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Pledge to come").tap()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
    return taps + 1


def confirm(page: Page, server: LiveServer, email: str) -> None:
    page.goto(mailed_link(page, server, email))
    page.get_by_role("button", name="Confirm my pledge").tap()
    expect(page.get_by_text("Your pledge counts.")).to_be_visible()


def test_a_shared_link_becomes_a_pledge_in_four_taps(page: Page, live_server: LiveServer):
    assert pledge(page, live_server, "mia@example.org") <= MOST_TAPS
    expect(page.get_by_text("Open the mail we sent to mia@example.org")).to_be_visible()
    confirm(page, live_server, "mia@example.org")
    expect(page.get_by_role("link", name="Bring a friend")).to_be_visible()


def test_the_same_without_javascript(page_without_js: Page, live_server: LiveServer):
    page = page_without_js
    assert pledge(page, live_server, "noa@example.org") <= MOST_TAPS
    confirm(page, live_server, "noa@example.org")
    page.get_by_role("link", name="Change the amount").tap()
    page.get_by_role("radio", name="Other").tap()
    page.get_by_label("Other amount in EUR").fill("42.50")
    page.get_by_label("How many of you?").fill("2")
    page.get_by_role("button", name="Save the change").tap()
    expect(page.get_by_text("The 2 of you plan to spend €42.50")).to_be_visible()
    page.get_by_role("link", name="Cancel my pledge").tap()
    page.get_by_text("I want to cancel").tap()
    page.get_by_role("button", name="Yes, cancel my pledge").tap()
    expect(page.get_by_role("heading", name="You have taken your pledge back.")).to_be_visible()


def test_a_ticket_opens_without_a_connection(page: Page, live_server: LiveServer):
    pledge(page, live_server, "ola@example.org")
    expect(page.get_by_text("Kept on this phone")).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
    page.context.set_offline(False)


def test_a_mistake_is_shown_on_top_and_nothing_typed_is_lost(page: Page, live_server: LiveServer):
    page.goto(live_server.url + BELLA)
    page.get_by_role("radio", name="Other").tap()
    page.get_by_label("Other amount in EUR").fill("twenty")
    page.get_by_label("Email").fill("mia.example.org")
    page.get_by_role("button", name="Pledge to come").tap()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Other amount in EUR")).to_have_value("twenty")
    expect(page.get_by_label("Email")).to_have_value("mia.example.org")
    assert_accessible(page)


def sign_in(page: Page, server: LiveServer, email: str) -> None:
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send me a link").tap()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.goto(mailed_link(page, server, email))
    page.get_by_role("button", name="Sign in").tap()
    expect(page.get_by_role("heading", name="Your page")).to_be_visible()


def test_signing_in_by_mail_leads_to_ones_own_page(page: Page, live_server: LiveServer):
    pledge(page, live_server, "lia@example.org")
    confirm(page, live_server, "lia@example.org")
    sign_in(page, live_server, "lia@example.org")
    expect(page.locator("#pledges")).to_contain_text("it counts")
    page.get_by_role("button", name="Sign out").tap()
    expect(page.get_by_role("heading", name="Spend where it changes something.")).to_be_visible()
    page.goto(f"{live_server.url}/me")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_language_can_be_changed_on_every_page(page: Page, live_server: LiveServer):
    page.goto(live_server.url + BELLA)
    page.get_by_role("button", name="Deutsch").tap()
    expect(page.get_by_role("button", name="Ich sage zu")).to_be_visible()
    assert page.url == live_server.url + BELLA


PUBLIC = (
    "/",
    "/campaigns",
    "/campaigns?near=nowhere",
    BELLA,
    "/campaigns/which-bakery-in-basel-will-bake-with-the-most-solar-power",
    "/campaigns/kowhai-books-builds-a-ramp-at-both-doors",
    "/campaigns/minato-bento-lends-its-boxes-out",
    "/campaigns/harlans-diner-goes-without-gas",
    "/campaigns/eleven-promises-for-more-local-food-and-less-waste",
    f"{BELLA}/record",
    f"{BELLA}/record?every=yes",
    "/archive",
    "/archive/C1",
    "/how-it-works",
    "/privacy",
    "/imprint",
    "/contact",
    "/sign-in",
    "/sign-in/sent",
    "/nothing-here",
)


def test_the_public_pages_are_accessible_and_never_wider_than_the_phone(page: Page, live_server: LiveServer):
    for path in PUBLIC:
        page.goto(live_server.url + path)
        assert_accessible_day_and_night(page)


def test_text_twice_as_large_stays_within_a_small_phone(browser: Browser, browser_path: Path, live_server: LiveServer):
    settings = [*chromium.FLAGS, "--blink-settings=defaultFontSize=32"]
    large = browser.browser_type.launch(executable_path=browser_path, args=settings)
    with opened(large, viewport={"width": 320, "height": 640}) as page:
        pledge(page, live_server, "ida@example.org")
        for path in (page.url.removeprefix(live_server.url), *PUBLIC):
            page.goto(live_server.url + path)
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    large.close()


def test_a_supporters_own_pages_are_accessible(page: Page, live_server: LiveServer):
    pledge(page, live_server, "eva@example.org")
    assert_accessible_day_and_night(page)
    page.goto(mailed_link(page, live_server, "eva@example.org"))
    assert_accessible_day_and_night(page)
    confirm(page, live_server, "eva@example.org")
    page.get_by_role("link", name="Change the amount").tap()
    expect(page.get_by_role("heading", name="Change or cancel your pledge")).to_be_visible()
    assert_accessible_day_and_night(page)
    sign_in(page, live_server, "eva@example.org")
    assert_accessible_day_and_night(page)
    page.get_by_role("link", name="Erase my data").tap()
    expect(page.get_by_role("heading", name="Erase my data")).to_be_visible()
    page.get_by_role("button", name="Erase my data").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible_day_and_night(page)
    page.get_by_label("I want this, and I know that it cannot be undone").check()
    page.get_by_role("button", name="Erase my data").tap()
    expect(page.get_by_role("heading", name="Your data is erased")).to_be_visible()
    assert_accessible_day_and_night(page)
