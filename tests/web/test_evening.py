"""The auction evening's screen: who leads, the others beside them, what came in, and a clock that late bids move."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from campaigns.values import Mode, Rule
from tests.factories import action, fixed, make_bidding, share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web import screens
from web.pages import evening
from web.watching import Pace


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream ends after its first picture, as it ends after ten minutes elsewhere."""
    monkeypatch.setattr(evening.screens.watching, "pace", Pace(look=0.01, beat=0.05, lifetime=0))


def screen(story: Story, visitor: Visitor) -> str:
    return text_of(visitor.get(f"/campaigns/{story.slug}/bids/live"))


def events(story: Story, visitor: Visitor) -> list[tuple[str, Any]]:
    told = visitor.get(f"/campaigns/{story.slug}/bids/live/stream")
    assert told.headers["content-type"].startswith("text/event-stream")
    return [(kind, json.loads(data)) for kind, data in re.findall(r"event: (\w+)\ndata: (.*)\n", told.text)]


def test_the_lead_is_giant_the_others_stand_below_and_the_latest_is_told(story: Story, visitor: Visitor):
    story.open()
    assert "bids so far 0" in screen(story, visitor)
    story.bid("bella", share("22"), fixed("50"))
    story.bid("spaeti", share("30"))
    assert "In the lead 30% spaeti" in screen(story, visitor)
    story.bid("bella", share("35"), fixed("50"), action())
    told = screen(story, visitor)
    assert "In the lead 35% bella We will give 35% of the takings" in told
    assert "2 promises more." in told
    latest = told.partition("Follow it here")[2]
    assert latest.index("spaeti 30%") < latest.index("bella : We will give 35%") < latest.index("spaeti : We will")
    # Of a raise what is new: the share and the action, not the sum that stood before.
    assert "1 promise more." in latest, (
        "of a raise what is new: the share and the action, not the sum that stood before"
    )


def test_a_withdrawn_bid_leaves_the_screen(story: Story, visitor: Visitor):
    story.open()
    story.bid("bella", share("22"))
    story.bid("spaeti", share("30"))
    story.withdraw_bid("spaeti")
    told = screen(story, visitor)
    assert "In the lead 22% bella" in told
    assert "spaeti" not in told


def test_where_a_jury_or_a_vote_decides_nobody_is_said_to_lead(story: Story, visitor: Visitor):
    story.open(make_bidding(rule=Rule.VOTE))
    story.bid("bella", share("22"))
    told = screen(story, visitor)
    assert "The highest so far 22% bella" in told
    assert "The supporters’ vote decides." in told


def test_bids_that_name_no_share_are_counted_and_named(story: Story, visitor: Visitor):
    story.open()
    story.bid("bella", action())
    told = screen(story, visitor)
    assert "bid so far 1" in told
    assert "bella –" in told


def test_of_sealed_bids_the_number_and_the_clock_are_all_there_is(story: Story, visitor: Visitor):
    story.open(make_bidding(mode=Mode.SEALED))
    story.bid("bella", share("22"))
    story.bid("spaeti", share("30"))
    told = screen(story, visitor)
    assert "sealed bids 2" in told
    assert "Bidding closes on" in told
    for secret in ("bella", "spaeti", "22%", "30%", "We will"):
        assert secret not in told + str(events(story, visitor))


def test_the_clock_runs_down_in_the_last_day_and_a_late_bid_moves_it(story: Story, visitor: Visitor):
    story.open()
    story.bid("bella", share("22"))
    assert "in 5 days" in screen(story, visitor)
    closes = story.campaign.bids_close_at
    assert closes
    story.clock.set(closes - timedelta(minutes=2, seconds=1))
    assert 'data-left="121"' in visitor.get(f"/campaigns/{story.slug}/bids/live").text
    assert "moved it" not in screen(story, visitor)
    story.bid("bella", share("23"))
    told = screen(story, visitor)
    assert "Late bids have moved it by 5 minutes." in told
    assert events(story, visitor)[0][1]["left"] == 420


def test_the_stream_sends_the_screen_in_the_viewers_language_and_renewed_by_every_bid(story: Story, visitor: Visitor):
    story.open()
    story.bid("bella", share("22"))
    ((kind, first),) = events(story, visitor)
    assert kind == "picture"
    assert "In the lead" in first["page"]
    assert first["left"] is None
    visitor.client.headers["accept-language"] = "de"
    story.bid("bella", share("33.5"))
    assert "33,5" in events(story, visitor)[0][1]["page"]


def test_after_the_choice_the_screen_rests_on_the_winner(story: Story, visitor: Visitor):
    story.open()
    story.bid("bella", share("22"))
    story.bid("spaeti", share("30"))
    story.wait(days=6)
    page = visitor.get(f"/campaigns/{story.slug}/bids/live")
    assert "Chosen 30% spaeti" in text_of(page)
    assert "screen.js" not in page.text
    assert [kind for kind, _ in events(story, visitor)] == ["picture", "over"]


def test_without_scripts_it_renews_itself_too_and_it_is_found_from_the_bids(story: Story, visitor: Visitor):
    story.open()
    page = visitor.get(f"/campaigns/{story.slug}/bids/live").text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert f'href="/campaigns/{story.slug}/bids/live"' in visitor.get(f"/campaigns/{story.slug}/bids").text
    visitor.sign_in("owner@example.org")
    assert f'href="/campaigns/{story.slug}/bids/live"' in visitor.get(f"/organize/{story.slug}").text


def test_no_screen_and_no_stream_without_an_auction_or_beyond_the_most(
    story: Story, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
):
    for path in ("unknown/bids/live", "unknown/bids/live/stream"):
        assert visitor.get(f"/campaigns/{path}").status_code == 404
    story.open()
    monkeypatch.setattr(screens, "MOST", 0)
    refused = visitor.get(f"/campaigns/{story.slug}/bids/live/stream")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
