"""Circles from the verdict to the promise that comes of them, or to their term."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from accounts.rules import Role
from businesses import service as businesses
from businesses.circles import queries, service
from businesses.circles.service import Draft, Leader
from businesses.circles.values import TERM, Circle, Ending, Gathering, Named
from businesses.followthrough import Obligation, Verdict
from core.db import Database
from core.errors import Forbidden, Invalid, NotFound
from tests.factories import action
from tests.scene import KEYS, Scene
from web.recounting import recount


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def broken(scene: Scene) -> Obligation:
    (promise,) = scene.counted(action())
    owner = scene.person()
    with scene.doing() as session:
        businesses.give_verdict(session, scene.clock, owner, promise.id, Verdict.BROKEN, "Nothing was done.")
    return promise


def led(scene: Scene, promise: Obligation) -> tuple[Circle, Leader]:
    """A circle that somebody from outside leads, as both sides have accepted."""
    shop, owner = scene.shops["morgenrot"], scene.person()
    with scene.doing() as session:
        c = service.open_circle(session, scene.clock, shop, promise.id, Named("Noor@example.org", "Noor"))
    with scene.doing() as session:
        service.answer_facilitator(session, scene.clock, owner, c.id, agrees=True)
    who = Leader(KEYS, KEYS.token("circle", c.subject))
    with scene.doing() as session:
        return service.accept(session, scene.clock, who, c.id, agrees=True, show_name=True), who


def test_a_circle_ends_with_a_remedy_that_is_a_promise_of_its_own(scene: Scene):
    promise = broken(scene)
    c, who = led(scene, promise)
    shop, owner = scene.shops["morgenrot"], scene.person()
    at = scene.now + timedelta(days=10)
    with scene.doing() as session:
        service.arrange(session, scene.clock, who, c.id, Gathering(at, "At the library", ("a@example.org",)))
    scene.wait_until(at)
    due_on = at.date() + timedelta(days=60)
    with scene.doing() as session:
        service.hold(session, scene.clock, who, c.id)
        written = Draft("We will stock ten of them.", due_on, "organizer", "10", "producers")
        remedy = service.propose(session, scene.clock, who, c.id, written).remedy
        assert remedy is not None
    for _ in range(2):  # the same answer again changes nothing
        with scene.doing() as session:
            service.answer_remedy(session, scene.clock, shop, c.id, remedy.id, agrees=True)
    with scene.doing() as session:
        ended = service.answer_remedy(session, scene.clock, owner, c.id, remedy.id, agrees=True)
    made = next(o for o in scene.obligations() if o.id == ended.mended_by)
    assert (made.remedies, made.words, made.due_on) == (promise.id, "We will stock ten of them.", due_on)
    assert (made.target, ended.meeting) == (10, None)
    kinds = ("CircleOpened", "CircleLed", "CircleHeld", "CircleEnded")
    assert [f.kind for f in scene.record(*kinds)] == list(kinds)
    assert "noor" not in "".join(scene.lines()).lower()
    assert scene.recounted() == []
    assert "it was not held" in found_without(scene, "CircleHeld")
    assert "nobody led it" in found_without(scene, "CircleLed")
    assert "no winner's bid holds this promise" in found_without(scene, "CircleEnded")


def found_without(scene: Scene, kind: str) -> str:
    """What a recount says of the record from which the facts of a kind were taken, with seals and numbers."""
    told = [json.loads(line) for line in scene.lines()]
    kept = [{k: v for k, v in line.items() if k not in {"seal", "number"}} for line in told if line["kind"] != kind]
    return " ".join(recount(json.dumps(line) for line in kept).lines)


def test_without_an_outcome_the_clock_ends_it_and_the_campaign_waited_for_it(scene: Scene):
    promise = broken(scene)
    c, _ = led(scene, promise)
    scene.wait_until(c.until - timedelta(seconds=1))
    assert scene.state == "following"
    scene.wait_until(scene.now + TERM)
    with scene.database.reading() as session:
        assert queries.by_id(session, c.id).ending == Ending.LAPSED
    assert scene.state == "done"
    assert scene.recounted() == []


def test_only_sides_and_the_monitor_open_one_and_nobody_of_a_side_leads_it(scene: Scene):
    promise = broken(scene)
    owner, stranger = scene.person(), scene.person("lea")
    with scene.doing() as session, pytest.raises(Forbidden):
        service.open_circle(session, scene.clock, stranger, promise.id, Named("ines@example.org"))
    for named in (None, Named("morgenrot@shops.example"), Named("owner@example.org")):
        with scene.doing() as session, pytest.raises(Invalid) as refused:
            service.open_circle(session, scene.clock, owner, promise.id, named)
        assert refused.value.field == "email"
    monitor = scene.join("ruth", Role.MONITOR)
    with scene.doing() as session:
        c = service.open_circle(session, scene.clock, monitor, promise.id)
        assert c.facilitator.waits_for == ("business", "organizer")
        with pytest.raises(NotFound):
            service.demand_leader(session, Leader(KEYS, "wrong"), c)
        with pytest.raises(Forbidden):
            service.demand_leader(session, Leader(KEYS, "", stranger), c)
        service.demand_leader(session, Leader(KEYS, "", monitor), c)
