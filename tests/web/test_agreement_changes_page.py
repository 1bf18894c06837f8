"""Changes of an agreement on its page: what differs, why, and the two sides' buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from businesses import queries, service
from businesses.service.choosing import Side
from businesses.values import Agreement
from campaigns import service as campaigns
from tests.factories import action, share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of, values_of
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


def form_of(story: Story, visitor: Visitor, side: str = "organizer") -> tuple[str, dict[str, str]]:
    """The form by which a side proposes a change: its address and all that it holds."""
    story.open()
    bid = story.bid("bella", share("40"), action("27"))
    story.wait(days=6)
    story.sign("bella")
    visitor.sign_in("owner@example.org")
    address = f"/campaigns/{story.slug}/agreement/change"
    page = visitor.get(f"{address}?bid={bid}&side={side}")
    assert page.status_code == 200
    return address, values_of(page)


def test_a_side_proposes_a_change_with_the_promises_in_a_form(story: Story, visitor: Visitor) -> None:
    address, typed = form_of(story, visitor)
    assert typed["commitments.0.share"] == "40"
    typed |= {"commitments.0.share": "30", "reason": "The pump costs more.", "name": "Olga"}
    look = visitor.post(address, typed | {"do": "review"})
    said = text_of(look)
    assert "We will give 40%" in said.partition("Before")[2]
    assert "We will give 30%" in said.partition("After")[2]
    assert "Supporters get less." in said
    assert in_force(story).number == 1
    sent = visitor.post(address, typed | {"do": "propose"})
    assert sent.headers["location"].endswith("#version-2")
    page = text_of(visitor.get(f"/campaigns/{story.slug}/agreement"))
    assert "The organizers propose it: “The pump costs more.”" in page
    assert "Take the proposal back" in page
    assert "Propose a change" not in page, "one at a time"
    assert visitor.post(address, typed | {"do": "propose"}).status_code == 409


def test_a_promise_of_the_agreement_can_be_taken_out_by_a_change(story: Story, visitor: Visitor) -> None:
    address, typed = form_of(story, visitor)
    without = values_of(visitor.post(address, typed | {"do": "remove:1"}))
    assert "commitments.1.kind" not in without
    said = text_of(visitor.post(address, without | {"do": "review", "reason": "No room.", "name": "Olga"}))
    assert "After nothing Supporters get less." in said


def test_a_change_that_is_none_or_lacks_its_reason_comes_back_with_what_was_typed(
    story: Story, visitor: Visitor
) -> None:
    address, typed = form_of(story, visitor)
    same = visitor.post(address, typed | {"do": "review", "reason": "Why not?", "name": "Olga"})
    assert same.status_code == 422
    assert "Nothing differs from the agreement in force" in text_of(same)
    silent = visitor.post(address, typed | {"do": "propose", "commitments.0.share": "45", "reason": " "})
    assert silent.status_code == 422
    assert 'href="#reason"' in silent.text
    assert values_of(silent)["commitments.0.share"] == "45"


def test_nobody_proposes_a_change_for_a_side_that_is_not_theirs(story: Story, visitor: Visitor) -> None:
    address, typed = form_of(story, visitor)
    as_shop = visitor.post(address, typed | {"side": "business", "do": "propose", "reason": "x", "name": "x"})
    assert as_shop.status_code == 401
    visitor.sign_in("stranger@example.org")
    assert visitor.post(address, typed | {"do": "propose", "reason": "x", "name": "x"}).status_code == 403


def test_an_agreement_says_that_its_day_was_moved_since(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("40"))
    story.wait(days=6)
    story.sign("bella")
    page = f"/campaigns/{story.slug}/agreement"
    assert "The day was moved" not in text_of(visitor.get(page))
    day = story.campaign.windows[0]
    later = (replace(day, opens_at=day.opens_at + timedelta(days=1), closes_at=day.closes_at + timedelta(days=1)),)
    story.do(campaigns.postpone, story.owner, story.slug, later, "Storm over the square")
    said = text_of(visitor.get(page))
    assert "The day was moved after this was accepted. It is now:" in said
    assert "all this holds for the new day" in said


def test_what_would_differ_names_also_what_makes_a_promise_precise(story: Story, visitor: Visitor) -> None:
    address, typed = form_of(story, visitor)
    typed |= {"commitments.1.proof": "a list on the wall", "reason": "Easier to see.", "name": "Olga"}
    said = text_of(visitor.post(address, typed | {"do": "review"}))
    assert "Proof: a list on the wall" in said.partition("After")[2]
