"""Every wait has a clock and an exit: the rows of the table up to the day (DESIGN.md, States)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.values import Criterion, NamedBusiness, Rule, State, TieBreak
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Invalid
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.values import Arrival
from tests.at_once import at_once
from tests.factories import CLOSING, LAST, OPENING, make_bidding, make_window, money_go_ahead, share
from tests.scene import Scene

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    """At the end, everybody can replay what happened from the public record."""
    scene = Scene(database)
    yield scene
    assert scene.recounted() == []


def bids_of(scene: Scene, *percents: str, **terms: object) -> Scene:
    """An open auction with so many bids."""
    scene.open(**terms)
    for name, percent in zip(("one", "two", "three"), percents, strict=False):
        scene.bid(name, share(percent))
        scene.clock.advance(minutes=1)
    return scene


# No bid at closing


def test_no_bid_at_closing_bidding_can_be_extended_once(scene: Scene):
    bids_of(scene).wait_until(CLOSING)
    assert (scene.state, scene.campaign.waiting) == (State.CHOOSING, "bid")
    owner = scene.person()
    with scene.doing() as session:
        campaigns.extend_bidding(session, scene.clock, owner, scene.slug, CLOSING + 7 * DAY)
    scene.bid("one")
    scene.wait_until(CLOSING + 7 * DAY)
    assert scene.winners == ["one"]


def test_no_bid_at_closing_and_none_after_an_extension(scene: Scene):
    bids_of(scene).wait_until(CLOSING)
    owner = scene.person()
    with scene.doing() as session:
        campaigns.extend_bidding(session, scene.clock, owner, scene.slug, CLOSING + DAY)
    scene.wait_until(CLOSING + DAY)
    with pytest.raises(Conflict, match="once"), scene.doing() as session:
        campaigns.extend_bidding(session, scene.clock, owner, scene.slug, CLOSING + 2 * DAY)
    scene.wait_until(CLOSING + 15 * DAY)
    assert scene.state == State.CANCELLED


def test_no_bid_at_closing_one_business_can_be_named(scene: Scene):
    bids_of(scene).wait_until(CLOSING)
    owner = scene.person()
    with scene.doing() as session:
        campaigns.name_business(session, scene.clock, owner, scene.slug, NamedBusiness("Morgenrot"))
    scene.bid("morgenrot")
    assert scene.winners == ["morgenrot"]


def test_no_bid_at_closing_it_can_be_closed_with_a_public_note(scene: Scene):
    bids_of(scene).wait_until(CLOSING)
    owner = scene.person()
    with scene.doing() as session:
        campaigns.cancel(session, scene.clock, owner, scene.slug, "No shop had the time.")
    assert scene.state == State.CANCELLED
    assert scene.record("CampaignCancelled")[0].body == {"reason": "No shop had the time."}


def test_no_bid_at_closing_it_closes_by_itself_after_14_days(scene: Scene):
    bids_of(scene).wait_until(CLOSING + 14 * DAY - SECOND)
    assert scene.state == State.CHOOSING
    scene.wait_until(CLOSING + 14 * DAY)
    assert scene.state == State.CANCELLED
    assert scene.record("CampaignCancelled")[0].body["reason"] == "No bid was chosen within its term."


def test_after_14_days_nothing_more_can_be_tried_though_no_worker_has_looked(scene: Scene, clock: FixedClock):
    bids_of(scene).wait_until(CLOSING)
    owner = scene.person()
    clock.set(CLOSING + 14 * DAY)
    with pytest.raises(Conflict), scene.doing() as session:
        campaigns.extend_bidding(session, scene.clock, owner, scene.slug, CLOSING + 16 * DAY)


def test_while_there_are_bids_bidding_is_not_extended_and_nobody_is_named(scene: Scene):
    jury = make_bidding(rule=Rule.JURY, criteria=(Criterion("climate", Decimal(1)),))
    bids_of(scene, "20", "30", bidding=jury).wait_until(CLOSING)
    owner = scene.person()
    with pytest.raises(Conflict), scene.doing() as session:
        campaigns.extend_bidding(session, scene.clock, owner, scene.slug, CLOSING + DAY)
    with pytest.raises(Conflict), scene.doing() as session:
        campaigns.name_business(session, scene.clock, owner, scene.slug, NamedBusiness("A friend"))


# One bid


def test_one_bid_skips_jury_and_vote_and_the_minimum_still_binds(scene: Scene):
    scene.open(bidding=make_bidding(rule=Rule.VOTE, minimum_share=Decimal(20)))
    with pytest.raises(Invalid):
        scene.bid("one", share("19"))
    scene.bid("one", share("20"))
    scene.wait_until(CLOSING)
    assert scene.winners == ["one"]


# A bid withdrawn


def test_a_bid_withdrawn_before_closing_falls_out(scene: Scene):
    bids_of(scene, "20", "30")
    scene.withdraw("two")
    scene.wait_until(CLOSING)
    assert scene.winners == ["one"]


@pytest.mark.parametrize("state", [State.CHOOSING, State.PLEDGING, State.TIPPED])
def test_a_bid_withdrawn_after_the_award_the_runner_up_succeeds(scene: Scene, state: State):
    bids_of(scene, "20", "30", "10", go_ahead=money_go_ahead("5", OPENING - DAY)).wait_until(CLOSING)
    if state != State.CHOOSING:
        scene.accept()
        scene.accept("two")
        scene.pledge("lea")
    if state == State.TIPPED:
        scene.wait_until(OPENING - DAY)
    assert scene.state == state
    scene.withdraw("two")
    assert (scene.state, scene.winners) == (State.CHOOSING, ["one"])
    scene.accept()
    scene.accept("one")
    assert scene.state == State.PLEDGING


def test_a_runner_up_who_has_withdrawn_does_not_succeed(scene: Scene):
    bids_of(scene, "20", "30", "10").wait_until(CLOSING)
    scene.withdraw("one")
    scene.withdraw("two")
    assert scene.winners == ["three"]


def test_of_several_winners_the_others_go_on_where_nobody_follows(scene: Scene):
    bids_of(scene, "20", "30", bidding=make_bidding(winners=2)).agreed()
    assert scene.state == State.PLEDGING
    scene.withdraw("two")
    assert (scene.state, scene.winners) == (State.PLEDGING, ["one"])
    assert scene.campaign.terms_version == 2


def test_supporters_are_asked_again_when_the_winner_changes(scene: Scene):
    bids_of(scene, "20", "30").agreed()
    scene.pledge("lea")
    scene.withdraw("two")
    with scene.database.reading() as session:
        campaign = scene.campaign
        assert pledge_queries.asked_again(session, campaign.id, campaign.terms_version) == 1


# Agreement not accepted


def test_agreement_not_accepted_within_14_days_the_runner_up_succeeds(scene: Scene):
    bids_of(scene, "20", "30").wait_until(CLOSING)
    scene.accept()
    scene.wait_until(CLOSING + 14 * DAY - SECOND)
    assert scene.winners == ["two"]
    scene.wait_until(CLOSING + 14 * DAY)
    assert (scene.state, scene.winners) == (State.CHOOSING, ["one"])
    assert scene.record("WinnerReplaced")[0].body["reason"] == "not_accepted"


def test_agreement_not_accepted_by_the_last_one_left_is_as_no_bid(scene: Scene):
    bids_of(scene, "20").wait_until(CLOSING + 14 * DAY)
    assert (scene.state, scene.campaign.award, scene.campaign.waiting) == (State.CHOOSING, None, "bid")
    scene.wait_until(CLOSING + 28 * DAY)
    assert scene.state == State.CANCELLED


def test_several_winners_who_do_not_accept_fall_out_together(scene: Scene):
    bids_of(scene, "20", "30", "10", bidding=make_bidding(winners=2)).wait_until(CLOSING + 14 * DAY)
    assert scene.winners == ["three"]
    assert len(scene.record("WinnerReplaced")) == 2


# Go-ahead missed


def missed(scene: Scene) -> Scene:
    bids_of(scene, "20", go_ahead=money_go_ahead("2000", OPENING - 10 * DAY)).agreed()
    scene.pledge("lea", "20")
    scene.wait_until(OPENING - 10 * DAY)
    assert scene.state == State.MISSED
    return scene


def proceed(scene: Scene, by: str) -> None:
    owner = scene.person()
    with scene.doing() as session:
        campaigns.proceed(session, scene.clock, scene.slug, by, owner if by == "organizer" else None)


def test_go_ahead_missed_both_sides_can_go_ahead_within_7_days(scene: Scene):
    missed(scene)
    proceed(scene, "organizer")
    assert scene.state == State.MISSED
    scene.wait_until(OPENING - 3 * DAY - SECOND)
    proceed(scene, "business")
    assert scene.state == State.TIPPED
    scene.wait_until(OPENING)
    assert scene.state == State.MOBBING


def test_go_ahead_missed_one_side_alone_is_not_enough_and_it_is_done(scene: Scene, clock: FixedClock):
    missed(scene)
    proceed(scene, "business")
    clock.set(OPENING - 3 * DAY)
    with pytest.raises(Conflict, match="has passed"):
        proceed(scene, "organizer")
    scene.work()
    assert scene.state == State.DONE
    assert scene.record("CampaignDone")[0].body == {"outcome": "missed"}


def test_the_go_ahead_is_decided_as_it_stood_at_its_instant_however_late_a_worker_looks(
    scene: Scene, clock: FixedClock
):
    at = OPENING - 10 * DAY
    bids_of(scene, "20", go_ahead=money_go_ahead("50", at)).agreed()
    scene.pledge("lea", "40")
    clock.set(at)
    scene.pledge("max", "40")
    clock.advance(hours=3)
    scene.work()
    assert scene.state == State.MISSED
    (fact,) = scene.record("CampaignMissed")
    assert (fact.body["people"], fact.body["amount"]["amount"]) == (1, "40.00")


# No choice


def test_no_choice_7_days_after_closing_the_tie_break_decides(scene: Scene):
    jury = make_bidding(rule=Rule.JURY, criteria=(Criterion("climate", Decimal(1)),))
    bids_of(scene, "20", "30", bidding=jury).wait_until(CLOSING + 7 * DAY)
    assert scene.winners == ["one"]


def test_no_choice_7_days_after_closing_a_tie_left_to_the_organizer_has_14(scene: Scene):
    jury = make_bidding(rule=Rule.JURY, criteria=(Criterion("climate", Decimal(1)),), tie_break=TieBreak.ORGANIZER)
    bids_of(scene, "20", "30", bidding=jury).wait_until(CLOSING + 7 * DAY)
    assert (scene.winners, scene.campaign.waiting) == ([], "tie")
    scene.award("two")
    assert scene.winners == ["two"]


@pytest.mark.parametrize("bidding", [{"rule": Rule.ORGANIZER}, {"tie_break": TieBreak.ORGANIZER}])
def test_no_choice_by_the_organizer_in_14_days_is_as_no_bid(scene: Scene, bidding: dict[str, object]):
    bids_of(scene, "20", "20", bidding=make_bidding(**bidding)).wait_until(CLOSING + 14 * DAY)
    assert (scene.state, scene.campaign.waiting) == (State.CHOOSING, "bid")
    scene.wait_until(CLOSING + 28 * DAY)
    assert scene.state == State.CANCELLED


# Mob postponed


def test_mob_postponed_the_same_day_in_one_step_codes_stay_valid_and_pledges_are_not_reconfirmed(scene: Scene):
    bids_of(scene, "20").agreed()
    made = scene.pledge("lea")
    scene.wait_until(OPENING + timedelta(hours=1))
    assert scene.state == State.MOBBING
    owner = scene.person()
    moved = (make_window(OPENING + 7 * DAY, LAST + 7 * DAY),)
    with scene.doing() as session:
        campaigns.postpone(session, scene.clock, owner, scene.slug, moved, "a storm warning")
    assert scene.state == State.TIPPED
    with scene.database.reading() as session:
        assert pledge_queries.asked_again(session, scene.campaign.id, scene.campaign.terms_version) == 1
    scene.wait_until(OPENING + 7 * DAY)
    assert scene.state == State.MOBBING
    with scene.doing() as session:
        _, already = pledges.check_in(session, scene.clock, scene.slug, owner, Arrival(code=made.code))
    assert not already


# Workers


def test_two_workers_at_once_do_each_thing_once(scene: Scene, clock: FixedClock):
    bids_of(scene, "20", "30")
    clock.set(CLOSING)
    at_once(4, lambda _: scene.work())
    assert len(scene.record("BiddingClosed")) == len(scene.record("BidsAwarded")) == 1
    with scene.database.reading() as session:
        assert campaign_queries.due(session, clock.instant) == []
