"""An organizer on a phone: from the first line to a published campaign in twelve taps, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.harness.servers import LiveServer
from tests.journeys.people import Finger, assert_accessible_day_and_night, be, in_days

pytestmark = pytest.mark.browser
MOST_TAPS = 12
DRAFT = "/organize/a-bicycle-shop-that-repairs-for-the-school-run"


def publish(page: Page, at: LiveServer) -> int:
    """Draft a campaign, fill it in, open bidding; gives the taps from signing in."""
    page.goto(f"{at.url}/sign-in?next=/campaigns/new")
    page.get_by_label("Email").fill("nora@example.org")
    page.get_by_role("button", name="Send me a link").tap()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    mails = page.request.get(f"{at.url}/demo/mail", params={"to": "nora@example.org"}).json()
    link = re.search(r"https?://\S+", mails[0]["text"])
    assert link
    page.goto(link.group())
    finger = Finger(page)
    finger.press("Sign in")
    finger.fill("What should people read first?", "Which launderette washes with the sun?")
    finger.fill("Town or quarter", "Basel")
    finger.press("Make a draft")
    finger.fill("The story", "Hot water from the roof, if enough of us come to wash.")
    finger.press("Save and go on")
    expect(page.get_by_role("heading", name="Where is it?")).to_be_visible()
    finger.press("Save and go on")
    finger.fill("Doors open", in_days(40))
    finger.fill("Doors close", in_days(40, "18:00"))
    finger.press("Save and go on")
    expect(page.get_by_label("Bidding closes", exact=True)).not_to_have_value("")
    finger.press("Save and go on")
    finger.fill("What do you or your group earn from this campaign?", "none")
    finger.fill("What ties are there to businesses or suppliers in it?", "none")
    finger.press("Save and go on")
    expect(page.get_by_text("10 of 10 done.").first).to_be_visible()
    finger.press("Open bidding")
    expect(page.get_by_text("It is public now.")).to_be_visible()
    return finger.taps


def test_a_campaign_is_published_in_twelve_taps(page: Page, live_server: LiveServer):
    assert publish(page, live_server) <= MOST_TAPS
    page.get_by_role("link", name="What the public sees").tap()
    expect(page.get_by_role("heading", name="Which launderette washes with the sun?", level=1)).to_be_visible()


def test_the_same_without_javascript(page_without_js: Page, live_server: LiveServer):
    assert publish(page_without_js, live_server) <= MOST_TAPS


def test_a_draft_is_saved_while_somebody_types(page: Page, live_server: LiveServer):
    be(page, live_server, "Jonas Brandt")
    page.goto(f"{live_server.url}{DRAFT}/story")
    page.get_by_label("The story").fill("A morning of repairs for every school bag in the valley.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    expect(page.locator("[data-saved]")).to_contain_text("ago")
    page.goto(f"{live_server.url}{DRAFT}/story")
    expect(page.get_by_label("The story")).to_have_value("A morning of repairs for every school bag in the valley.")


def test_a_gap_leads_to_its_field(page: Page, live_server: LiveServer):
    be(page, live_server, "Jonas Brandt")
    page.goto(live_server.url + DRAFT)
    page.get_by_role("link", name="Bidding or a named business").tap()
    expect(page.get_by_role("heading", name="Who competes?")).to_be_visible()
    page.get_by_label("One business is already known").check()
    expect(page.get_by_label("Bidding closes", exact=True)).to_be_hidden()
    page.get_by_label("Name of the business").fill("Rad & Tat")
    page.get_by_role("button", name="Save and go on").tap()
    page.get_by_role("link", name="Back to the overview").tap()
    expect(page.get_by_role("button", name="Publish and ask the business")).to_be_enabled()


def test_a_skipped_hour_is_refused_and_nothing_typed_is_lost(page: Page, live_server: LiveServer):
    be(page, live_server, "Jonas Brandt")
    page.goto(f"{live_server.url}{DRAFT}/day")
    page.get_by_label("Doors open").first.fill("2027-03-28T02:30")
    page.get_by_label("Address or shop").first.fill("Riverside 4")
    page.get_by_role("button", name="Save and go on").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("link", name=re.compile("02:30 does not exist on that day"))).to_be_visible()
    expect(page.get_by_label("Address or shop").first).to_have_value("Riverside 4")
    assert_accessible_day_and_night(page)


def test_the_organizers_pages_are_accessible(page: Page, live_server: LiveServer):
    be(page, live_server, "Jonas Brandt")
    steps = [f"{DRAFT}/{name}" for name in ("story", "place", "day", "bidding", "disclosure", "cancel")]
    bella = "/organize/bella-cafe-will-insulate-its-walls-if-we-spend-5-000"
    for path in ("/campaigns/new", "/organize", DRAFT, *steps, bella, f"{bella}/postpone"):
        page.goto(live_server.url + path)
        assert_accessible_day_and_night(page)
    page.goto(live_server.url + bella)
    page.get_by_text("Add somebody").tap()
    page.get_by_role("radio", name="Monitor").check()
    page.get_by_label("Email").last.fill("ruth")
    page.get_by_role("button", name="Add them").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible_day_and_night(page)


@pytest.mark.parametrize(
    ("name", "slug", "words"),
    [
        ("Sven Lindqvist", "which-cinema-in-gothenburg-takes-its-heating-off-oil", "has to accept the agreement"),
        ("Tāne Walker", "kowhai-books-builds-a-ramp-at-both-doors", "The business has until"),
    ],
)
def test_the_page_says_what_to_do_next(page: Page, live_server: LiveServer, name: str, slug: str, words: str):
    be(page, live_server, name)
    page.context.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
    page.goto(f"{live_server.url}/organize/{slug}")
    expect(page.locator("section.panel").first).to_contain_text(words)
    assert_accessible_day_and_night(page)
