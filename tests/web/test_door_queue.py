"""A phone at the door sends on what it noted without a network: each entry once, each answered by itself."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.rules import Role
from pledges import queries as pledges
from pledges.rules.codes import spoken
from tests.stages import add_member
from tests.web.records import Story
from tests.web.test_day_pages import at_the_door, people_in
from tests.web.visiting import Visitor
from web.recounting import recount

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def send(visitor: Visitor, door: str, *entries: dict[str, Any]) -> list[dict[str, Any]]:
    answer = visitor.post(f"{door}/queue", {"entries": json.dumps(entries)})
    assert answer.status_code == 200, answer.text
    told: list[dict[str, Any]] = answer.json()["entries"]
    return told


def test_a_queue_is_taken_and_sent_again_changes_nothing(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    queue = (
        {"nonce": "a1", "code": story.pledged["ben"].code.lower(), "ago": 1800},
        {"nonce": "a2", "party": "2", "spent": "12.50", "anyway": "no"},
    )
    first = send(visitor, door, *queue)
    assert [(told["nonce"], told["state"]) for told in first] == [("a1", "in"), ("a2", "in")]
    again = send(visitor, door, *queue)
    assert [told["state"] for told in again] == ["already", "in"]
    assert [told["came"] for told in again] == [told["came"] for told in first]
    assert people_in(story) == 5
    with story.database.reading() as session:
        sums = pledges.door(session, story.campaign_id, "EUR")
    assert (str(sums.spent), sums.asked, sums.anyway) == ("12.50", 1, 0)


def test_a_queue_that_two_phones_send_counts_once(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    entry = {"nonce": "copied", "party": "2"}
    send(visitor, door, entry)
    with story.database.writing() as session:
        add_member(session, story.clock, story.campaign, Role.CREW, "other@example.org")
    visitor.sign_in("other@example.org")
    send(visitor, door, entry)
    assert people_in(story) == 2


def test_it_merges_with_what_others_did_meanwhile(story: Story, visitor: Visitor) -> None:
    door, code = at_the_door(story, visitor), story.pledged["ada"].code
    visitor.post(door, {"code": code, "do": "check"})
    (told,) = send(visitor, door, {"nonce": "b1", "code": code, "spent": "8"})
    assert told["state"] == "already"
    assert people_in(story) == 1
    with story.database.reading() as session:
        assert str(pledges.door(session, story.campaign_id, "EUR").spent) == "8.00"


def test_it_stands_at_the_time_it_was_noted_but_not_before_the_door_opened(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    story.wait(hours=2)
    send(visitor, door, {"nonce": "c1", "ago": 3600}, {"nonce": "c2", "ago": 900_000})
    opens = story.campaign.first_opening
    assert opens
    told = [json.loads(line) for line in story.lines()]
    noted = [line["body"]["noted_at"] for line in told if line["kind"] == "PersonCheckedIn"]
    assert [datetime.fromisoformat(at) for at in noted] == [opens + timedelta(hours=1), opens - timedelta(hours=12)]
    assert recount(story.lines()).found == 0


def test_what_is_refused_says_why_and_keeps_nobody_else_out(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    unknown, wrong, fine = send(
        visitor,
        door,
        {"nonce": "d1", "code": "ZZZZZ9"},
        {"nonce": "d2", "spent": "-5"},
        {"nonce": "d3", "code": story.pledged["ada"].code, "party": "lots"},
    )
    assert (unknown["state"], unknown["title"]) == ("refused", "Unknown code")
    assert spoken("ZZZZZ9") in unknown["words"]
    assert wrong["state"] == "in"
    assert wrong["words"].startswith("“-5” was not noted as spent:")
    assert fine["state"] == "refused"
    assert people_in(story) == 1


def test_after_the_final_tally_it_is_too_late_and_said_so(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    story.answer(story.declare("bella", "900"))
    story.finalize()
    visitor.sign_in("crew@example.org")
    (told,) = send(visitor, door, {"nonce": "e1"})
    assert told["state"] == "refused"
    assert "final" in told["words"] or "following" in told["words"]


@pytest.mark.parametrize("sent", ["", "{}", "[1]", '[{"code": "K7M2QX"}]', '[{"nonce": "x", "ago": -1}]', "[" * 5000])
def test_what_no_phone_of_ours_sends_is_refused(story: Story, visitor: Visitor, sent: str) -> None:
    door = at_the_door(story, visitor)
    assert visitor.post(f"{door}/queue", {"entries": sent}).status_code == 422
    assert people_in(story) == 0


def test_a_queue_is_for_the_crew_with_the_token_of_their_page(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    assert visitor.post(f"{door}/queue", {"entries": "[]", "csrf": "stale"}).status_code == 403
    visitor.sign_in("stranger@example.org")
    assert visitor.post(f"{door}/queue", {"entries": "[]"}).status_code == 403


def test_a_form_gone_back_to_and_filled_in_with_another_code_is_another_arrival(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    for _ in range(2):
        for name in ("ada", "ben"):
            visitor.post(door, {"do": "check", "code": story.pledged[name].code, "key": "the-same-page"})
    assert people_in(story) == 4
