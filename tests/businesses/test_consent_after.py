"""After the award: consents taken back, runners-up, the seat among the checkers, and everything in one moment."""

from __future__ import annotations

import pytest

from businesses import service
from businesses.commitments import Checker
from businesses.consent import Answer, Consent, Representative, Wish
from businesses.followthrough import Verdict
from campaigns.values import State
from core.clock import FixedClock
from core.db import Database
from core.errors import DomainError, Forbidden
from tests.at_once import outcomes
from tests.businesses.affected import DAY, affecting, answer, ask, consent, two_bids
from tests.factories import CLOSING, LAST, OPENING, make_bidding, share
from tests.scene import Scene
from web.trips import choosing, following


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


# After the award


def test_a_withdrawal_after_the_award_lets_the_runner_up_succeed(scene: Scene):
    two_bids(scene)
    asked = ask(scene)
    answer(scene, asked, Wish.AGREE)
    scene.agreed()
    answer(scene, asked, Wish.WITHDRAW, comment="They fenced us out.")
    assert (scene.state, scene.winners) == (State.CHOOSING, ["plain"])
    assert scene.record("WinnerReplaced")[0].body["reason"] == "consent_withdrawn"
    assert scene.recounted() == []


def three_bids(scene: Scene, **terms: object) -> None:
    """The second best lacks the consent of people whom it affects when its turn comes."""
    scene.open(**terms)
    scene.bid("first", share("50"))
    scene.bid("yard", share("40"), affecting())
    scene.bid("plain", share("30"))
    scene.wait_until(CLOSING)


def test_a_runner_up_without_its_consent_gets_fourteen_days_of_its_own(scene: Scene):
    three_bids(scene)
    scene.withdraw("first")
    assert (scene.winners, scene.campaign.waiting) == ([], "consent")
    assert scene.campaign.wait_until == CLOSING + 14 * DAY
    (told,) = scene.record("WinnerReplaced")
    assert (told.body["by"], told.body["waits_for"]) == (None, scene.bid_of("yard").id)
    answer(scene, ask(scene), Wish.AGREE)
    assert scene.winners == ["yard"]
    assert scene.recounted() == []


def test_past_that_term_the_next_one_follows_and_it_is_said(scene: Scene):
    three_bids(scene)
    scene.withdraw("first")
    scene.wait_until(CLOSING + 14 * DAY)
    assert scene.winners == ["plain"]
    assert len(scene.record("ConsentLapsed")) == 1
    assert scene.recounted() == []


def test_who_did_not_accept_in_time_does_not_win_again_while_the_next_one_waits(scene: Scene):
    three_bids(scene)
    scene.wait_until(CLOSING + 14 * DAY)
    assert (scene.winners, scene.campaign.waiting) == ([], "consent")
    answer(scene, ask(scene), Wish.REFUSE)
    assert scene.winners == ["plain"]
    (*_, ranked) = scene.record("BidsRanked")
    assert {"not_accepted", "consent_refused"} <= {told["code"] for told in ranked.body["steps"]}
    assert scene.recounted() == []


def test_a_consent_taken_back_opens_the_choice_for_a_runner_up_that_waits_for_its_own(scene: Scene):
    scene.open()
    scene.bid("yard", share("50"), affecting())
    scene.bid("other", share("40"), affecting())
    asked = ask(scene)
    answer(scene, asked, Wish.AGREE)
    scene.agreed()
    answer(scene, asked, Wish.WITHDRAW)
    assert (scene.state, scene.winners, scene.campaign.waiting) == (State.CHOOSING, [], "consent")
    answer(scene, ask(scene, "other"), Wish.AGREE)
    assert scene.winners == ["other"]
    assert scene.recounted() == []


def test_beside_other_winners_nobody_waits_and_the_one_without_consent_is_passed_over(scene: Scene):
    scene.open(bidding=make_bidding(winners=2))
    for name, percent in (("first", "60"), ("second", "50"), ("plain", "30")):
        scene.bid(name, share(percent))
    scene.bid("yard", share("40"), affecting())
    scene.wait_until(CLOSING)
    scene.withdraw("first")
    assert scene.winners == ["second", "plain"]
    assert len(scene.record("ConsentLapsed")) == 1
    assert scene.recounted() == []


def test_a_runner_up_with_its_consent_follows_and_one_refused_does_not(scene: Scene):
    scene.open()
    scene.bid("first", share("50"))
    scene.bid("yard", share("40"), affecting())
    scene.bid("other", share("35"), affecting())
    scene.wait_until(CLOSING)
    answer(scene, ask(scene, "yard"), Wish.REFUSE)
    answer(scene, ask(scene, "other"), Wish.AGREE)
    scene.withdraw("first")
    assert scene.winners == ["other"]
    assert scene.recounted() == []


def day_done(scene: Scene, *, seat: bool = True, checker: Checker = Checker.AFFECTED) -> Consent:
    scene.open()
    scene.bid("morgenrot", affecting(checker=checker))
    asked = ask(scene, "morgenrot")
    answer(scene, asked, Wish.AGREE, seat=seat)
    scene.agreed()
    scene.wait_until(LAST)
    scene.declare("morgenrot", "2000.84")
    return asked


def test_once_the_doors_are_open_a_withdrawal_is_published_and_the_promise_shows_it(scene: Scene):
    asked = day_done(scene)
    answer(scene, asked, Wish.WITHDRAW)
    assert scene.winners == ["morgenrot"]
    scene.finalize()
    (promise,) = scene.obligations()
    assert promise.consent
    assert promise.consent.state == Answer.WITHDRAWN
    assert scene.recounted() == []


def test_who_holds_the_seat_looks_and_judges_with_independent_eyes(scene: Scene):
    day_done(scene)
    scene.finalize()
    (promise,) = scene.obligations()
    scene.clock.advance(days=1)
    rosa, owner = scene.person("rosa"), scene.person()
    scene.look("rosa", promise, "27")
    with scene.doing() as session, pytest.raises(Forbidden):
        service.give_verdict(session, scene.clock, owner, promise.id, Verdict.KEPT, "I looked")
    with scene.doing() as session:
        judged = service.give_verdict(session, scene.clock, rosa, promise.id, Verdict.KEPT, "We counted 27.")
    assert judged.verdict
    assert (judged.verdict.by, judged.verdict.seen_by, judged.checks[0].by) == ("affected", "independent", "affected")
    assert scene.recounted() == []


def test_without_a_seat_the_organizers_confirm_and_the_representative_is_a_stranger(scene: Scene):
    day_done(scene, seat=False)
    scene.finalize()
    (promise,) = scene.obligations()
    rosa, owner = scene.person("rosa"), scene.person()
    with scene.doing() as session, pytest.raises(Forbidden):
        following.file_spot_check(session, scene.clock, rosa, promise.id, {"value": "27"})
    scene.file(promise, "27")
    with scene.doing() as session:
        judged = service.give_verdict(session, scene.clock, owner, promise.id, Verdict.KEPT, "We counted 27.")
    assert judged.verdict
    assert judged.verdict.by == "organizer"
    assert scene.recounted() == []


def test_who_leaves_takes_name_and_address_along_and_the_answer_stays(scene: Scene):
    two_bids(scene)
    answer(scene, ask(scene), Wish.AGREE, show_name=True)
    with scene.doing() as session:
        service.forget_address(session, "rosa@example.org")
    assert (consent(scene).representative, consent(scene).state) == (Representative(), Answer.GIVEN)


# At once


def test_a_withdrawal_and_the_award_in_one_moment_never_leave_a_winner_without_consent(scene: Scene, clock: FixedClock):
    two_bids(scene)
    asked = ask(scene)
    answer(scene, asked, Wish.AGREE)
    clock.set(CLOSING)
    outcomes(2, lambda n: scene.work() if n else answer(scene, asked, Wish.WITHDRAW))
    scene.work()
    assert scene.winners == ["plain"]
    assert consent(scene).state == Answer.WITHDRAWN
    assert scene.recounted() == []


def test_two_answers_in_one_moment_are_one(scene: Scene):
    two_bids(scene)
    asked = ask(scene)
    wishes = (Wish.AGREE, Wish.REFUSE)
    done, refused = outcomes(2, lambda n: answer(scene, asked, wishes[n]))
    assert (len(done), len(refused)) == (1, 1)
    assert isinstance(refused[0], DomainError)
    assert len(scene.record("ConsentGiven", "ConsentRefused")) == 1
    assert scene.recounted() == []


def test_agreeing_and_the_end_of_the_term_in_one_moment_name_one_winner(scene: Scene, clock: FixedClock):
    two_bids(scene).wait_until(CLOSING)
    asked = ask(scene)
    clock.set(CLOSING + 14 * DAY)
    outcomes(2, lambda n: scene.work() if n else answer(scene, asked, Wish.AGREE))
    scene.work()
    assert scene.winners == ["plain"]
    assert scene.recounted() == []


def test_the_doors_are_where_succession_ends(scene: Scene):
    two_bids(scene)
    asked = ask(scene)
    answer(scene, asked, Wish.AGREE)
    scene.agreed()
    scene.wait_until(OPENING)
    with scene.doing() as session:
        assert choosing.awaited_bids(session, scene.campaign) == []
    answer(scene, asked, Wish.WITHDRAW)
    assert (scene.state, scene.winners) == (State.MOBBING, ["yard"])
    assert scene.recounted() == []
