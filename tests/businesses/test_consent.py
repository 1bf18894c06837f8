"""People whom a promise affects agree first: asked by link or in a meeting; refusal and withdrawal stop it."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.rules import Role
from businesses.consent import Answer, Meeting, Representative, Said, Wish
from businesses.service.consenting import Asking, Recorded
from campaigns.values import Mode, Rule, State
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.businesses.affected import DAY, GROUP, affecting, answer, ask, consent, mails, two_bids
from tests.factories import CLOSING, make_bidding, share, with_named_business
from tests.scene import KEYS, Scene
from web.trips import consenting


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


# Asking


def test_the_representative_gets_a_link_and_no_person_stands_in_the_record(scene: Scene):
    two_bids(scene)
    asked = ask(scene)
    assert (asked.state, asked.group, mails(scene)) == (Answer.ASKED, GROUP, ["rosa@example.org"])
    (fact,) = scene.record("ConsentAsked")
    assert fact.body == {
        "consent": asked.id, "bid": scene.bid_of("yard").id, "commitment": "yard", "group": GROUP,
    }  # fmt: skip
    given = answer(scene, asked, Wish.AGREE, comment="With a fence.", seat=True, show_name=True)
    assert (given.shown_name, given.seated) == ("Rosa Lund", True)
    told = str(scene.record())
    assert "Rosa" not in told
    assert "rosa@" not in told
    assert "With a fence." in told


def test_only_organizers_ask_and_only_about_people_who_are_named(scene: Scene):
    two_bids(scene)
    bid, crew = scene.bid_of("yard").id, scene.join("crew", Role.CREW)
    for who, asking, refusal in [
        (crew, Asking(bid, "yard", Representative("rosa@example.org")), Forbidden),
        (scene.person(), Asking(bid, "share", Representative("rosa@example.org")), Invalid),
        (scene.person(), Asking(bid, "yard", Representative("rosa")), Invalid),
        (scene.person(), Asking("none", "yard", Representative("rosa@example.org")), NotFound),
    ]:
        with scene.doing() as session, pytest.raises(refusal):
            consenting.ask(session, scene.clock, who, scene.slug, asking)


def test_while_bids_are_sealed_nobody_is_asked(scene: Scene):
    two_bids(scene, bidding=make_bidding(mode=Mode.SEALED))
    with pytest.raises(Conflict, match="asked then"):
        ask(scene)
    scene.wait_until(CLOSING)
    assert scene.campaign.waiting == "consent"
    answer(scene, ask(scene), Wish.AGREE)
    assert scene.winners == ["yard"]
    assert scene.recounted() == []


def test_somebody_else_may_be_asked_until_an_answer_comes_and_the_old_link_is_dead(scene: Scene):
    two_bids(scene)
    first = ask(scene)
    second = ask(scene, email="omar@example.org")
    assert (second.id, second.version) == (first.id, 2)
    with pytest.raises(NotFound):
        answer(scene, first, Wish.AGREE)
    answer(scene, second, Wish.AGREE)
    with pytest.raises(Conflict, match="answered already"):
        ask(scene)


def test_a_wrong_token_answers_nothing(scene: Scene):
    two_bids(scene)
    asked = ask(scene)
    with scene.doing() as session, pytest.raises(NotFound):
        consenting.answer(session, scene.clock, KEYS, asked.id, "wrong", Said(Wish.AGREE))
    assert consent(scene).state == Answer.ASKED


def test_the_same_answer_again_changes_nothing_and_another_needs_its_turn(scene: Scene):
    two_bids(scene)
    asked = ask(scene)
    with pytest.raises(Conflict, match="no consent to withdraw"):
        answer(scene, asked, Wish.WITHDRAW)
    answer(scene, asked, Wish.AGREE)
    answer(scene, asked, Wish.AGREE)
    assert len(scene.record("ConsentGiven")) == 1
    with pytest.raises(Conflict, match="answered already"):
        answer(scene, asked, Wish.REFUSE)


# The choice


def test_with_consent_given_before_closing_nothing_waits(scene: Scene):
    two_bids(scene)
    answer(scene, ask(scene), Wish.AGREE)
    scene.wait_until(CLOSING)
    assert scene.winners == ["yard"]
    assert scene.recounted() == []


def test_the_campaign_waits_for_a_consent_and_goes_on_with_it(scene: Scene):
    two_bids(scene).wait_until(CLOSING)
    assert (scene.state, scene.winners, scene.campaign.waiting) == (State.CHOOSING, [], "consent")
    assert scene.campaign.wait_until == CLOSING + 14 * DAY
    scene.wait_until(CLOSING + 5 * DAY)
    answer(scene, ask(scene), Wish.AGREE)
    assert scene.winners == ["yard"]
    assert scene.recounted() == []


def test_without_it_in_14_days_the_next_bid_follows_and_everybody_is_told_why(scene: Scene):
    two_bids(scene).wait_until(CLOSING)
    asked = ask(scene)
    scene.wait_until(CLOSING + 14 * DAY)
    assert scene.winners == ["plain"]
    (lapsed,) = scene.record("ConsentLapsed")
    assert lapsed.body["group"] == GROUP
    assert scene.record("BidsRanked")[-1].body["steps"][0]["code"] == "consent_lapsed"
    with pytest.raises(Conflict):
        answer(scene, asked, Wish.AGREE)
    assert scene.recounted() == []


def test_past_its_term_a_consent_is_refused_worker_or_not(scene: Scene, clock: FixedClock):
    two_bids(scene).wait_until(CLOSING)
    asked = ask(scene)
    clock.set(CLOSING + 14 * DAY)
    with pytest.raises(Conflict, match="term for consent has passed"):
        answer(scene, asked, Wish.AGREE)


def test_a_refusal_drops_the_bid_at_once(scene: Scene):
    two_bids(scene).wait_until(CLOSING)
    answer(scene, ask(scene), Wish.REFUSE, comment="The lorries stay out.")
    assert scene.winners == ["plain"]
    assert scene.record("BidsRanked")[-1].body["steps"][0]["code"] == "consent_refused"
    assert scene.recounted() == []


def test_a_refusal_before_closing_keeps_the_bid_out_of_the_ranking(scene: Scene):
    two_bids(scene)
    answer(scene, ask(scene), Wish.REFUSE)
    scene.wait_until(CLOSING)
    assert scene.winners == ["plain"]
    assert scene.record("BidsRanked")[0].body["order"] == [scene.bid_of("plain").id]
    assert scene.recounted() == []


def test_with_every_bid_out_it_is_as_no_bid(scene: Scene):
    scene.open()
    scene.bid("yard", share("40"), affecting())
    scene.wait_until(CLOSING)
    answer(scene, ask(scene), Wish.REFUSE)
    assert (scene.state, scene.winners, scene.campaign.waiting) == (State.CHOOSING, [], "bid")
    scene.wait_until(CLOSING + 14 * DAY)
    assert scene.state == State.CANCELLED
    assert scene.recounted() == []


def test_every_group_of_a_bid_has_to_agree(scene: Scene):
    scene.open()
    tenants = affecting(id="flats", affected_group="The tenants")
    scene.bid("yard", share("40"), affecting(), tenants)
    scene.bid("plain", share("30"))
    scene.wait_until(CLOSING)
    answer(scene, ask(scene), Wish.AGREE)
    assert scene.campaign.waiting == "consent"
    scene.wait_until(CLOSING + 14 * DAY)
    assert scene.winners == ["plain"]
    assert scene.recounted() == []


def test_a_refusal_of_a_bid_that_would_not_win_leaves_the_term_of_the_first(scene: Scene):
    two_bids(scene)
    scene.bid("other", share("20"), affecting())
    scene.wait_until(CLOSING + 3 * DAY)
    answer(scene, ask(scene, "other"), Wish.REFUSE)
    assert (scene.campaign.waiting, scene.campaign.wait_until) == ("consent", CLOSING + 14 * DAY)


def test_the_organizer_cannot_choose_past_the_people_affected(scene: Scene):
    two_bids(scene, bidding=make_bidding(rule=Rule.ORGANIZER)).wait_until(CLOSING)
    with pytest.raises(Invalid, match="people affected have to agree first"):
        scene.award("yard")
    answer(scene, ask(scene), Wish.AGREE)
    scene.award("yard")
    assert scene.winners == ["yard"]
    assert scene.recounted() == []


def test_the_one_named_business_waits_for_consent_too(scene: Scene):
    scene.open(bidding=None, business=with_named_business().business)
    scene.bid("yard", affecting())
    assert (scene.winners, scene.campaign.waiting) == ([], "consent")
    answer(scene, ask(scene), Wish.AGREE)
    assert scene.winners == ["yard"]
    assert scene.recounted() == []


def test_a_named_business_whose_people_refuse_may_offer_something_else(scene: Scene):
    scene.open(bidding=None, business=with_named_business().business)
    scene.bid("yard", affecting())
    answer(scene, ask(scene), Wish.REFUSE)
    assert (scene.winners, scene.campaign.waiting) == ([], "bid")
    scene.bid("yard", affecting(target=affecting().target + 1))
    assert (consent(scene).state, scene.campaign.waiting) == (Answer.ASKED, "consent")
    answer(scene, consent(scene), Wish.AGREE)
    assert scene.winners == ["yard"]
    assert scene.recounted() == []


def test_a_bid_withdrawn_while_its_consent_is_awaited_makes_room_at_once(scene: Scene):
    two_bids(scene).wait_until(CLOSING)
    scene.withdraw("yard")
    assert scene.winners == ["plain"]
    assert scene.recounted() == []


def test_a_raise_of_the_promise_asks_again_and_one_of_another_promise_does_not(scene: Scene):
    two_bids(scene)
    first = ask(scene)
    answer(scene, first, Wish.AGREE)
    scene.bid("yard", share("45"), affecting())
    assert consent(scene).state == Answer.GIVEN
    scene.bid("yard", share("45"), affecting(target=affecting().target + 5))
    assert (consent(scene).state, consent(scene).version) == (Answer.ASKED, 2)
    assert mails(scene) == ["rosa@example.org"] * 2
    with pytest.raises(NotFound):
        answer(scene, first, Wish.AGREE)
    assert scene.recounted() == []


# From a meeting


def test_a_meetings_answer_is_recorded_with_how_it_is_known(scene: Scene, clock: FixedClock):
    two_bids(scene)
    met = Recorded(Wish.AGREE, Meeting(date(2027, 2, 27), "31 of 34 raised their hands."))
    ask(scene, email="", recorded=met)
    scene.wait_until(CLOSING)
    assert scene.winners == ["yard"]
    (given,) = scene.record("ConsentGiven")
    assert (given.body["recorded_on"], given.body["note"]) == ("2027-02-27", "31 of 34 raised their hands.")
    assert mails(scene) == []
    assert scene.recounted() == []


@pytest.mark.parametrize(
    ("recorded", "field"),
    [
        (Recorded(Wish.AGREE, Meeting(date(2027, 3, 2), "Tomorrow.")), "recorded.on"),
        (Recorded(Wish.WITHDRAW, Meeting(date(2027, 2, 27), "They met.")), "recorded.answer"),
        (Recorded(Wish.AGREE, Meeting(date(2027, 2, 27), "They met."), seat=True), "email"),
    ],
)
def test_what_a_meeting_cannot_have_said_is_refused(scene: Scene, recorded: Recorded, field: str):
    two_bids(scene)
    with pytest.raises(Invalid) as wrong:
        ask(scene, email="", recorded=recorded)
    assert wrong.value.field == field
