"""Changes of an agreement on its page: what differs, why, and the two sides' buttons."""

from __future__ import annotations

from typing import Any

import pytest

from businesses import queries, service
from businesses.service.choosing import Side
from businesses.values import Agreement
from tests.factories import action, share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.trips import changing

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def proposed(story: Story) -> str:
    """The shop wants to give 30 percent in place of 40; gives the page's address."""
    story.open()
    bid = story.bid("bella", share("40"), action("27"))
    story.wait(days=6)
    story.sign("bella")
    side = Side(business=story.shops["bella"])
    fewer = (share("30"), action("27"))
    story.do(changing.propose, story.slug, bid, side, fewer, reason="The pump costs more.", name="Petra")
    return f"/campaigns/{story.slug}/agreement"


def in_force(story: Story) -> Agreement:
    with story.database.reading() as session:
        held = queries.agreement(session, story.campaign.winners[0].bid)
    assert held
    return held


def answer(story: Story, visitor: Visitor, **typed: str) -> Any:
    held = {"bid": story.campaign.winners[0].bid, "number": "2", "side": "organizer", "do": "accept"}
    return visitor.post(f"/campaigns/{story.slug}/agreement/changes", held | typed)


def test_everybody_sees_what_would_differ_and_why_and_only_the_sides_get_buttons(
    story: Story, visitor: Visitor
) -> None:
    page = visitor.get(proposed(story))
    said = text_of(page)
    assert "The business proposes it: “The pump costs more.”" in said
    assert "We will give 40%" in said.partition("Before")[2]
    assert "We will give 30%" in said.partition("After")[2]
    assert "Supporters get less." in said
    assert "Waits for the other side" in said
    assert "Accept this version" not in page.text
    visitor.sign_in("owner@example.org")
    assert "Accept this version" in visitor.get(f"/campaigns/{story.slug}/agreement").text


def test_the_other_side_accepts_in_its_own_name_and_it_is_in_force(story: Story, visitor: Visitor) -> None:
    page = proposed(story)
    visitor.sign_in("owner@example.org")
    nameless = answer(story, visitor, name=" ")
    assert nameless.status_code == 422
    assert 'href="#change-organizer-name"' in nameless.text
    assert answer(story, visitor, name="Olga").headers["location"].endswith("#version-2")
    assert in_force(story).number == 2
    said = text_of(visitor.get(page))
    assert "Accepted by both." in said
    assert answer(story, visitor, name="Olga").status_code == 409


def test_a_version_that_is_not_accepted_leaves_the_one_before_in_force(story: Story, visitor: Visitor) -> None:
    page = proposed(story)
    before = in_force(story)
    visitor.sign_in("owner@example.org")
    answer(story, visitor, do="decline")
    assert in_force(story) == before
    assert "Not accepted: the version before it stands." in text_of(visitor.get(page))


def test_whoever_proposed_takes_it_back_and_strangers_answer_nothing(story: Story, visitor: Visitor) -> None:
    page = proposed(story)
    assert answer(story, visitor, name="Eve").status_code == 401
    visitor.sign_in("stranger@example.org")
    assert answer(story, visitor, name="Eve").status_code == 403
    visitor.client.cookies.clear()
    visitor.hold_key(service.shop_token(KEYS, story.shops["bella"]))
    assert "Take the proposal back" in visitor.get(page).text
    answer(story, visitor, side="business", do="decline")
    assert "Taken back: the version before it stands." in text_of(visitor.get(page))
    assert in_force(story).number == 1
