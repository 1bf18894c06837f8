"""People affected answer on a page of their own; organizers ask or record a meeting; everybody reads what was said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from businesses import queries
from businesses.commitments import Checker
from businesses.consent import Answer, Consent
from tests.factories import action, share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

GROUP = "The neighbours of the yard"
YARD = replace(action("27"), affected_group=GROUP, checker=Checker.AFFECTED)


@pytest.fixture
def asked(story: Story, visitor: Visitor) -> str:
    """An open bid that affects people, and an organizer who has asked their representative; gives the page's path."""
    story.open()
    story.bid("bella", share("35"), YARD)
    story.bid("spaeti", share("20"))
    visitor.sign_in("owner@example.org")
    about = {"bid": bid(story), "commitment": "bella-1", "place": "c0", "do": "ask"}
    answer = visitor.post(page(story), about | {"email": "rosa@example.org", "name": "Rosa Lund"})
    assert answer.headers["location"] == f"{page(story)}?done=ask"
    visitor.client.cookies.clear()
    held = consent(story)
    return f"/consents/{held.id}?token={KEYS.token('consent', held.subject)}"


def bid(story: Story) -> str:
    with story.database.reading() as session:
        return queries.bids_of(session, story.shops["bella"].id)[story.campaign_id].id


def page(story: Story) -> str:
    return f"/organize/{story.slug}/consents"


def consent(story: Story) -> Consent:
    with story.database.reading() as session:
        return queries.consents(session, [story.campaign_id])[bid(story)]["bella-1"]


def token(path: str) -> str:
    return path.partition("token=")[2]


def test_the_link_shows_the_promise_in_its_words_and_opening_it_does_nothing(
    story: Story, visitor: Visitor, asked: str
) -> None:
    seen = visitor.get(asked)
    told = text_of(seen)
    for words in ("stock 15 more certified local producers", GROUP, "We agree", "We do not agree", "Checks"):
        assert words in told
    assert seen.headers["cache-control"] == "no-store"
    assert consent(story).state == Answer.ASKED
    assert visitor.get(asked.replace("token=", "token=x")).status_code == 404


def test_an_answer_is_read_by_everybody_without_the_persons_name(story: Story, visitor: Visitor, asked: str) -> None:
    path = asked.partition("?")[0]
    said = {"token": token(asked), "answer": "agree", "comment": "With a fence.", "seat": "yes"}
    assert visitor.post(path, said).headers["location"] == asked
    assert consent(story).seated
    assert "agreed on" in text_of(visitor.get(asked))
    bids = text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert f"{GROUP}: agreed on" in bids
    assert "With a fence." in bids
    assert "Rosa" not in bids
    withdrawn = visitor.post(path, {"token": token(asked), "answer": "withdraw", "show_name": "yes"})
    assert withdrawn.status_code == 303
    bids = text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert "took their consent back on" in bids
    assert "Rosa Lund" in bids


def test_what_was_typed_stays_when_an_answer_is_refused(story: Story, visitor: Visitor, asked: str) -> None:
    path = asked.partition("?")[0]
    refused = visitor.post(path, {"token": token(asked), "answer": "", "comment": "With a fence."})
    assert refused.status_code == 422
    assert "With a fence.</textarea>" in refused.text
    assert visitor.post(path, {"token": "wrong", "answer": "agree"}).status_code == 404


def test_a_refusal_is_a_step_of_the_ranking_and_stands_beside_the_bid(
    story: Story, visitor: Visitor, asked: str
) -> None:
    visitor.post(asked.partition("?")[0], {"token": token(asked), "answer": "refuse"})
    story.wait(days=6)
    bids = text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert bids.count("bella falls out: people whom it affects do not agree.") == 2
    assert "spaeti promised the most." in bids
    record = text_of(visitor.get(f"/campaigns/{story.slug}/record"))
    assert f"{GROUP} do not agree to a promise of bella: the bid falls out." in record


def test_the_organizer_is_led_to_ask_and_told_what_the_choice_waits_for(
    story: Story, visitor: Visitor, asked: str
) -> None:
    story.wait(days=6)
    visitor.sign_in("owner@example.org")
    desk = visitor.get(f"/organize/{story.slug}")
    assert "People whom a promise affects are asked." in text_of(desk)
    assert f'href="{page(story)}"' in desk.text
    public = text_of(visitor.get(f"/campaigns/{story.slug}"))
    assert "The choice waits for people whom a promise affects." in public


def test_a_meetings_answer_is_recorded_with_its_day_and_marked_so(story: Story, visitor: Visitor, asked: str) -> None:
    visitor.sign_in("owner@example.org")
    about = {"bid": bid(story), "commitment": "bella-1", "place": "c0", "do": "record"}
    wrong = visitor.post(page(story), about | {"answer": "", "on": "", "note": "31 of 34 raised their hands."})
    assert wrong.status_code == 422
    assert 'href="#c0-record-on"' in wrong.text
    assert "31 of 34 raised their hands.</textarea>" in wrong.text
    ahead = visitor.post(page(story), about | {"answer": "agree", "on": "2031-01-01", "note": "They met."})
    assert 'href="#c0-record-on"' in ahead.text
    told = {"answer": "agree", "on": "2027-02-27", "note": "31 of 34 raised their hands."}
    assert visitor.post(page(story), about | told).headers["location"] == f"{page(story)}?done=record"
    bids = text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert "recorded by the organizers from a meeting on 27 February 2027" in bids
    assert "31 of 34" in bids
    assert visitor.get(asked).status_code == 404


def test_an_address_that_is_none_is_named_and_only_organizers_see_the_page(
    story: Story, visitor: Visitor, asked: str
) -> None:
    assert visitor.get(page(story), follow_redirects=False).status_code == 303
    visitor.sign_in("juror-0@example.org")
    assert visitor.get(page(story)).status_code == 403
    visitor.sign_in("owner@example.org")
    about = {"bid": bid(story), "commitment": "bella-1", "place": "c0", "do": "ask", "email": "rosa"}
    wrong = visitor.post(page(story), about)
    assert 'href="#c0-ask-email"' in wrong.text
    assert re.search(r'value="rosa"', wrong.text)


def test_the_promise_after_the_day_shows_what_they_said(story: Story, visitor: Visitor, asked: str) -> None:
    said = {"token": token(asked), "answer": "agree", "seat": "yes"}
    visitor.post(asked.partition("?")[0], said)
    story.wait(days=6)
    story.sign("bella")
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    story.answer(story.declare("bella", "900"))
    story.finalize()
    (promise,) = story.promises("action")
    shown = text_of(visitor.get(f"/promises/{promise.id}"))
    assert f"{GROUP}: agreed on" in shown
    visitor.sign_in("rosa@example.org")
    assert visitor.get(f"/promises/{promise.id}/verdict").status_code == 200
    visitor.sign_in("owner@example.org")
    assert visitor.get(f"/promises/{promise.id}/verdict").status_code == 403
