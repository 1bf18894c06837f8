"""What a shop sends by API that the rules of its campaign refuse: each answer names the field, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts import service as accounts
from businesses import service
from campaigns.values import Question, Rule
from tests.factories import make_bidding, share
from tests.stages import KEYS
from tests.web.loop import campaign_body
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

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


def test_two_winners_where_the_rule_allows_one_are_refused_by_page_and_api(story: Story, visitor: Visitor) -> None:
    story.open(bidding=make_bidding(rule=Rule.ORGANIZER))
    bids = [story.bid(name, share("30")) for name in ("bella", "kiosk")]
    story.wait(days=5)
    visitor.sign_in("owner@example.org")
    page = visitor.post(f"/organize/{story.slug}/award", {"bids": bids, "reason": "both do a lot"})
    assert page.status_code == 422
    assert "The rule allows 1 winners" in text_of(page)
    assert "both do a lot" in page.text
    with story.database.writing() as session:
        token = accounts.api_token(session, story.clock, "owner@example.org")
    refused = visitor.client.post(
        f"/api/v1/campaigns/{story.slug}/award",
        json={"bids": bids, "reason": "both do a lot"},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert fields(refused) == ["bids"]
    assert not story.campaign.winners


def test_a_vote_waits_for_its_address_and_says_so(story: Story, visitor: Visitor) -> None:
    story.open(bidding=make_bidding(rule=Rule.VOTE))
    bid = story.bid("bella", share("30"))
    address = f"/api/v1/campaigns/{story.slug}/votes"
    voted = visitor.client.post(address, json={"bid": bid, "email": "lea@example.org"})
    assert (voted.status_code, voted.json()["state"]) == (202, "unconfirmed")
    assert fields(visitor.client.post(address, json={"bid": bid, "email": "no address"})) == ["email"]
    page = visitor.post(f"/campaigns/{story.slug}/votes", {"bid": bid, "email": "no address"})
    assert page.status_code == 422
    assert 'value="no address"' in page.text


def test_of_an_invitation_claimed_twice_one_claim_wins_and_the_other_is_told_so(story: Story, visitor: Visitor) -> None:
    story.open()
    _, token = story.do(service.invite, KEYS, story.owner, story.slug, "Bella")
    claim = {"token": token, "name": "Bella", "contact": "till@bella.example"}
    first, second = (visitor.client.post("/api/v1/invitations/claim", json=claim) for _ in range(2))
    assert first.status_code == 201
    assert (second.status_code, "taken up already" in second.json()["detail"]) == (409, True)
    assert "taken up already" in text_of(visitor.post("/invitations/claim", claim))


def test_minutes_and_questions_that_cannot_be_are_named(story: Story, visitor: Visitor) -> None:
    with story.database.writing() as session:
        token = accounts.api_token(session, story.clock, "owner@example.org")
    for wrong, field in (
        ({"extend_by": 61}, "bidding.extend_by"),
        ({"extend_at_most": -1}, "bidding.extend_at_most"),
        ({"questions": [{"text": " "}]}, "bidding.questions.0.text"),
        ({"questions": [{"text": "Why?", "needed": "perhaps"}]}, "bidding.questions.0.needed"),
    ):
        sent = campaign_body(story.clock.instant)
        sent["bidding"] |= wrong
        answer = visitor.client.post("/api/v1/campaigns", json=sent, headers={"Authorization": f"Bearer {token}"})
        assert fields(answer) == [field]
