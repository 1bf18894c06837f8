"""Every wait is told to whoever can end it: when it begins, and two days before its term ends (DESIGN.md, waits)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.rules import Role
from businesses import service as businesses
from businesses.service.choosing import Side
from campaigns import service as campaigns
from campaigns.values import Criterion, GoAhead, GoAheadKind, NamedBusiness, Rule, State, TieBreak
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.values import TillFigures
from tests.factories import eur, make_bidding
from tests.notifications.walk import Walk
from tests.stages import KEYS, add_member
from web.trips import choosing

OWNER, BELLA, SPAETI, MONITOR, JUROR = (
    "owner@example.org", "bella@shop.example", "spaeti@shop.example", "monitor@example.org", "juror@example.org",
)  # fmt: skip
TITLE = "A Saturday for the Corner Café"


def closed(walk: Walk, *percents: str, **rules: Any) -> None:
    """Bidding has closed on these bids, by these rules."""
    walk.open(bidding=make_bidding(closes_at=walk.clock.instant + timedelta(days=5), **rules))
    for name, percent in zip(("Bella", "Spaeti"), percents, strict=False):
        walk.claim(name)
        walk.bid(name, percent)
        walk.clock.advance(hours=1)
    walk.move(walk.clock.instant + timedelta(days=5))


def days(walk: Walk, count: int) -> None:
    walk.move(walk.clock.instant + timedelta(days=count))


def told(walk: Walk, to: str, since: int = 0) -> list[str]:
    """The subjects of what came to an address, without the campaign's title."""
    return [subject.replace(f": {TITLE}", "") for subject in walk.subjects(to)[since:]]


def test_nobody_has_bid_is_told_at_closing_and_again_before_it_closes_by_itself(walk: Walk):
    closed(walk)
    (first,) = walk.mail(OWNER)
    assert first.subject == f"Nobody has bid: {TITLE}"
    assert "extend bidding once, name one business, or cancel" in first.text
    assert f"/organize/{walk.campaign.slug}" in first.text
    days(walk, 12)
    assert told(walk, OWNER) == ["Nobody has bid", "Reminder: Nobody has bid"]
    days(walk, 2)
    assert told(walk, OWNER, 2) == ["Cancelled"]


def test_whoever_has_extended_is_not_reminded_and_cannot_extend_again(walk: Walk):
    closed(walk)
    again = walk.clock.instant + timedelta(days=5)
    walk.do(campaigns.extend_bidding, walk.owner, walk.campaign.slug, again)
    walk.move(again)
    assert told(walk, OWNER) == ["Nobody has bid"] * 2
    assert "extend" not in walk.mail(OWNER)[-1].text
    days(walk, 10)
    assert told(walk, OWNER) == ["Nobody has bid"] * 2


def test_a_named_business_that_makes_no_promise_is_told_to_those_who_named_it(walk: Walk):
    closed(walk)
    walk.do(campaigns.name_business, walk.owner, walk.campaign.slug, NamedBusiness("Rosa"))
    days(walk, 12)
    assert told(walk, OWNER, 1) == ["Reminder: Rosa has not made its promise yet"]
    assert "name another business" in walk.mail(OWNER)[-1].text


def test_one_bid_needs_no_choice_and_it_is_said_so(walk: Walk):
    closed(walk, "22", rule=Rule.ORGANIZER)
    assert told(walk, OWNER) == ["Bella was chosen, please sign"]
    assert "one bid, so nobody had to choose" in walk.mail(OWNER)[-1].text


def test_organizers_who_choose_are_asked_reminded_and_told_what_follows(walk: Walk):
    closed(walk, "30", "22", rule=Rule.ORGANIZER)
    assert told(walk, OWNER) == ["Choose the winner"]
    assert "Bidding has closed with 2 bids" in walk.mail(OWNER)[-1].text
    days(walk, 12)
    assert told(walk, OWNER, 1) == ["Reminder: Choose the winner"]
    days(walk, 2)
    assert told(walk, OWNER, 2) == ["No bid was chosen in time"]


def test_who_has_chosen_is_not_reminded_to_choose(walk: Walk):
    closed(walk, "30", "22", rule=Rule.ORGANIZER)
    walk.do(choosing.award, walk.owner, walk.campaign.slug, [walk.bid_of("Bella")], "They bake themselves.")
    days(walk, 11)
    assert told(walk, OWNER) == ["Choose the winner", "Bella was chosen, please sign"]


def test_a_tie_that_is_the_organizers_to_break_names_who_is_level(walk: Walk):
    closed(walk, "22", "22", tie_break=TieBreak.ORGANIZER)
    assert told(walk, OWNER) == ["Bella and Spaeti are level, you choose"]
    days(walk, 12)
    assert told(walk, OWNER, 1) == ["Reminder: Bella and Spaeti are level, you choose"]


def test_jurors_are_told_that_scoring_has_begun_and_when_it_ends(walk: Walk):
    criteria = (Criterion("warmth", Decimal(100)),)
    walk.open(bidding=make_bidding(closes_at=walk.clock.instant + timedelta(days=5), rule=Rule.JURY, criteria=criteria))
    with walk.database.writing() as session:
        jurors = [add_member(session, walk.clock, walk.campaign, Role.JURY, at) for at in (JUROR, "two@example.org")]
    for name, percent in (("Bella", "30"), ("Spaeti", "22")):
        walk.claim(name)
        walk.bid(name, percent)
    days(walk, 5)
    assert told(walk, OWNER) == ["Bidding has closed with 2 bids"]
    assert "The jury scores them until" in walk.mail(OWNER)[-1].text
    assert told(walk, JUROR) == ["Please score 2 bids"]
    for name in ("Bella", "Spaeti"):
        walk.do(businesses.score, jurors[0], walk.campaign.slug, walk.bid_of(name), "warmth", Decimal(7))
    days(walk, 5)
    assert told(walk, JUROR) == ["Please score 2 bids"]
    assert told(walk, "two@example.org") == ["Please score 2 bids", "Reminder: Please score 2 bids"]


def test_a_jury_of_nobody_is_told_to_the_organizers(walk: Walk):
    closed(walk, "30", "22", rule=Rule.JURY, criteria=(Criterion("warmth", Decimal(100)),))
    assert "nobody is on the jury" in walk.mail(OWNER)[-1].text


@pytest.mark.parametrize(("approved", "news"), [("Spaeti", "Spaeti leads"), ("", "Bidding has closed with 2 bids")])
def test_organizers_hear_who_leads_when_a_vote_decides(walk: Walk, approved: str, news: str):
    walk.open(bidding=make_bidding(closes_at=walk.clock.instant + timedelta(days=5), rule=Rule.VOTE))
    for name in ("Bella", "Spaeti"):
        walk.claim(name)
        walk.bid(name, "22")
    if approved:
        walk.do(businesses.vote, KEYS, walk.campaign.slug, walk.bid_of(approved), person=walk.monitor)
    days(walk, 5)
    assert news in told(walk, OWNER)[-1]
    assert "Supporters vote until" in walk.mail(OWNER)[-1].text


def test_whoever_has_not_signed_is_reminded_and_nobody_else(walk: Walk):
    closed(walk, "30", "22")
    bid = walk.campaign.winners[0].bid
    walk.do(businesses.accept_agreement, walk.campaign.slug, bid, Side(person=walk.owner), "Lea")
    before = len(walk.mail(OWNER)), len(walk.mail(BELLA))
    days(walk, 12)
    assert told(walk, OWNER, before[0]) == []
    assert told(walk, BELLA, before[1]) == ["Reminder: The agreement waits for you"]
    days(walk, 2)
    assert told(walk, OWNER, before[0]) == ["Bella has fallen out", "Spaeti follows as the winner, please sign"]
    assert told(walk, SPAETI)[-1] == "Spaeti was chosen"
    assert "after that this bid is out" in walk.mail(SPAETI)[-1].text


def test_a_winner_who_leaves_with_nobody_to_follow_is_as_no_bid(walk: Walk):
    closed(walk, "30")
    walk.do(choosing.withdraw_bid, walk.shops["Bella"], walk.campaign.slug)
    assert told(walk, OWNER)[-1] == "The winner is out and nobody follows"


def missed(walk: Walk) -> None:
    walk.open(go_ahead=GoAhead(GoAheadKind.MONEY, Decimal(500), walk.clock.instant + timedelta(days=10)))
    walk.claim("Bella")
    walk.bid("Bella", "22")
    days(walk, 5)
    walk.sign("Bella")
    days(walk, 5)
    assert walk.campaign.state == State.MISSED


def test_after_a_miss_one_sides_word_asks_the_other_and_reminds_it_alone(walk: Walk):
    missed(walk)
    before = len(walk.mail(OWNER)), len(walk.mail(BELLA))
    walk.do(campaigns.proceed, walk.campaign.slug, "business", None)
    assert told(walk, OWNER, before[0]) == ["The business wants the day all the same"]
    days(walk, 5)
    assert told(walk, OWNER, before[0])[1:] == ["Reminder: The business wants the day all the same"]
    assert told(walk, BELLA, before[1]) == []


def test_a_miss_at_the_first_opening_leaves_nothing_to_ask(walk: Walk):
    walk.open(go_ahead=GoAhead(GoAheadKind.MONEY, Decimal(500)))
    walk.claim("Bella")
    walk.bid("Bella", "22")
    days(walk, 5)
    walk.sign("Bella")
    days(walk, 16)
    assert walk.campaign.state == State.DONE
    for address in (OWNER, BELLA):
        last = walk.mail(address)[-1]
        assert last.subject == f"Not enough pledges: {TITLE}"
        assert "does not take place" in last.text
        assert "/proceed" not in last.text


def test_a_till_is_asked_for_again_until_it_is_given_and_then_for_its_answer(walk: Walk):
    walk.agreed()
    closing = walk.campaign.last_closing
    assert closing
    walk.move(closing + timedelta(days=5, hours=1))
    assert told(walk, BELLA)[-2:] == [f"What did the till say? {TITLE}", f"Reminder: What did the till say? {TITLE}"]
    declare(walk)
    assert told(walk, OWNER)[-1] == "Please confirm the till"
    assert "locked with it as declared" in walk.mail(OWNER)[-1].text


def declare(walk: Walk) -> str:
    window = walk.campaign.windows[0].id
    walk.do(pledges.declare_till, walk.campaign.slug, walk.shops["Bella"].id, window, TillFigures(eur("2000.84")))
    with walk.database.reading() as session:
        return pledge_queries.till_totals(session, walk.campaign_id)[0].id


def test_a_disputed_till_asks_the_monitor_and_tells_the_shop(walk: Walk):
    walk.agreed()
    closing = walk.campaign.last_closing
    assert closing
    walk.move(closing + timedelta(hours=1))
    till = declare(walk)
    walk.do(pledges.confirm_till, walk.owner, till, eur("2400"), "Our list has more.")
    assert told(walk, MONITOR)[-1] == f"Which till total of Bella is right? {TITLE}"
    assert told(walk, BELLA)[-1] == "The organizers counted another till total"
    assert "Our list has more." in walk.mail(MONITOR)[-1].text
    days(walk, 5)
    assert told(walk, MONITOR)[-1] == f"Reminder: Which till total of Bella is right? {TITLE}"


def test_whoever_owes_a_verdict_is_reminded_before_the_promise_is_unknown(walk: Walk):
    walk.agreed()
    walk.count()
    walk.file("27")
    walk.move(walk.producers.due_at + timedelta(days=28, hours=1))
    assert told(walk, MONITOR)[-2:] == ["Was it kept? Bella", "Reminder: Was it kept? Bella"]
    assert "reads “unknown”, publicly" in walk.mail(MONITOR)[-1].text


def test_silence_is_told_to_shop_organizers_and_checker_and_again_before_it_is_unknown(walk: Walk):
    walk.agreed()
    walk.count()
    late = walk.producers.due_at
    walk.move(late + timedelta(hours=1))
    assert told(walk, MONITOR)[-1].startswith("Late: Bella")
    walk.move(late + timedelta(days=88, hours=1))
    assert told(walk, BELLA)[-1].startswith("Reminder: Late: Bella")
    assert told(walk, MONITOR)[-1] == "Reminder: Was it kept? Bella"
    assert "has filed nothing" in walk.mail(MONITOR)[-1].text


def test_a_shop_that_closed_is_asked_for_nothing_more(walk: Walk):
    walk.agreed()
    walk.count()
    walk.move(walk.producers.due_at + timedelta(hours=1))
    before = len(walk.mail(BELLA))
    walk.do(businesses.close, walk.shops["Bella"], "The lease has ended.")
    days(walk, 92)
    assert len(walk.mail(BELLA)) == before
