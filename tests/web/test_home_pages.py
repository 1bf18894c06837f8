"""The start page and the list of campaigns."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from campaigns.values import State
from core import record
from pledges import jobs
from tests.factories import action, head_go_ahead, share
from tests.stages import make_campaign
from tests.web.records import Story
from tests.web.stories import whole_loop
from tests.web.visiting import Visitor, text_of
from web.pages import home

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def campaigns(story: Story, count: int, **fields: Any) -> None:
    with story.database.writing() as session:
        for n in range(count):
            story.clock.advance(seconds=1)
            make_campaign(session, story.clock, State.BIDDING, title=f"Campaign {n}", award=None, **fields)


@sqlite
def test_an_empty_platform_says_what_can_be_done(visitor: Visitor):
    read = text_of(visitor.get("/"))
    assert "No campaign is open at the moment." in read
    assert "Silence will count as unknown, never as kept." in read
    assert "There is no campaign yet." in text_of(visitor.get("/campaigns"))


@sqlite
def test_a_card_says_how_many_plan_to_come(visitor: Visitor, story: Story):
    story.open(go_ahead=head_go_ahead("3"))
    story.bid("bella", action("27"), share("35"))
    story.wait(days=6)
    story.sign("bella")
    story.pledge("ada", "12.50")
    record.publish(story.database)
    jobs.roll_up_changed(story.database)
    read = text_of(visitor.get("/"))
    assert "1 person plans to come. 2 more make it happen." in read
    assert "bella will stock 15 more certified local producers" in read


@sqlite
def test_what_became_of_the_promises_counts_every_promise(visitor: Visitor, story: Story):
    whole_loop(story)
    home.became.seconds = 0
    read = text_of(visitor.get("/"))
    assert "What became of the promises" in read
    assert "fallen due" in read or "kept" in read


@sqlite
def test_a_search_by_town_and_stage_finds_what_is_there_and_says_when_nothing_is(visitor: Visitor, story: Story):
    campaigns(story, 1, place="Berlin-Kreuzberg")
    assert "Campaign 0" in text_of(visitor.get("/campaigns?near=kreuzberg&stage=bidding"))
    assert "Nothing like this yet." in text_of(visitor.get("/campaigns?near=Hamburg"))
    assert "Nothing like this yet." in text_of(visitor.get("/campaigns?stage=watched"))
    assert 'value="Hamburg"' in visitor.get("/campaigns?near=Hamburg").text


@sqlite
def test_a_long_list_has_a_next_page_that_keeps_the_search(visitor: Visitor, story: Story):
    campaigns(story, 14)
    first = visitor.get("/campaigns?near=Berlin").text
    assert first.count('class="bill"') == 12
    address = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "near=Berlin" in address
    assert visitor.get(address).text.count('class="bill"') == 2


@sqlite
def test_a_list_takes_the_same_number_of_queries_whatever_its_length(visitor: Visitor, story: Story):
    asked: list[str] = []
    event.listen(visitor.site.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    lengths = []
    for more in (1, 8):
        campaigns(story, more)
        asked.clear()
        visitor.get("/campaigns")
        lengths.append(len(asked))
    assert lengths[0] == lengths[1]


def test_characters_that_no_database_carries_find_nothing(visitor: Visitor):
    for address in ("/campaigns?near=%00", "/campaigns?q=%00%0A"):
        assert visitor.get(address).status_code == 200
    for address in ("/campaigns/%00", "/tickets/%00?token=x", "/archive/%00", "/campaigns/%00/record"):
        assert visitor.get(address).status_code == 404
