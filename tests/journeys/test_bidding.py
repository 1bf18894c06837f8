"""A shop on a phone: from its invitation to a bid in ten taps, without an account, with and without scripts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from businesses import queries as businesses
from businesses.commitments import Share
from campaigns import queries as campaigns
from tests.harness.servers import LiveServer
from tests.journeys.people import Finger, assert_accessible_day_and_night, be
from web.site import build_site
from web.trips import choosing

pytestmark = pytest.mark.browser
MOST_TAPS = 10
LEITH = "which-cafe-in-leith-feeds-the-night-shelter-best"
BASEL = "/shop/which-bakery-in-basel-will-bake-with-the-most-solar-power/bid"


def invitation(page: Page, at: LiveServer) -> str:
    """The organizer asks a shop and gets its link; then leaves."""
    be(page, at, "Ailsa Crawford")
    page.goto(f"{at.url}/organize/{LEITH}")
    page.get_by_text("Ask another one").tap()
    page.get_by_label("Name of the business").fill("The Salt Kitchen")
    page.get_by_role("button", name="Make an invitation").tap()
    link = page.get_by_role("link", name="/invitations/claim").inner_text()
    page.context.clear_cookies()
    return link


def bid(page: Page, at: LiveServer) -> int:
    """Take the invitation up and place a bid; gives the taps."""
    page.goto(invitation(page, at))
    finger = Finger(page)
    finger.fill("Email or telephone", "cook@salt.example")
    finger.press("Yes, take part")
    finger.follow("Make our bid")
    finger.fill("Share in percent", "44")
    finger.fill("What for", "a soup kitchen on wheels")
    finger.fill("Would you do it anyway, without the crowd?", "No, we lack the money.")
    finger.press("Next: look at it once more")
    expect(page.get_by_text("We will give 44% of the takings that day for a soup kitchen on wheels")).to_be_visible()
    finger.press("Sign and place the bid")
    expect(page.get_by_role("status").first).to_contain_text("Your bid stands.")
    return finger.taps


def test_an_invitation_becomes_a_bid_in_ten_taps(page: Page, live_server: LiveServer):
    assert bid(page, live_server) <= MOST_TAPS
    page.goto(f"{live_server.url}/campaigns/{LEITH}/bids")
    expect(page.get_by_role("heading", name="4 bids so far.")).to_be_visible()
    expect(page.get_by_text("The Salt Kitchen").first).to_be_visible()


def test_the_same_without_javascript_and_with_more_promises(page_without_js: Page, live_server: LiveServer):
    page = page_without_js
    assert bid(page, live_server) <= MOST_TAPS
    page.goto(f"{live_server.url}/shop/{LEITH}/bid")
    page.get_by_role("button", name="Something we will do").tap()
    second = page.locator("fieldset").nth(1)
    second.get_by_label("What you will do").fill("cook")
    second.get_by_label("How many", exact=True).fill("20")
    second.get_by_label("Of what").fill("meals a night for the shelter")
    second.get_by_label("Due date").fill("2030-01-31")
    page.get_by_role("button", name="Next: look at it once more").tap()
    expect(page.get_by_text("We will cook 20 meals a night for the shelter by 31 January 2030")).to_be_visible()
    page.get_by_role("button", name="Change something").tap()
    expect(page.get_by_label("Of what")).to_have_value("meals a night for the shelter")
    page.get_by_role("button", name="Next: look at it once more").tap()
    page.get_by_role("button", name="Raise the bid").tap()
    expect(page.get_by_role("status").first).to_contain_text("Your bid is raised.")


def test_people_see_what_the_shop_types(page: Page, live_server: LiveServer):
    be(page, live_server, "Rheinbrot")
    page.goto(live_server.url + BASEL)
    page.get_by_label("What for").fill("a wall of solar cells")
    expect(page.locator("[data-preview]")).to_contain_text("for a wall of solar cells by")
    page.get_by_label("Share in percent").fill("")
    expect(page.locator("[data-preview]")).to_contain_text("can be read here when it is complete")


def test_a_lowered_bid_is_refused_with_its_field(page: Page, live_server: LiveServer):
    be(page, live_server, "Rheinbrot")
    page.goto(live_server.url + BASEL)
    assert_accessible_day_and_night(page)
    page.get_by_label("Share in percent").fill("39")
    page.get_by_role("button", name="Next: look at it once more").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("link", name="A bid can be raised, not lowered")).to_be_visible()
    expect(page.get_by_label("Share in percent")).to_have_value("39")
    assert_accessible_day_and_night(page)


def test_both_sides_sign_and_the_shops_pages_are_accessible(page: Page, live_server: LiveServer):
    be(page, live_server, "Bio Lyktan")
    assert_accessible_day_and_night(page)
    page.get_by_role("link", name="Read and accept").tap()
    expect(page.get_by_role("heading", name="The agreement")).to_be_visible()
    assert_accessible_day_and_night(page)
    page.get_by_role("button", name="Accept the agreement").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Your name").fill("Maja Öberg")
    page.get_by_role("button", name="Accept the agreement").tap()
    expect(page.get_by_text("You have accepted the agreement.")).to_be_visible()


def test_a_promise_is_shown_and_replied_to(page: Page, live_server: LiveServer):
    be(page, live_server, "Linde Grocery")
    page.get_by_role("link", name="Show it").first.tap()
    expect(page.get_by_role("heading", name="Your promise")).to_be_visible()
    assert_accessible_day_and_night(page)
    page.get_by_role("button", name="Show it").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible_day_and_night(page)
    page.get_by_label("What have you done? Public.").fill("The tap runs since this morning.")
    page.get_by_label("A number, if there is one").fill("1")
    page.get_by_role("button", name="Show it").tap()
    expect(page.get_by_text("It is filed, and public.")).to_be_visible()


BIDS = ("bella-cafe-will-insulate-its-walls-if-we-spend-5-000", "which-cinema-in-gothenburg-takes-its-heating-off-oil",
        "which-bakery-in-basel-will-bake-with-the-most-solar-power", LEITH)  # fmt: skip


def test_the_bids_are_accessible(page: Page, live_server: LiveServer):
    for slug in BIDS:
        page.goto(f"{live_server.url}/campaigns/{slug}/bids")
        for whole in page.get_by_text("The whole bid").all():
            whole.tap()
        assert_accessible_day_and_night(page)


def test_an_example_fills_in_the_words_and_hints_follow_what_is_typed(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/promises/library")
    assert_accessible_day_and_night(page)
    be(page, live_server, "Rheinbrot")
    page.goto(live_server.url + BASEL)
    page.get_by_text("Begin with an example").tap()
    page.get_by_label("What is it about?").select_option("led-lamps")
    page.get_by_role("button", name="Fill it in").tap()
    begun = page.locator("fieldset").filter(has_text="Something we will do").first
    expect(begun.get_by_label("Of what")).to_have_value("LED lamps of class E or better")
    expect(begun.get_by_text("How many LED lamps of this class are lit today, and who counted?")).to_be_visible()
    begun.get_by_label("How many", exact=True).fill("24")
    begun.get_by_label("What you will do").fill("support")
    preview = page.locator("[data-preview]")
    expect(preview).to_contain_text("“support” cannot be counted")
    assert_accessible_day_and_night(page)
    begun.get_by_label("What you will do").fill("fit")
    expect(preview).not_to_contain_text("cannot be counted")
    be(page, live_server, "Ailsa Crawford")
    page.goto(f"{live_server.url}/organize/{LEITH}/templates")
    assert_accessible_day_and_night(page)


def raise_bid(at: LiveServer, name: str, share: str) -> None:
    """A shop of the demo raises its bid, somewhere else."""
    site = build_site(at.settings)
    with site.db.writing() as session:
        campaign = campaigns.by_slug(session, LEITH)
        bids = businesses.visible_bids(session, campaign)
        shops = businesses.businesses(session, [bid.business for bid in bids])
        held = next(bid for bid in bids if shops[bid.business].name == name)
        promised = tuple(
            replace(c, share=Decimal(share)) if isinstance(c, Share) else c for c in held.offer.commitments
        )
        raised = replace(held.offer, commitments=promised)
        choosing.place_bid(session, site.clock, shops[held.business], LEITH, raised)
    site.db.dispose()


def test_a_raise_appears_on_the_evenings_screen_and_a_cut_line_is_said(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/campaigns/{LEITH}/bids/live")
    assert_accessible_day_and_night(page)
    expect(page.get_by_text("Updated 1 sec. ago").or_(page.get_by_text("Updated 2 sec. ago"))).to_be_visible()
    raise_bid(live_server, "Harbour Beans", "61.5")
    expect(page.locator(".giant")).to_have_text("61.5%")
    expect(page.get_by_role("log")).to_contain_text("Harbour Beans: We will give 61.5%")
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080
    page.route("**/stream", lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("No connection. These were the last bids.")).to_be_visible()
    expect(page.locator(".giant")).to_have_text("61.5%")
