"""A losing bid may go on standing, and the next campaign begins with it in one step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.rules import Person, Role
from businesses import queries
from businesses import service as businesses
from businesses.preparing import Prepared, Reply, Stage
from businesses.standing import Standing
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.values import Campaign, Mode, State
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.factories import CLOSING, DUE, make_bidding, make_offer, share
from tests.scene import Scene
from web.trips import choosing, standing

UNTIL = date(2027, 12, 31)


@pytest.fixture
def scene(database: Database) -> Scene:
    """An auction that linde has lost."""
    scene = Scene(database)
    scene.open()
    scene.bid("morgenrot", share("40"))
    scene.bid("linde", share("30"))
    scene.wait_until(CLOSING)
    return scene


def let_stand(scene: Scene, name: str = "linde", until: date = UNTIL) -> Standing:
    with scene.doing() as session:
        return businesses.let_stand(session, scene.clock, scene.shops[name], scene.slug, until)


def begin(scene: Scene, by: Person | None = None) -> Campaign:
    organizer, bid = by or scene.person(), scene.bid_of("linde").id
    with scene.doing() as session:
        return standing.begin_next(session, scene.clock, organizer, scene.slug, bid)


def test_a_losing_bid_becomes_the_next_campaign_in_one_step(scene: Scene):
    let_stand(scene)
    assert scene.recounted() == []
    old, following = scene.campaign, begin(scene)
    assert (following.state, following.title, following.goal) == (State.DRAFT, old.title, old.goal)
    gap = following.windows[0].opens_at - scene.now
    assert timedelta(weeks=5) <= gap < timedelta(weeks=6)
    assert following.bidding
    assert following.bidding.closes_at
    assert scene.now + timedelta(days=13) < following.bidding.closes_at < following.windows[0].opens_at
    with scene.database.reading() as session:
        (held,) = queries.prepared_in(session, following.id)
        assert queries.standing_in(session, old.id, date(2027, 3, 16)) == []
    assert held.offer
    (promise,) = held.offer.commitments
    moved = following.last_day - old.last_day
    assert (held.stage, promise.due_on, moved.days % 7) == (Stage.READY, DUE + moved, 0)


def test_the_business_approves_once_it_is_open(scene: Scene):
    let_stand(scene)
    following, owner = begin(scene), scene.person()
    scene.slug = following.slug
    shop = scene.shops["linde"]
    with pytest.raises(Conflict, match="draft"), scene.doing() as session:
        choosing.reply_to_prepared(session, scene.clock, shop, following.slug, Reply.APPROVE, 1)
    with scene.doing() as session:
        campaigns.open_(session, scene.clock, owner, following.slug)
    with scene.doing() as session:
        _, bid = choosing.reply_to_prepared(session, scene.clock, shop, following.slug, Reply.APPROVE, 1)
    assert bid
    assert bid.offer.entered == "prepared"
    assert scene.recounted() == []


def test_it_begins_once(scene: Scene):
    let_stand(scene)
    begin(scene)
    with pytest.raises(Conflict, match="taken up"):
        begin(scene)
    with pytest.raises(Conflict, match="already"):
        let_stand(scene)


def test_after_its_day_it_begins_nothing(scene: Scene):
    let_stand(scene, until=date(2027, 3, 20))
    scene.clock.set(CLOSING + timedelta(days=6))
    with pytest.raises(Conflict, match="has passed"):
        begin(scene)


def test_taken_back_it_begins_nothing(scene: Scene):
    let_stand(scene)
    with scene.doing() as session:
        businesses.stop_standing(session, scene.clock, scene.shops["linde"], scene.slug)
    with pytest.raises(NotFound):
        begin(scene)
    assert scene.recounted() == []


def test_a_winner_lets_nothing_stand_and_a_day_must_lie_within_a_year(scene: Scene):
    with pytest.raises(Conflict, match="not chosen"):
        let_stand(scene, "morgenrot")
    for until in (date(2027, 3, 15), date(2029, 1, 1)):
        with pytest.raises(Invalid) as refused:
            let_stand(scene, until=until)
        assert refused.value.field == "until"


def test_a_runner_up_that_follows_stands_for_its_own_campaign_alone(scene: Scene):
    let_stand(scene)
    scene.withdraw("morgenrot")
    assert scene.winners == ["linde"]
    with pytest.raises(Conflict, match="not chosen"):
        begin(scene)


def test_only_organizers_begin_with_it(scene: Scene):
    let_stand(scene)
    with pytest.raises(Forbidden):
        begin(scene, scene.join("crew", Role.CREW))


def test_sent_back_in_the_draft_it_is_filled_in_there_again(scene: Scene):
    let_stand(scene)
    following = begin(scene)
    with scene.database.reading() as session:
        (waiting,) = queries.prepared_in(session, following.id)
    linde, owner = scene.shops["linde"], scene.person()

    def reply(said: Reply, version: int) -> Prepared:
        with scene.doing() as session:
            given = (session, scene.clock, linde, following.slug, said, version, "less")
            return businesses.reply_to_prepared(*given)[0]

    def fill() -> Prepared:
        with scene.doing() as session:
            offer = make_offer(share("25", due_on=date(2027, 12, 31)))
            return businesses.prepare(session, scene.clock, owner, following.slug, waiting.id, offer)

    with pytest.raises(Conflict):
        fill()
    assert reply(Reply.RETURN, waiting.version).stage == Stage.RETURNED
    again = fill()
    assert (again.stage, again.version) == (Stage.READY, waiting.version + 1)
    with pytest.raises(Conflict):
        reply(Reply.APPROVE, waiting.version)


def test_what_was_sealed_is_open_in_the_next_one(database: Database):
    scene = Scene(database)
    scene.open(bidding=make_bidding(mode=Mode.SEALED))
    scene.bid("morgenrot", share("40"))
    scene.bid("linde", share("30"))
    scene.wait_until(CLOSING)
    let_stand(scene)
    following = begin(scene)
    with scene.database.reading() as session:
        held = campaign_queries.by_id(session, following.id)
    assert held.bidding
    assert held.bidding.mode == Mode.OPEN
