"""From the shared link to the ticket, as a browser without scripts does it."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from businesses.tables import AskRow
from campaigns import service as campaigns
from campaigns.values import Goal, GoalKind
from tests.factories import action, eur, head_go_ahead, share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.qr import qr

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def pledging(story: Story, **fields: Any) -> str:
    story.open(**{"goal": Goal(GoalKind.TAKINGS, Decimal(5000)), **fields})
    story.bid("bella", action("27"), share("35"))
    story.wait(days=6)
    story.sign("bella")
    return f"/campaigns/{story.slug}"


def pledge(visitor: Visitor, at: str, **values: str) -> str:
    answer = visitor.post(f"{at}/pledges", values)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.headers["location"])


def pledge_id(ticket: str) -> str:
    return ticket.removeprefix("/tickets/").partition("?")[0]


def test_the_page_says_the_bargain_and_takes_a_pledge_in_one_form(visitor: Visitor, story: Story):
    at = pledging(story, go_ahead=head_go_ahead("2"))
    read = text_of(visitor.get(at))
    assert "bella will stock 15 more certified local producers if we spend €5,000" in read
    assert "2 more people by" in read
    assert "No money is taken now." in read
    ticket = text_of(visitor.get(pledge(visitor, at, amount="20.00", email="lea@example.org")))
    assert "You are in." in ticket
    assert "Open the mail we sent to lea@example.org" in ticket


def test_an_amount_is_typed_as_people_write_it(visitor: Visitor, story: Story):
    at = pledging(story)
    visitor.client.headers["accept-language"] = "de"
    ticket = pledge(visitor, at, amount="other", other="1.234,50", email="lea@example.org")
    assert "1.234,50" in text_of(visitor.get(ticket))


def test_what_was_typed_stays_when_something_is_wrong(visitor: Visitor, story: Story):
    at = pledging(story)
    refused = visitor.post(f"{at}/pledges", {"amount": "other", "other": "12.345", "email": "lea.example.org"})
    assert refused.status_code == 422
    assert 'value="12.345"' in refused.text
    assert "decimals" in text_of(refused)
    refused = visitor.post(f"{at}/pledges", {"amount": "20.00", "email": "lea.example.org"})
    assert 'value="lea.example.org"' in refused.text
    assert 'href="#email"' in refused.text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "lea@example.org"}, "amount"),
        ({"amount": "other"}, "other"),
        ({"amount": "20.00", "other": "50"}, "other"),
        ({"amount": "other", "other": "-5"}, "other"),
        ({"amount": "0"}, "amount"),
    ],
)
def test_each_wrong_amount_is_named(visitor: Visitor, story: Story, values: dict[str, str], field: str):
    refused = visitor.post(f"{pledging(story)}/pledges", values)
    assert refused.status_code == 422
    assert f'href="#{field}"' in refused.text


def test_the_same_form_sent_twice_is_one_pledge(visitor: Visitor, story: Story):
    at = pledging(story)
    once = {pledge(visitor, at, amount="20.00", email="lea@example.org") for _ in range(2)}
    keyed = {pledge(visitor, at, amount="20.00", key="a-key-of-the-browser") for _ in range(2)}
    assert (len(once), len(keyed)) == (1, 1)


def test_without_an_address_there_is_a_code_and_the_truth_about_it(visitor: Visitor, story: Story):
    ticket = text_of(visitor.get(pledge(visitor, pledging(story), amount="10.00")))
    assert "Without an address your pledge counts when you come." in ticket


def test_opening_the_mails_link_confirms_nothing_and_the_button_does(visitor: Visitor, story: Story):
    at = pledging(story)
    id_ = pledge_id(pledge(visitor, at, amount="20.00", email="lea@example.org"))
    token = KEYS.token("pledge", id_)
    page = visitor.get(f"/pledges/{id_}/confirm?token={token}")
    assert "Confirm my pledge" in text_of(page)
    assert "0 people plan" in text_of(visitor.get(at))
    done = visitor.post(f"/pledges/{id_}/confirm", {"token": token})
    assert "Your pledge counts." in text_of(visitor.get(done.headers["location"]))
    assert "1 person plans to spend €20" in text_of(visitor.get(at))
    assert "Your pledge counts." in text_of(visitor.get(f"/pledges/{id_}/confirm?token={token}"))


def test_a_ticket_is_for_its_holder_only(visitor: Visitor, story: Story):
    ticket = pledge(visitor, pledging(story), amount="20.00", email="lea@example.org")
    assert visitor.get(ticket + "x").status_code == 403
    assert visitor.get(ticket.partition("?")[0], follow_redirects=False).headers["location"].startswith("/sign-in")
    assert visitor.get(ticket).headers["cache-control"] == "no-store"


def test_the_ticket_alone_does_not_let_one_change_the_pledge(visitor: Visitor, story: Story):
    ticket = pledge(visitor, pledging(story), amount="20.00", email="lea@example.org")
    assert visitor.get(ticket.replace("tickets", "pledges")).status_code == 403
    id_, token = pledge_id(ticket), ticket.partition("token=")[2]
    assert visitor.post(f"/pledges/{id_}/withdraw", {"token": token}).status_code == 403


def test_a_pledge_can_be_changed_and_taken_back(visitor: Visitor, story: Story):
    id_ = pledge_id(pledge(visitor, pledging(story), amount="20.00", email="lea@example.org"))
    token = KEYS.token("pledge", id_)
    assert 'value="20.00" checked' in " ".join(visitor.get(f"/pledges/{id_}?token={token}").text.split())
    refused = visitor.post(f"/pledges/{id_}", {"token": token, "amount": "35.00", "party": "none"})
    assert refused.status_code == 422
    changed = visitor.post(f"/pledges/{id_}", {"token": token, "amount": "35.00", "party": "3"})
    assert "The 3 of you plan to spend €35" in text_of(visitor.get(changed.headers["location"]))
    gone = visitor.post(f"/pledges/{id_}/withdraw", {"token": token})
    assert "You have taken your pledge back." in text_of(visitor.get(gone.headers["location"]))


def test_a_signed_in_person_needs_no_token(visitor: Visitor, story: Story):
    pledging(story)
    held = story.pledge("ada", "12.50")
    visitor.sign_in("ada@example.org")
    assert "You are in." in text_of(visitor.get(f"/tickets/{held.id}"))
    assert visitor.post(f"/pledges/{held.id}", {"amount": "10.00", "party": "1"}).status_code == 303
    assert f"/tickets/{held.id}" in visitor.get("/me").text


def test_the_calendar_file_holds_the_day(visitor: Visitor, story: Story):
    ticket = pledge(visitor, pledging(story), amount="20.00")
    file = visitor.get(ticket.replace("?", "/calendar.ics?"))
    opens = story.campaign.first_opening
    assert opens
    assert file.headers["content-type"].startswith("text/calendar")
    assert f"DTSTART:{opens:%Y%m%dT%H%M%SZ}" in file.text


def test_the_qr_code_opens_the_door_page_with_the_code(visitor: Visitor, story: Story):
    at = pledging(story)
    ticket = visitor.get(pledge(visitor, at, amount="20.00")).text
    code = unescape(ticket).partition('class="code">')[2][:7].replace(" ", "")
    drawn = str(qr(f"http://testserver/door/{story.slug}?code={code}", "x")).partition("<path")[2]
    assert drawn in ticket


def test_a_late_pledge_is_refused_with_the_date(visitor: Visitor, story: Story):
    at = pledging(story)
    closing = story.campaign.last_closing
    assert closing
    story.clock.set(closing + timedelta(seconds=1))
    refused = visitor.post(f"{at}/pledges", {"amount": "20.00", "email": "lea@example.org"})
    assert refused.status_code == 409
    assert "Pledging closed on" in text_of(refused)


def test_changed_terms_ask_again(visitor: Visitor, story: Story):
    pledging(story)
    held = story.pledge("ada", "12.50")
    story.do(campaigns.edit, story.owner, story.slug, {"goal": Goal(GoalKind.TAKINGS, Decimal(6000))})
    address = f"/pledges/{held.id}/confirm?token={story.token('ada')}"
    assert "Do you still agree?" in text_of(visitor.get(address))
    visitor.post(f"/pledges/{held.id}/confirm", {"token": story.token("ada")})
    assert "Your pledge counts." in text_of(visitor.get(address))


def test_an_ask_comes_before_the_award_and_is_counted_once_its_address_is_confirmed(visitor: Visitor, story: Story):
    story.open()
    at = f"/campaigns/{story.slug}"
    for _ in range(2):
        answer = visitor.post(f"{at}/asks", {"amount": "20.00", "email": "lea@example.org", "wish": "lids on fridges"})
        assert answer.headers["location"].startswith(at)
    assert "on its way to you" in text_of(visitor.get(answer.headers["location"]))
    assert "asks for this" not in text_of(visitor.get(at))
    with story.database.reading() as session:
        (asked,) = session.scalars(select(AskRow.id))
    address = f"/asks/{asked}/confirm"
    assert "and you are counted" in text_of(visitor.get(address))
    assert visitor.post(address, {"token": "wrong"}).status_code == 404
    done = visitor.post(address, {"token": KEYS.token("ask", asked)})
    assert done.headers["location"] == f"{at}?asked=counted#main"
    visitor.post(f"{at}/asks", {"amount": "5.00"})
    text = text_of(visitor.get(at))
    assert "1 person asks for this and would spend about €20." in text
    assert "Counted apart, without an address: 1 person, about €5." in text
    assert "lids on fridges" not in text
    assert visitor.post(f"{at}/asks", {"amount": "other", "other": "x"}).status_code == 422


def test_a_cancelled_campaign_says_why_and_takes_nothing(visitor: Visitor, story: Story):
    at = pledging(story)
    ticket = pledge(visitor, at, amount="20.00")
    story.do(campaigns.cancel, story.owner, story.slug, "The oven broke.")
    read = visitor.get(at)
    assert "Cancelled. The reason: The oven broke." in text_of(read)
    assert "<form" not in read.text.partition("<main")[2].partition("</main")[0]
    assert "The oven broke." in text_of(visitor.get(ticket))


def test_the_day_itself_shows_three_figures_that_are_renewed(visitor: Visitor, story: Story):
    at = pledging(story)
    story.pledge("ada", "12.50")
    opening = story.campaign.first_opening
    assert opening
    story.move(opening)
    story.arrive("ada", spent=eur("14.20"))
    read = text_of(visitor.get(at))
    assert "€12.50" in read
    assert "€14.20" in read
    assert 'data-state="mobbing"' in visitor.get(f"{at}/live").text


def test_after_the_day_the_result_leads(visitor: Visitor, story: Story):
    at = pledging(story)
    story.pledge("ada", "12.50")
    opening, closing = story.campaign.first_opening, story.campaign.last_closing
    assert opening
    assert closing
    story.move(closing)
    story.answer(story.declare("bella", "2000.84"))
    story.finalize()
    page = visitor.get(at)
    assert "You spent €2,000.84. bella now owes €700.29." in text_of(page)
    assert f"{at}/result" in page.text
    assert f"{at}/follow" in page.text


def test_a_draft_is_for_its_team_only(visitor: Visitor, story: Story):
    visitor.sign_in("owner@example.org")
    made = visitor.post("/campaigns/new", {"title": "A quiet plan", "place": "Berlin"})
    slug = made.headers["location"].split("/")[2]
    assert "A draft." in text_of(visitor.get(f"/campaigns/{slug}"))
    visitor.client.cookies.clear()
    assert visitor.get(f"/campaigns/{slug}").status_code == 404


def test_a_public_page_is_the_same_for_everybody(visitor: Visitor, story: Story):
    at = pledging(story)
    anonymous = visitor.get(at).text
    visitor.sign_in("owner@example.org")
    assert visitor.get(at).text == anonymous
    assert "csrf" not in anonymous


def test_one_click_unsubscribes_without_cookie_or_redirect(visitor: Visitor):
    person = visitor.sign_in("lea@example.org")
    visitor.client.cookies.clear()
    query = {"who": person.id, "list": "all", "token": KEYS.token("unsubscribe", f"{person.id}:all")}
    assert "Stop these mails?" in text_of(visitor.get("/unsubscribe", params=query))
    done = visitor.client.post(
        "/unsubscribe", params=query, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False
    )
    assert done.status_code == 200
    assert "These mails have stopped" in text_of(done)
    assert visitor.get("/unsubscribe", params={**query, "token": "x"}).status_code == 404


def test_the_page_of_a_shared_link_keeps_within_its_budget(visitor: Visitor, story: Story):
    """WEB.md: HTML 12 kB, JS 5 kB, all compressed; style has its own test."""
    at = pledging(story)
    for address in (at, pledge(visitor, at, amount="20.00")):
        page = visitor.get(address).text
        scripts = [visitor.get(source).content for source in re.findall(r'<script[^>]+src="([^"]+)"', page)]
        assert len(gzip.compress(page.encode())) <= 12_000
        assert sum(len(gzip.compress(script)) for script in scripts) <= 5_000
