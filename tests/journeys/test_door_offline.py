"""The door when the network fails: what is noted waits on the phone and is counted once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from campaigns import queries as campaigns
from pledges import queries as pledges
from pledges.rules.codes import spoken
from tests.harness.servers import LiveServer
from tests.journeys.people import assert_accessible_day_and_night
from tests.journeys.test_mob_day import MINATO, codes, open_door
from web.site import build_site

pytestmark = pytest.mark.browser
LOSE_ONE_ANSWER = """() => {
    const whole = window.fetch;
    window.fetch = async (...asked) => { window.fetch = whole; await whole(...asked); throw new TypeError("lost"); };
}"""
WAITING = "Waiting on this phone to be sent:"


def people_in(at: LiveServer) -> int:
    site = build_site(at.settings)
    with site.db.reading() as session:
        held = campaigns.by_slug(session, MINATO)
        people = pledges.door(session, held.id, held.currency).people
    site.db.dispose()
    return people


def party_of(at: LiveServer, code: str) -> int:
    site = build_site(at.settings)
    with site.db.reading() as session:
        held = pledges.pledge_by_code(session, campaigns.by_slug(session, MINATO).id, code)
    site.db.dispose()
    assert held
    return held.party


def keep_the_door(page: Page) -> None:
    """Until the phone holds the door's page and answers for it."""
    expect(page.locator("main[data-kept]")).to_be_attached(timeout=15_000)


def until_all_is_sent(page: Page) -> None:
    page.wait_for_function(f"() => !JSON.parse(localStorage['carrotmob-door:{MINATO}']).waiting.length")


def type_code(page: Page, code: str) -> None:
    page.get_by_label("Code", exact=True).or_(page.get_by_label("Next code by hand")).fill(code)


def note(page: Page, code: str, heading: str) -> None:
    """Type a code where there is no network, and see how the phone itself answers."""
    type_code(page, code)
    page.get_by_role("button", name="Save and next").tap()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def scan_without_a_network(page: Page, at: LiveServer, code: str) -> None:
    """The camera opens the code's link: the kept page answers, and lets one go on."""
    page.goto(f"{at.url}/door/{MINATO}?code={code}")
    expect(page.get_by_role("heading", name=spoken(code))).to_be_visible()
    page.get_by_role("button", name="Let them in").tap()
    expect(page.get_by_role("heading", name="Noted")).to_be_visible()
    expect(page.get_by_text(f"{WAITING} 1")).to_be_visible()
    assert_accessible_day_and_night(page)


def test_what_is_noted_without_a_network_is_counted_once_when_it_is_back(page: Page, live_server: LiveServer):
    waiting, came = codes(live_server)
    before, party = people_in(live_server), party_of(live_server, waiting)
    open_door(page, live_server)
    keep_the_door(page)
    page.context.set_offline(True)
    scan_without_a_network(page, live_server, waiting)
    page.get_by_label("Spent, in JPY (can wait)").fill("1,200")
    page.get_by_role("button", name="Count one without a code").tap()
    expect(page.get_by_text(f"{WAITING} 2")).to_be_visible()
    note(page, waiting.lower(), "Already here")
    assert_accessible_day_and_night(page)
    note(page, "OO0", "Not a code")
    note(page, came, "Noted")
    expect(page.get_by_text(f"{WAITING} 3")).to_be_visible()
    assert people_in(live_server) == before
    page.context.set_offline(False)
    until_all_is_sent(page)
    expect(page.get_by_text(WAITING)).to_be_hidden()
    assert people_in(live_server) == before + party + 1


def test_a_code_that_turns_out_unknown_is_shown_and_counted_without_one(page: Page, live_server: LiveServer):
    before = people_in(live_server)
    open_door(page, live_server)
    keep_the_door(page)
    page.context.set_offline(True)
    type_code(page, "ZZZ ZZ9")
    page.get_by_role("button", name="Let them in").tap()
    expect(page.get_by_role("heading", name="Noted")).to_be_visible()
    page.context.set_offline(False)
    refused = page.get_by_text("Nobody pledged with the code")
    expect(refused).to_be_visible()
    assert_accessible_day_and_night(page)
    page.locator("[data-refused]").get_by_role("button", name="Count one without a code").tap()
    expect(refused).to_be_hidden()
    until_all_is_sent(page)
    assert people_in(live_server) == before + 1


def test_an_answer_that_was_lost_on_the_way_is_not_counted_twice(page: Page, live_server: LiveServer):
    """The server counted a walk-in and its answer never came: the phone notes it and sends it again."""
    before = people_in(live_server)
    open_door(page, live_server)

    page.evaluate(LOSE_ONE_ANSWER)
    page.get_by_role("button", name="Count one without a code").tap()
    expect(page.get_by_role("heading", name="Noted")).to_be_visible()
    until_all_is_sent(page)
    assert people_in(live_server) == before + 1
    page.get_by_label("Spent, in JPY (can wait)").fill("900")
    page.get_by_role("button", name="Count one without a code").tap()
    expect(page.get_by_text("1 person without a code.")).to_be_visible()
    assert people_in(live_server) == before + 2


def test_what_was_noted_can_be_taken_back_before_it_is_sent(page: Page, live_server: LiveServer):
    before = people_in(live_server)
    open_door(page, live_server)
    keep_the_door(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Count one without a code").tap()
    page.get_by_role("button", name="Take it back").tap()
    expect(page.get_by_text("No network.")).to_be_visible()
    expect(page.get_by_text(WAITING)).to_be_hidden()
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/door/{MINATO}")
    assert people_in(live_server) == before
