"""A new version of an agreement: the other side is asked, whoever proposed hears the answer, supporters are too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from businesses import queries
from businesses.commitments import Share
from businesses.service.choosing import Side
from tests.notifications.walk import Walk
from web.trips import changing

OWNER, BELLA, LEA = "owner@example.org", "bella@shop.example", "lea@example.org"
TITLE = "A Saturday for the Corner Café"


def pledged(walk: Walk) -> str:
    """Bella's bid has won and is signed, and Lea has pledged; gives the bid."""
    walk.open()
    walk.claim("Bella")
    walk.bid("Bella", "30")
    walk.move(walk.clock.instant + timedelta(days=5))
    walk.sign("Bella")
    walk.pledge(LEA)
    return walk.campaign.winners[0].bid


def propose(walk: Walk, bid: str, percent: str) -> None:
    side = Side(business=walk.shops["Bella"])
    with walk.database.reading() as session:
        (held,) = queries.bid(session, bid).promised
    assert isinstance(held, Share)
    new = (replace(held, share=Decimal(percent)),)
    walk.do(changing.propose, walk.campaign.slug, bid, side, new, reason="Prices rose.", name="Petra")


def answer(walk: Walk, bid: str, name: str | None) -> None:
    walk.do(changing.answer, walk.campaign.slug, bid, 2, Side(person=walk.owner), name)


def test_the_other_side_is_asked_and_reminded_and_the_proposer_hears_the_answer(walk: Walk):
    bid = pledged(walk)
    propose(walk, bid, "35")
    asked = walk.mail(OWNER)[-1]
    assert asked.subject == f"A new version of the agreement waits for you: {TITLE}"
    assert "Prices rose." in asked.text
    answer(walk, bid, None)
    walk.move(walk.clock.instant + timedelta(days=13))
    assert walk.subjects(OWNER).count(asked.subject) == 1
    assert walk.subjects(BELLA)[-1] == f"Version 2 of the agreement was not accepted: {TITLE}"


def test_supporters_are_asked_again_where_they_get_less(walk: Walk):
    bid = pledged(walk)
    propose(walk, bid, "20")
    answer(walk, bid, "Lea")
    assert walk.subjects(BELLA)[-1] == f"Version 2 of the agreement is in force: {TITLE}"
    again = walk.mail(LEA)[-1]
    assert again.subject == f"Do you still agree? {TITLE}"
    assert "What the business promises" in again.text
