"""A prepared bid: the owner gives one number, the organizers fill in the rest, the business approves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accounts.rules import Person, Role
from businesses import queries
from businesses import service as businesses
from businesses.commitments import Commitment
from businesses.preparing import Prepared, Reply, Stage
from businesses.values import Bid
from campaigns.values import Mode
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.at_once import outcomes
from tests.factories import CLOSING, action, make_bidding, make_offer, share, with_named_business
from tests.scene import Scene
from web.trips import choosing


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def number(scene: Scene, name: str = "linde", percent: str = "30", purpose: str = "") -> Prepared:
    shop = scene.shop(name)
    with scene.doing() as session:
        return businesses.ask_to_prepare(session, scene.clock, shop, scene.slug, Decimal(percent), purpose)


def fill(scene: Scene, held: Prepared, *offered: Commitment, by: Person | None = None, **told: Any) -> Prepared:
    organizer = by or scene.person()
    with scene.doing() as session:
        return businesses.prepare(session, scene.clock, organizer, scene.slug, held.id, make_offer(*offered, **told))


def say(scene: Scene, said: Reply, version: int, name: str = "linde", words: str = "") -> tuple[Prepared, Bid | None]:
    with scene.doing() as session:
        return choosing.reply_to_prepared(session, scene.clock, scene.shops[name], scene.slug, said, version, words)


def test_one_number_and_an_approval_make_a_bid_that_is_marked(scene: Scene):
    scene.open()
    asked = number(scene, purpose="a dishwasher")
    filled = fill(scene, asked, share("30"), action())
    assert (filled.stage, scene.record("BidPlaced")) == (Stage.READY, [])
    made, bid = say(scene, Reply.APPROVE, filled.version)
    assert bid
    assert (made.stage, bid.offer.entered) == (Stage.APPROVED, "prepared")
    (placed,) = scene.record("BidPlaced")
    assert placed.body["entered"] == "prepared"
    scene.bid("linde", share("35"), action())
    assert scene.bid_of("linde").offer.entered == "prepared"
    scene.agreed()
    assert (scene.winners, scene.recounted()) == (["linde"], [])


def test_until_the_approval_nothing_is_public(scene: Scene):
    scene.open()
    fill(scene, number(scene), share("30"))
    assert scene.record("BusinessIntroduced", "BidPlaced", "PreparingAsked", "BidPrepared") == []
    with scene.database.reading() as session:
        assert queries.count_bids(session, scene.campaign.id) == 0


def test_the_organizers_cannot_give_another_number(scene: Scene):
    scene.open()
    asked = number(scene)
    for offered, field in [((share("25"),), "commitments.0.share"), ((action(),), "commitments")]:
        with pytest.raises(Invalid) as refused:
            fill(scene, asked, *offered)
        assert refused.value.field == field


def test_it_goes_back_with_a_word_and_only_what_was_looked_at_is_approved(scene: Scene):
    scene.open()
    first = fill(scene, number(scene), share("30"))
    with pytest.raises(Invalid) as refused:
        say(scene, Reply.RETURN, first.version)
    assert refused.value.field == "words"
    returned, _ = say(scene, Reply.RETURN, first.version, words="No oven, please")
    assert (returned.stage, returned.words) == (Stage.RETURNED, "No oven, please")
    with pytest.raises(Conflict, match="still filling"):
        say(scene, Reply.APPROVE, returned.version)
    second = fill(scene, returned, share("30"), action())
    with pytest.raises(Conflict, match="changed meanwhile"):
        say(scene, Reply.APPROVE, first.version)
    assert say(scene, Reply.APPROVE, second.version)[1]


def test_the_rules_of_a_bid_bind_at_the_approval(scene: Scene):
    scene.open(bidding=make_bidding(minimum_share=Decimal(20)))
    with pytest.raises(Invalid) as refused:
        number(scene, percent="10")
    assert refused.value.field == "share"
    filled = fill(scene, number(scene), share("30"))
    scene.clock.set(CLOSING)
    with pytest.raises(Conflict, match="closed"):
        say(scene, Reply.APPROVE, filled.version)
    scene.wait_until(CLOSING)
    with pytest.raises(Conflict):
        say(scene, Reply.APPROVE, filled.version)


def test_a_bid_placed_meanwhile_is_never_lowered_by_an_approval(scene: Scene):
    scene.open()
    filled = fill(scene, number(scene), share("30"))
    scene.bid("linde", share("40"))
    with pytest.raises(Invalid):
        say(scene, Reply.APPROVE, filled.version)
    assert scene.bid_of("linde").offer.entered == ""
    with pytest.raises(Conflict, match="stands already"):
        number(scene)


def test_sealed_bids_are_filled_in_by_nobody_else(scene: Scene):
    scene.open(bidding=make_bidding(mode=Mode.SEALED))
    with pytest.raises(Conflict, match="sealed"):
        number(scene)


def test_only_organizers_fill_in_and_only_the_business_approves(scene: Scene):
    scene.open()
    asked = number(scene)
    with pytest.raises(Forbidden):
        fill(scene, asked, share("30"), by=scene.join("crew", Role.CREW))
    scene.shop("rival")
    with pytest.raises(NotFound):
        say(scene, Reply.APPROVE, asked.version, name="rival")


def test_a_business_may_say_no_and_begin_again(scene: Scene):
    scene.open()
    asked = number(scene)
    declined, _ = say(scene, Reply.DECLINE, asked.version)
    assert declined.stage == Stage.DECLINED
    with pytest.raises(Conflict, match="declined"):
        fill(scene, declined, share("30"))
    again = number(scene, percent="25")
    assert (again.id, again.stage, again.offer) == (asked.id, Stage.ASKED, None)


def test_the_one_named_business_is_chosen_with_its_approval(scene: Scene):
    named = with_named_business()
    scene.open(bidding=None, business=named.business)
    filled = fill(scene, number(scene), share("30"))
    say(scene, Reply.APPROVE, filled.version)
    assert scene.winners == ["linde"]
    assert scene.recounted() == []


# At the same moment


def test_an_approval_pressed_eight_times_at_once_makes_one_bid(scene: Scene):
    scene.open()
    filled = fill(scene, number(scene), share("30"))
    done, refused = outcomes(8, lambda _: say(scene, Reply.APPROVE, filled.version))
    assert len(done) >= 1
    assert all(isinstance(wrong, Conflict) for wrong in refused)
    assert len(scene.record("BidPlaced")) == 1
    assert scene.record("BidRaised") == []


def test_organizers_who_fill_in_at_once_and_an_owner_who_approves_end_with_what_the_owner_saw(scene: Scene):
    """Whoever comes second meets a later version: nobody approves what they have not looked at."""
    scene.open()
    filled = fill(scene, number(scene), share("30"))

    def act(n: int) -> object:
        if n:
            return fill(scene, filled, share(str(30 + n)))
        return say(scene, Reply.APPROVE, filled.version)

    outcomes(5, act)
    placed = scene.record("BidPlaced")
    shares = [commitment["share"] for fact in placed for commitment in fact.body["commitments"]]
    assert shares in ([], ["30"])
    with scene.database.reading() as session:
        (held,) = queries.prepared_in(session, scene.campaign.id)
    assert (held.stage == Stage.APPROVED) == bool(placed)
