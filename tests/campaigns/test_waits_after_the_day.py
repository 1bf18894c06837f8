"""Every wait has a clock and an exit: the rows of the table from the day on (DESIGN.md, States)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from accounts import service as accounts
from accounts.rules import Role
from businesses import service as businesses
from businesses.commitments import Commitment
from businesses.followthrough import Standing, Verdict, standing
from campaigns.values import State
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden
from core.money import Money
from pledges import service as pledges
from pledges.values import Figure, TillFigures
from tests.factories import LAST, OPENING, action, eur, make_window, share
from tests.scene import Scene
from web.trips import following

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    """At the end, everybody can replay what happened from the public record."""
    scene = Scene(database)
    yield scene
    assert scene.recounted() == []


# No till total


def at_the_till(scene: Scene, *commitments: Commitment) -> Scene:
    scene.open()
    scene.bid("morgenrot", *(commitments or (share("35"), action())))
    scene.agreed()
    scene.wait_until(LAST)
    assert scene.state == State.COUNTING
    return scene


def test_no_till_total_7_days_after_the_last_window_it_is_final_with_the_till_unknown(scene: Scene):
    at_the_till(scene).wait_until(LAST + 7 * DAY - SECOND)
    assert scene.state == State.COUNTING
    scene.wait_until(LAST + 7 * DAY)
    assert scene.state == State.FOLLOWING
    tally = scene.tally()
    assert (tally["state"], tally["till"], tally["owed"], tally["gap"]) == ("final", None, None, None)
    money, producers = sorted(scene.obligations(), key=lambda o: o.commitment.kind, reverse=True)
    assert (money.owed, producers.target) == (None, 27)


def test_no_till_total_within_the_term_it_is_not_final_and_after_it_with_a_reason(scene: Scene, clock: FixedClock):
    at_the_till(scene)
    with pytest.raises(Conflict, match=r"the business has until 2027-04-17T16:00:00Z"):
        scene.finalize("they are slow")
    clock.set(LAST + 7 * DAY)
    with pytest.raises(Conflict, match="public reason"):
        scene.finalize()
    assert scene.finalize("they never answered").state == State.FINAL
    assert scene.record("TallyFinalized")[0].body["reason"] == "they never answered"


def test_one_of_two_windows_missing_nothing_is_owed_by_the_other_alone(scene: Scene):
    sunday = make_window(OPENING + DAY, LAST + DAY, "sunday")
    scene.open(windows=(make_window(), sunday))
    scene.bid("morgenrot", share("35"))
    scene.agreed()
    scene.wait_until(LAST + DAY)
    scene.declare("morgenrot", "2000.84")
    scene.wait_until(LAST + 8 * DAY)
    tally = scene.tally()
    assert (tally["till"]["complete"], tally["owed"]) == (False, None)
    assert scene.obligations()[0].owed is None


# Till disputed


def disputed(scene: Scene) -> str:
    """The shop says 2000.84, the organizer counted 1900."""
    at_the_till(scene, share("35"))
    owner, shop = scene.person(), scene.shops["morgenrot"]
    with scene.doing() as session:
        till = pledges.declare_till(
            session, scene.clock, scene.slug, shop.id, scene.window(), TillFigures(eur("2000.84"))
        )
    with scene.doing() as session:
        pledges.confirm_till(session, scene.clock, owner, till.id, eur("1900"), "two rolls are missing")
    return till.id


def test_till_disputed_both_figures_stand_and_owed_is_a_range_until_the_end(scene: Scene):
    disputed(scene)
    scene.finalize()
    tally = scene.tally()
    (window,) = tally["till"]["windows"]
    assert (window["takings"]["amount"], window["counter_takings"]["amount"]) == ("2000.84", "1900.00")
    (line,) = tally["owed"]
    assert line["amount"] is None
    assert (line["range"]["low"]["amount"], line["range"]["high"]["amount"]) == ("665.00", "700.29")


def test_till_disputed_the_monitor_decides(scene: Scene):
    till = disputed(scene)
    monitor = scene.join("ida", Role.MONITOR)
    with scene.doing() as session:
        pledges.resolve_till(session, scene.clock, monitor, till, Figure.COUNTER, "I saw the rolls")
    scene.finalize()
    assert scene.tally()["owed"][0]["amount"] == {"amount": "665.00", "currency": "EUR"}
    assert scene.obligations()[0].owed == Money(66500, "EUR")


# The business closed, the organizer silent, verdicts and disputes


def test_business_closed_its_promises_end_apart_from_broken_and_a_new_owner_may_adopt_them(scene: Scene):
    scene.counted(share("35"), action())
    shop = scene.shops["morgenrot"]
    with scene.doing() as session:
        following.close_business(session, scene.clock, shop, "sold to a chain")
    assert {standing(o, scene.now) for o in scene.obligations()} == {Standing.ENDED_CLOSED}
    assert scene.state == State.DONE
    with scene.doing() as session:
        businesses.adopt_promises(session, scene.clock, shop)
    assert {standing(o, scene.now) for o in scene.obligations()} == {Standing.NOT_DUE}


def test_organizer_silent_for_30_days_after_a_duty_a_monitor_or_supporter_takes_the_campaign_up(scene: Scene):
    (promise,) = scene.counted(action())
    lea, stranger = scene.person("lea"), scene.person("stranger")
    scene.file(promise, "27")
    scene.wait_until(promise.due_at)
    with pytest.raises(Conflict), scene.doing() as session:
        following.adopt(session, scene.clock, lea, scene.slug)
    scene.wait_until(promise.due_at + 30 * DAY)
    with pytest.raises(Forbidden), scene.doing() as session:
        following.adopt(session, scene.clock, stranger, scene.slug)
    with scene.doing() as session:
        following.adopt(session, scene.clock, lea, scene.slug)
    assert scene.record("CampaignAdopted")


def test_organizer_silent_a_monitor_who_takes_the_campaign_up_checks_it_no_more(scene: Scene):
    (promise,) = scene.counted(action())
    ida = scene.join("ida", Role.MONITOR)
    scene.file(promise, "27")
    scene.wait_until(promise.due_at + 30 * DAY)
    with scene.doing() as session:
        following.adopt(session, scene.clock, ida, scene.slug)
        team = scene.campaign.team
        assert accounts.roles(session, team, ida) == {Role.CO_ORGANIZER}
        given = businesses.give_verdict(session, scene.clock, ida, promise.id, Verdict.KEPT, "counted them").verdict
    assert given is not None
    assert given.seen_by == "parties"


def test_a_promise_that_nobody_judges_is_unknown_publicly_and_the_campaign_ends(scene: Scene):
    (promise,) = scene.counted(action())
    scene.wait_until(promise.due_at)
    assert [f.kind for f in scene.record("PromiseLate", "PromiseUnknown")] == ["PromiseLate"]
    scene.wait_until(promise.due_at + 90 * DAY)
    assert [f.kind for f in scene.record("PromiseLate", "PromiseUnknown")] == ["PromiseLate", "PromiseUnknown"]
    assert scene.state == State.DONE


def test_a_dispute_that_nobody_settles_is_unknown_after_its_term_and_the_campaign_ends(scene: Scene):
    (promise,) = scene.counted(action())
    owner, shop = scene.person(), scene.shops["morgenrot"]
    scene.file(promise, "20")
    with scene.doing() as session:
        businesses.give_verdict(session, scene.clock, owner, promise.id, Verdict.PARTLY_KEPT, "8 of 15")
    scene.clock.advance(days=1)
    with scene.doing() as session:
        businesses.reply(session, scene.clock, shop, promise.id, "We see it otherwise", dispute=True)
    disputed_at = scene.now
    assert standing(scene.obligations()[0], scene.now) == Standing.DISPUTED
    scene.wait_until(disputed_at + 30 * DAY)
    assert standing(scene.obligations()[0], scene.now) == Standing.UNKNOWN
    assert len(scene.record("PromiseUnknown")) == 1
    assert scene.state == State.DONE


def test_a_settled_campaign_ends_when_the_term_for_replies_has_passed(scene: Scene):
    (promise,) = scene.counted(action())
    owner = scene.person()
    scene.file(promise, "27")
    with scene.doing() as session:
        businesses.give_verdict(session, scene.clock, owner, promise.id, Verdict.BROKEN, "none is there")
    given_at = scene.now
    scene.wait_until(given_at + 30 * DAY - SECOND)
    assert scene.state == State.FOLLOWING
    scene.wait_until(given_at + 30 * DAY)
    assert scene.state == State.DONE
    assert scene.record("CampaignDone")[0].body == {"outcome": "followed_through"}
