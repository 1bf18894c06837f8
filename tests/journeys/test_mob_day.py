"""The day on phones: the door turns green and amber, the till is typed, the wall shows one number."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from campaigns import queries as campaigns
from pledges import queries as pledges
from tests.harness.servers import LiveServer
from tests.journeys.people import assert_accessible_day_and_night, be
from web.site import build_site

pytestmark = pytest.mark.browser
MINATO = "minato-bento-lends-its-boxes-out"
KORN = "glas-korn-schafft-die-einwegbecher-ab-wenn-150-von-uns-komme"
JUNIPER = "juniper-street-market-gives-a-whole-day-and-shelf-space-to-1"
SOON_MS = 15_000
"""On a busy machine news take their time."""


def codes(at: LiveServer) -> tuple[str, str]:
    """The code of somebody still to come, and of somebody who came."""
    site = build_site(at.settings)
    with site.db.reading() as session:
        listed = pledges.listing(session, campaigns.by_slug(session, MINATO).id)
    site.db.dispose()
    waiting = next(line.pledge.code for line in listed if line.pledge.stands and not line.check_in)
    return waiting, next(line.pledge.code for line in listed if line.check_in)


def open_door(page: Page, at: LiveServer, query: str = "") -> None:
    be(page, at, "Haruka Mori")
    page.goto(f"{at.url}/door/{MINATO}{query}")


def walk_through_the_door(page: Page, at: LiveServer) -> None:
    waiting, came = codes(at)
    open_door(page, at, f"?code={waiting}")
    page.get_by_role("button", name="Let them in").tap()
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(30, 100, 52)"
    page.get_by_label("Spent, in JPY (can wait)").fill("1,200")
    page.get_by_label("Next code by hand").fill(came.lower())
    page.get_by_role("button", name="Save and next").tap()
    expect(page.get_by_role("heading", name="Already here")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(244, 182, 44)"
    page.get_by_label("Next code by hand").fill("ZZZ ZZ9")
    page.get_by_role("button", name=re.compile("Next person|Save and next")).tap()
    expect(page.get_by_role("heading", name="Unknown code")).to_be_visible()
    page.get_by_role("button", name="Count one without a code").tap()
    expect(page.get_by_text("1 person without a code.")).to_be_visible()
    page.get_by_role("button", name="Undo").tap()
    expect(page.get_by_text("Taken back.")).to_be_visible()


def test_the_whole_screen_answers_at_the_door(page: Page, live_server: LiveServer):
    walk_through_the_door(page, live_server)


def test_the_same_without_javascript(page_without_js: Page, live_server: LiveServer):
    walk_through_the_door(page_without_js, live_server)


def test_the_doors_screens_are_accessible(page: Page, live_server: LiveServer):
    waiting, came = codes(live_server)
    open_door(page, live_server)
    assert_accessible_day_and_night(page)
    for code in (waiting, came, "ZZZZZ9"):
        page.goto(f"{live_server.url}/door/{MINATO}?code={code}")
        assert_accessible_day_and_night(page)
        page.get_by_role("button", name="Let them in").tap()
        expect(page.get_by_role("heading", name=re.compile("Welcome|Already here|Unknown code"))).to_be_visible()
        assert_accessible_day_and_night(page)
    page.goto(f"{live_server.url}/door/{MINATO}?code=O0")
    page.get_by_role("button", name="Let them in").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible_day_and_night(page)


def test_the_till_is_typed_and_a_mistake_loses_nothing(page: Page, live_server: LiveServer):
    be(page, live_server, "Glas & Korn Unverpackt")
    page.goto(f"{live_server.url}/shop/{KORN}/till")
    assert_accessible_day_and_night(page)
    page.get_by_label("Takings in EUR").fill("viel")
    page.get_by_role("button", name="Change the till total").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Takings in EUR")).to_have_value("viel")
    assert_accessible_day_and_night(page)
    page.get_by_label("Takings in EUR").fill("2,000.84")
    page.get_by_role("button", name="Change the till total").tap()
    expect(page.get_by_text("The till total is entered.").first).to_be_visible()


def test_an_organizer_confirms_and_locks_the_result(page_without_js: Page, live_server: LiveServer):
    page = page_without_js
    be(page, live_server, "Greta Lindner")
    page.context.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
    page.goto(f"{live_server.url}/organize/{KORN}")
    page.get_by_role("button", name=re.compile("Yes, this is right|Ja")).tap()
    page.get_by_role("button", name=re.compile("Lock the result|Ergebnis")).last.tap()
    page.wait_for_url("**?done=final")
    page.goto(f"{live_server.url}/campaigns/{KORN}/result")
    expect(page.get_by_text("40% x (2418.35 - 386.12) = 812.89")).to_be_visible()


def test_the_results_are_accessible(page: Page, live_server: LiveServer):
    for slug in (
        JUNIPER,
        KORN,
        MINATO,
        "eleven-promises-for-more-local-food-and-less-waste",
        "harlans-diner-goes-without-gas",
    ):
        page.goto(f"{live_server.url}/campaigns/{slug}/result")
        assert_accessible_day_and_night(page)


def test_the_wall_shows_one_number_and_renews_it(page: Page, live_server: LiveServer):
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{live_server.url}/campaigns/{MINATO}/board")
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        1920,
        1080,
    ]
    number = page.locator(".giant")
    before = number.inner_text()
    door = page.context.new_page()
    open_door(door, live_server)
    door.get_by_role("button", name="Count one without a code").tap()
    door.get_by_label("Spent, in JPY (can wait)").fill("5000")
    door.get_by_role("button", name="Save and next").tap()
    expect(number).not_to_have_text(before, timeout=SOON_MS)
    expect(page.locator("[data-age]")).to_contain_text("Updated")
    page.context.set_offline(True)
    expect(page.locator("[data-age]")).to_contain_text("No connection.", timeout=SOON_MS)
    expect(number).not_to_have_text(before)


def test_crew_show_a_photo_of_the_day_to_everybody_and_take_it_away_again(page: Page, live_server: LiveServer):
    be(page, live_server, "Haruka Mori")
    page.goto(f"{live_server.url}/door/{MINATO}/photos")
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    page.set_input_files("[name=photo]", {"name": "queue.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})
    page.get_by_label("What is to be seen?").fill("The queue at noon")
    page.get_by_role("button", name="Add the photo").tap()
    expect(page.get_by_text("Ask the people in it first").first).to_be_visible()
    page.get_by_label("The people in it were asked").check()
    page.get_by_role("button", name="Add the photo").tap()
    expect(page.get_by_text("The photo is in.")).to_be_visible()
    assert_accessible_day_and_night(page)
    page.get_by_role("button", name="Approve").tap()
    expect(page.get_by_text("Everybody sees it now")).to_be_visible()
    page.goto(f"{live_server.url}/campaigns/{MINATO}/result")
    page.get_by_role("link", name="The queue at noon").scroll_into_view_if_needed()
    shown = page.locator("figure img")
    expect(shown).to_have_js_property("naturalWidth", 640)
    assert shown.evaluate("img => img.currentSrc").endswith("-small.avif")
    assert_accessible_day_and_night(page)
    page.goto(f"{live_server.url}/door/{MINATO}/photos")
    page.get_by_role("button", name="Take away").tap()
    expect(page.get_by_text("its file is deleted")).to_be_visible()
