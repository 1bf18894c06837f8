"""Arrival times on pages and by API: set by organizers, chosen with the pledge, changed later, seen at the door."""

from __future__ import annotations

import re
from typing import Any

import pytest
from icalendar import Calendar

from accounts.rules import Role
from campaigns.values import Slots
from pledges import queries
from tests.factories import share
from tests.stages import add_member
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def pledging(story: Story, cap: int | None = 2, **fields: Any) -> str:
    """Four hours on a day, an hour for each arrival time."""
    story.open(slots=Slots(60, cap), **fields)
    story.bid("bella", share("35"))
    story.wait(days=6)
    story.sign("bella")
    return f"/campaigns/{story.slug}"


def pledge(visitor: Visitor, at: str, **values: str) -> Any:
    return visitor.post(f"{at}/pledges", {"amount": "20.00", "email": "lea@example.org", **values})


def entries(visitor: Visitor, ticket: str) -> list[Any]:
    page, _, token = ticket.partition("?")
    return list(Calendar.from_ical(visitor.get(f"{page}/calendar.ics?{token}").text).walk("VEVENT"))


def test_a_time_is_chosen_with_the_pledge_and_stands_on_ticket_and_calendar(visitor: Visitor, story: Story):
    at = pledging(story)
    assert "When will you come?" in text_of(visitor.get(at))
    assert ">Any time<" in visitor.get(at).text
    ticket = pledge(visitor, at, slot=str(story.slot(60))).headers["location"]
    opens = story.campaign.windows[0].opens_at
    (entry,) = entries(visitor, ticket)
    assert (entry.start - opens).seconds == 3600
    assert (entry.end - entry.start).seconds == 3600
    assert f"{entry.start.astimezone().minute:02}" in text_of(visitor.get(ticket))


def test_a_full_time_cannot_be_chosen_and_a_forced_choice_keeps_what_was_typed(visitor: Visitor, story: Story):
    at = pledging(story, cap=1)
    story.pledge("ada", slot=story.slot(0))
    page = visitor.get(at)
    assert f'<option value="{story.slot(0)}" disabled>' in page.text
    assert "1 place left" in text_of(page)
    answer = pledge(visitor, at, slot=str(story.slot(0)))
    assert answer.status_code == 422
    assert 'href="#slot"' in answer.text
    assert "this time is full" in text_of(answer).lower()
    assert 'value="lea@example.org"' in answer.text


def test_another_time_is_chosen_on_the_ticket_and_the_calendar_entry_is_replaced(visitor: Visitor, story: Story):
    at = pledging(story)
    ticket = pledge(visitor, at, slot=str(story.slot(0))).headers["location"]
    made = ticket.removeprefix("/tickets/").partition("?")[0]
    (before,) = entries(visitor, ticket)
    story.pledged["lea"] = story.do(lambda session, _: queries.pledge(session, made))
    token = story.token("lea")
    page = visitor.get(f"/pledges/{made}?token={token}")
    assert f'<option value="{story.slot(0)}" selected>' in page.text
    form = {"token": token, "amount": "20.00", "party": "2"}
    assert visitor.post(f"/pledges/{made}", {**form, "slot": str(story.slot(60))}).status_code == 303
    (after,) = entries(visitor, ticket)
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    visitor.post(f"/pledges/{made}", form)
    assert entries(visitor, ticket)[0].start == after.start


def test_the_door_shows_the_time_that_was_chosen(visitor: Visitor, story: Story):
    pledging(story)
    made = story.pledge("ada", slot=story.slot(60))
    with story.database.writing() as session:
        add_member(session, story.clock, story.campaign, Role.CREW, "crew@example.org")
    opening = story.campaign.first_opening
    assert opening
    story.move(opening)
    visitor.sign_in("crew@example.org")
    door = f"/door/{story.slug}"
    assert "Chosen time:" in text_of(visitor.get(f"{door}?code={made.code}"))
    welcome = visitor.post(door, {"code": made.code, "do": "check"}).headers["location"]
    assert "Chosen time:" in text_of(visitor.get(welcome))


def test_organizers_set_them_with_the_day_even_while_people_pledge_and_nobody_is_asked_again(
    visitor: Visitor, story: Story
):
    pledging(story)
    visitor.sign_in("owner@example.org")
    day = f"/organize/{story.slug}/day"
    held = form_of(visitor.get(day).text)
    assert (held["slots.minutes"], held["slots.cap"]) == ("60", "2")
    version = story.campaign.terms_version
    wrong = visitor.post(day, held | {"slots.minutes": "7", "slots.cap": "x"})
    assert wrong.status_code == 422
    assert 'href="#slots.cap"' in wrong.text
    without = visitor.post(day, held | {"slots.minutes": ""})
    assert "say how long each arrival time is" in text_of(without).lower()
    assert visitor.post(day, held | {"slots.minutes": "30", "slots.cap": "9"}).status_code == 303
    assert (story.campaign.slots, story.campaign.terms_version) == (Slots(30, 9), version)
    visitor.post(day, held | {"slots.minutes": "", "slots.cap": ""})
    assert story.campaign.slots is None


def form_of(page: str) -> dict[str, str]:
    """The values of a page's form as a browser would send them unchanged."""
    found = dict(re.findall(r'<input class="in"[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page))
    found |= dict(re.findall(r'<input type="hidden" name="(windows[^"]+)" value="([^"]*)"', page))
    return found | dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)"[^>]* checked', page))


def test_the_api_lists_the_times_with_their_room_and_takes_one(visitor: Visitor, story: Story):
    at = pledging(story)
    listed = visitor.get(f"/api/v1{at}/slots").json()["items"]
    assert [(held["slot"], held["people"], held["room"]) for held in listed[:2]] == [
        (str(story.slot(at_)), 0, 2) for at_ in (0, 60)
    ]
    assert visitor.get(f"/api/v1{at}").json()["slots"] == {"minutes": 60, "cap": 2}
    amount = {"amount": "20", "currency": "EUR"}
    body = {"amount": amount, "email": "lea@example.org", "party": 2, "slot": str(story.slot(0))}
    made = visitor.client.post(f"/api/v1{at}/pledges", json=body).json()
    assert made["slot"] == str(story.slot(0))
    assert visitor.get(f"/api/v1{at}/slots").json()["items"][0]["room"] == 0
    full = visitor.client.post(f"/api/v1{at}/pledges", json=body | {"email": "ben@example.org"})
    assert full.json()["errors"] == [{"field": "slot", "message": "This time is full: choose another one"}]
    unknown = visitor.client.post(f"/api/v1{at}/pledges", json=body | {"slot": "yesterday"})
    assert unknown.json()["errors"][0]["field"] == "slot"
