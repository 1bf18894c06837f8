"""What a shop sends by API that the rules of its campaign refuse: each answer names the field, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from businesses import service
from campaigns.values import Question
from tests.factories import make_bidding, share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WAGE = Question("Do you pay the living wage?", "yes")


def body(**changes: Any) -> dict[str, Any]:
    due = "2027-09-30"
    promise = {"kind": "share", "share": "35", "basis": "gross", "purpose": "lamps", "due_on": due, "proof": ["bill"]}
    return {"commitments": [promise | {"checker": "organizer"}], "anyway": "no", **changes}


def place(story: Story, visitor: Visitor, name: str = "bella", **changes: Any) -> Any:
    if name not in story.shops:
        story.claim(name)
    key = service.shop_token(KEYS, story.shops[name])
    headers = {"Authorization": f"Business {key}"}
    return visitor.client.post(f"/api/v1/campaigns/{story.slug}/bids", json=body(**changes), headers=headers)


def fields(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["field"] for error in answer.json()["errors"]]


def test_an_answer_that_is_missing_wrong_or_too_many_names_its_question(story: Story, visitor: Visitor) -> None:
    story.open(bidding=make_bidding(questions=(WAGE,)))
    assert fields(place(story, visitor)) == ["answers.0"]
    assert fields(place(story, visitor, answers=["no"])) == ["answers.0"]
    assert fields(place(story, visitor, answers=[{"answer": "perhaps"}])) == ["answers.0.answer"]
    assert fields(place(story, visitor, answers=[True, True])) == ["answers"]
    placed = place(story, visitor, answers=[{"answer": "yes", "words": "since May"}], venue="Corner 7")
    assert placed.status_code == 201
    shown = visitor.get(f"/api/v1/campaigns/{story.slug}/bids").json()["items"][0]
    assert (shown["answers"], shown["venue"]) == ([{"answer": "yes", "words": "since May"}], "Corner 7")
    raised = place(story, visitor)
    assert (raised.status_code, raised.json()["answers"]) == (200, shown["answers"])


def test_an_unknown_basis_is_refused_by_name(story: Story, visitor: Visitor) -> None:
    story.open()
    promise = body()["commitments"][0] | {"basis": "turnover"}
    assert fields(place(story, visitor, commitments=[promise])) == ["commitments.0.basis"]


def test_a_bid_at_the_closing_instant_is_refused_with_no_worker_running(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("30"))
    closing = story.campaign.bids_close_at
    assert closing
    story.clock.set(closing)
    late = place(story, visitor)
    assert late.status_code == 409
    assert "bidding closed at" in late.json()["detail"]
    assert story.campaign.state == "bidding"
    assert [
        o["share"] for o in visitor.get(f"/api/v1/campaigns/{story.slug}/bids").json()["items"][0]["commitments"]
    ] == ["30"]


def test_a_late_raise_is_answered_with_where_the_closing_has_moved(story: Story, visitor: Visitor) -> None:
    story.open()
    closing = story.campaign.bids_close_at
    assert closing
    story.clock.set(closing - timedelta(minutes=1))
    assert place(story, visitor).status_code == 201
    shown = visitor.get(f"/api/v1/campaigns/{story.slug}").json()
    assert shown["bidding"]["closes_at"] == closing.isoformat().replace("+00:00", "Z")
    moved = (closing + timedelta(minutes=5)).isoformat().replace("+00:00", "Z")
    assert shown["bidding"]["moved_to"] == moved == shown["next_deadline"]["at"]
