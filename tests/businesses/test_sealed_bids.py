"""Sealed bids: nothing but a salted hash is public before closing, and what is opened then matches it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from businesses import queries
from businesses.store import bids as store
from businesses.values import Answer, seal
from campaigns import service as campaigns
from campaigns.values import Mode, Question
from core.clock import FixedClock
from core.db import Database
from core.errors import Invalid
from core.tables import MailRow
from tests.factories import CLOSING, LAST, OPENING, action, make_bidding, make_window, recorded_baseline, share
from tests.scene import Scene

SECRETS = ("morgenrot", "37.5", "certified local producers", "No, not this year", "1234.56")


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.open(bidding=make_bidding(mode=Mode.SEALED))
    return scene


def bid(scene: Scene) -> None:
    scene.bid("morgenrot", share("37.5"), action(), baseline=recorded_baseline("1234.56"))


def seen(scene: Scene, by: str = "") -> list[str]:
    """The shops whose bids somebody may see."""
    names = {shop.id: name for name, shop in scene.shops.items()}
    with scene.database.reading() as session:
        visible = queries.visible_bids(session, scene.campaign, scene.shops.get(by))
    return sorted(names[found.business] for found in visible)


def test_before_closing_a_sealed_bid_leaks_nowhere(scene: Scene):
    bid(scene)
    scene.bid("abendrot", share("20"))
    assert seen(scene) == []
    assert seen(scene, "abendrot") == ["abendrot"]
    told = str(scene.record())
    assert not [secret for secret in SECRETS if secret in told]
    with scene.database.reading() as session:
        assert queries.count_bids(session, scene.campaign.id) == 2


def test_no_mail_tells_a_sealed_bid_to_anybody_but_the_shop_itself(scene: Scene):
    bid(scene)
    with scene.database.reading() as session:
        mails = [(mail.recipient, str(mail.payload)) for mail in session.scalars(select(MailRow))]
    assert {to for to, _ in mails} == {"morgenrot@shops.example"}
    assert not [secret for secret in SECRETS for _, told in mails if secret in told]


def test_past_the_closing_instant_it_stays_sealed_until_it_is_opened_on_record(scene: Scene, clock: FixedClock):
    bid(scene)
    clock.set(CLOSING)
    assert seen(scene) == []
    scene.work()
    assert seen(scene) == ["morgenrot"]


def test_what_is_opened_matches_the_hash_published_before(scene: Scene):
    bid(scene)
    scene.wait_until(CLOSING)
    (sealed,) = scene.record("BidSealed")
    (opened,) = scene.record("BidRevealed")
    assert seal(opened.body["salt"], opened.body["content"]) == sealed.body["sha256"]
    assert opened.body["content"]["commitments"][0]["share"] == "37.5"
    assert opened.position > sealed.position


def test_a_raise_is_a_new_hash_and_the_last_one_is_opened(scene: Scene, clock: FixedClock):
    bid(scene)
    clock.advance(hours=1)
    scene.bid("morgenrot", share("40"), action())
    scene.wait_until(CLOSING)
    first, last = (fact.body["sha256"] for fact in scene.record("BidSealed"))
    (opened,) = scene.record("BidRevealed")
    assert first != last == seal(opened.body["salt"], opened.body["content"])


def test_equal_bids_have_different_hashes(scene: Scene):
    scene.bid("morgenrot", share("20"))
    scene.bid("abendrot", share("20"))
    one, other = (fact.body["sha256"] for fact in scene.record("BidSealed"))
    assert one != other


def test_a_bid_withdrawn_before_closing_is_never_opened(scene: Scene):
    bid(scene)
    scene.bid("abendrot", share("20"))
    scene.withdraw("morgenrot")
    scene.wait_until(CLOSING)
    assert seen(scene) == ["abendrot"]
    assert seen(scene, "morgenrot") == ["abendrot", "morgenrot"]
    told = str(scene.record())
    assert "37.5" not in told
    assert "morgenrot" not in told


def test_a_bid_withdrawn_after_the_award_was_opened_and_stays_visible(scene: Scene, clock: FixedClock):
    bid(scene)
    scene.bid("abendrot", share("20"))
    scene.wait_until(CLOSING)
    clock.advance(hours=1)
    scene.withdraw("morgenrot")
    assert seen(scene) == ["abendrot", "morgenrot"]


def test_where_the_campaign_is_cancelled_before_closing_its_bids_stay_sealed(scene: Scene):
    bid(scene)
    owner = scene.person()
    with scene.doing() as session:
        campaigns.cancel(session, scene.clock, owner, scene.slug, "the landlord")
    assert seen(scene) == []
    assert "37.5" not in str(scene.record())


def test_a_baseline_for_the_checker_only_is_not_opened_with_the_rest(scene: Scene):
    scene.bid("morgenrot", share("20"), baseline=recorded_baseline("9876.54", visibility="checker"))
    scene.wait_until(CLOSING)
    (opened,) = scene.record("BidRevealed")
    (sealed,) = scene.record("BidSealed")
    assert opened.body["content"]["baseline"] == {"visibility": "checker"}
    assert seal(opened.body["salt"], opened.body["content"]) == sealed.body["sha256"]
    assert "9876.54" not in str(scene.record())


def test_open_bids_are_seen_by_everybody_at_once(database: Database):
    scene = Scene(database)
    scene.open()
    scene.bid("morgenrot", share("37.5"))
    assert seen(scene) == ["morgenrot"]


def test_a_day_moved_while_bids_are_sealed_moves_their_dates_and_breaks_no_seal(scene: Scene, clock: FixedClock):
    scene.bid("morgenrot", share("37.5", due_weeks=6), share("5", name="own", due_on=date(2027, 4, 15)))
    days = timedelta(days=7)
    scene.edit(windows=(make_window(OPENING + days, LAST + days),))
    scene.wait_until(CLOSING)
    (sealed,), (opened,) = scene.record("BidSealed"), scene.record("BidRevealed")
    assert seal(opened.body["salt"], opened.body["content"]) == sealed.body["sha256"]
    weeks, own = scene.bid_of("morgenrot").offer.commitments
    assert (weeks.due_on, own.due_on) == (date(2027, 5, 29), date(2027, 7, 16))
    assert scene.recounted() == []


def test_a_bid_sealed_before_an_upgrade_is_opened_as_it_was_written(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    bid(scene)
    write = store.offer_body
    monkeypatch.setattr(store, "offer_body", lambda offer: {**write(offer), "later": "a field that came later"})
    scene.wait_until(CLOSING)
    (sealed,) = scene.record("BidSealed")
    (opened,) = scene.record("BidRevealed")
    assert seal(opened.body["salt"], opened.body["content"]) == sealed.body["sha256"]


def test_answers_are_sealed_with_the_bid_and_opened_with_it(database: Database):
    scene = Scene(database)
    asked = make_bidding(mode=Mode.SEALED, questions=(Question("Do you pay the living wage?", "yes"),))
    scene.open(bidding=asked)
    with pytest.raises(Invalid) as wrong:
        scene.bid("morgenrot", answers=(Answer("no"),))
    assert wrong.value.field == "answers.0"
    scene.bid("morgenrot", answers=(Answer("yes", "marzipan"),))
    assert "marzipan" not in str(scene.record())
    scene.wait_until(CLOSING)
    (opened,) = scene.record("BidRevealed")
    assert opened.body["content"]["answers"] == [{"answer": "yes", "words": "marzipan"}]
    assert scene.recounted() == []
