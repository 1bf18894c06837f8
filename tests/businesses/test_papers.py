"""A bid on paper: entered by the organizers, marked, and countersigned by its business before it can win."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.rules import Person, Role
from businesses import queries
from businesses import service as businesses
from businesses.commitments import Commitment
from businesses.values import Bid, Business
from campaigns.values import Mode, Rule
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.at_once import outcomes
from tests.factories import CLOSING, make_bidding, make_offer, share, with_named_business
from tests.scene import KEYS, Scene
from web.trips import choosing

TERM = timedelta(days=14)


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def enter(scene: Scene, name: str, *offered: Commitment, by: Person | None = None, **told: Any) -> tuple[Bid, str]:
    """Invite a shop and enter its signed sheet; gives the bid and the invitation's token."""
    organizer, token = by or scene.person(), scene.invite(name)
    with scene.database.reading() as session:
        invited = queries.invitations(session, scene.campaign.id)[-1]
    with scene.doing() as session:
        given = (session, scene.clock, KEYS, organizer, scene.slug, invited.id, "a" * 64)
        paper, scene.shops[name] = businesses.begin_paper(*given)
    with scene.doing() as session:
        offer = make_offer(*offered, **told)
        return choosing.place_paper(session, scene.clock, organizer, scene.slug, paper.id, offer), token


def sign(scene: Scene, name: str) -> Bid:
    with scene.doing() as session:
        return choosing.countersign(session, scene.clock, scene.shops[name], scene.slug)


def test_it_is_a_bid_at_once_and_wins_once_it_is_countersigned(scene: Scene):
    scene.open()
    bid, token = enter(scene, "kiosk", share("40"))
    scene.bid("rival", share("30"))
    (placed,) = [fact for fact in scene.record("BidPlaced") if fact.body["bid"] == bid.id]
    assert placed.body["entered"] == "paper"
    shop = scene.claim(token, "kiosk")
    assert shop.id == bid.business
    assert sign(scene, "kiosk").countersigned_at == scene.now
    sign(scene, "kiosk")
    assert len(scene.record("BidCountersigned")) == 1
    scene.wait_until(CLOSING)
    assert (scene.winners, scene.recounted()) == (["kiosk"], [])


def test_the_choice_waits_fourteen_days_for_the_signature_and_then_the_next_follows(scene: Scene):
    scene.open()
    enter(scene, "kiosk", share("40"))
    scene.bid("rival", share("30"))
    scene.wait_until(CLOSING)
    assert (scene.winners, scene.campaign.waiting, scene.campaign.wait_until) == ([], "consent", CLOSING + TERM)
    scene.wait_until(CLOSING + TERM)
    assert scene.winners == ["rival"]
    with pytest.raises(NotFound):
        sign(scene, "kiosk")
    assert len(scene.record("SignatureLapsed")) == 1
    assert scene.recounted() == []


def test_signed_while_the_choice_waits_it_wins_at_once(scene: Scene):
    scene.open()
    enter(scene, "kiosk", share("40"))
    scene.wait_until(CLOSING)
    sign(scene, "kiosk")
    assert (scene.winners, scene.recounted()) == (["kiosk"], [])


def test_the_organizers_cannot_choose_it_unsigned(scene: Scene):
    scene.open(bidding=make_bidding(rule=Rule.ORGANIZER))
    enter(scene, "kiosk", share("40"))
    scene.bid("rival", share("30"))
    scene.wait_until(CLOSING)
    with pytest.raises(Invalid, match="not countersigned yet") as refused:
        scene.award("kiosk")
    assert refused.value.field == "bids"
    sign(scene, "kiosk")
    scene.award("kiosk")
    assert (scene.winners, scene.recounted()) == (["kiosk"], [])


def test_a_raise_by_its_own_hand_countersigns(scene: Scene):
    scene.open()
    _, token = enter(scene, "kiosk", share("40"))
    scene.claim(token, "kiosk")
    scene.bid("kiosk", share("45"))
    assert not scene.bid_of("kiosk").lacks_signature
    scene.wait_until(CLOSING)
    assert (scene.winners, scene.recounted()) == (["kiosk"], [])


def test_a_runner_up_on_paper_gets_its_own_term(scene: Scene):
    scene.open()
    scene.bid("first", share("50"))
    enter(scene, "kiosk", share("40"))
    scene.wait_until(CLOSING)
    scene.withdraw("first")
    assert (scene.winners, scene.campaign.waiting) == ([], "consent")
    sign(scene, "kiosk")
    assert (scene.winners, scene.recounted()) == (["kiosk"], [])


def test_the_one_named_business_on_paper_is_chosen_with_its_signature(scene: Scene):
    scene.open(bidding=None, business=with_named_business().business)
    enter(scene, "kiosk", share("40"))
    assert scene.winners == []
    sign(scene, "kiosk")
    assert (scene.winners, scene.recounted()) == (["kiosk"], [])


def test_organizers_enter_nothing_over_a_bid_that_stands_or_into_a_sealed_bidding(scene: Scene):
    scene.open()
    enter(scene, "kiosk", share("40"))
    with pytest.raises(Conflict, match="stands already"):
        again(scene, scene.shops["kiosk"])
    sealed = Scene(scene.database)
    sealed.open(bidding=make_bidding(mode=Mode.SEALED))
    with pytest.raises(Conflict, match="sealed"):
        enter(sealed, "kiosk", share("40"))


def again(scene: Scene, shop: Business) -> None:
    owner = scene.person()
    with scene.database.reading() as session:
        invited = next(i for i in queries.invitations(session, scene.campaign.id) if i.business == shop.id)
    with scene.doing() as session:
        businesses.begin_paper(session, scene.clock, KEYS, owner, scene.slug, invited.id, "b" * 64)


def test_only_organizers_enter_a_sheet_and_only_for_who_was_invited(scene: Scene):
    scene.open()
    with pytest.raises(Forbidden):
        enter(scene, "kiosk", share("40"), by=scene.join("crew", Role.CREW))
    owner = scene.person()
    with pytest.raises(Invalid) as refused, scene.doing() as session:
        businesses.begin_paper(session, scene.clock, KEYS, owner, scene.slug, "nobody", "a" * 64)
    assert refused.value.field == "invitation"


def test_an_invitation_with_a_sheet_is_not_taken_up_by_another_business(scene: Scene):
    scene.open()
    _, token = enter(scene, "kiosk", share("40"))
    other = scene.shop("other")
    with pytest.raises(Conflict, match="bid on paper"):
        scene.claim(token, "kiosk", other)


def test_a_signature_given_eight_times_at_once_counts_once(scene: Scene):
    scene.open()
    _, token = enter(scene, "kiosk", share("40"))
    scene.claim(token, "kiosk")
    done, refused = outcomes(8, lambda _: sign(scene, "kiosk"))
    assert (len(done), refused) == (8, [])
    assert {bid.countersigned_at for bid in done} == {scene.now}
    assert len(scene.record("BidCountersigned")) == 1


def test_of_one_sheet_entered_by_several_organizers_at_once_comes_one_bid(scene: Scene):
    scene.open()
    organizer = scene.person()
    scene.invite("kiosk")
    with scene.database.reading() as session:
        invited = queries.invitations(session, scene.campaign.id)[-1]
    with scene.doing() as session:
        given = (session, scene.clock, KEYS, organizer, scene.slug, invited.id, "a" * 64)
        paper, _ = businesses.begin_paper(*given)

    def place(n: int) -> Bid:
        with scene.doing() as session:
            offer = make_offer(share(str(30 + n)))
            return choosing.place_paper(session, scene.clock, organizer, scene.slug, paper.id, offer)

    done, refused = outcomes(6, place)
    assert len(done) == 1
    assert all(isinstance(wrong, Conflict) for wrong in refused)
    assert len(scene.record("BidPlaced")) == 1
