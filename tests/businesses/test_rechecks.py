"""A kept promise is asked about again, months later, by the clock alone; a lapse is published like a success."""

from __future__ import annotations

from datetime import timedelta

import pytest

from businesses import queries, service
from businesses.followthrough import Outcome, Verdict, asked_again, open_recheck
from campaigns.values import State
from core.db import Database
from core.errors import Conflict, Forbidden
from tests.factories import action
from tests.scene import Scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def test_a_kept_promise_is_asked_about_three_times_and_may_lapse(scene: Scene):
    (promise,) = scene.counted(action())
    owner, lea, shop = scene.person(), scene.person("lea"), scene.shops["morgenrot"]
    scene.look("lea", promise, "27")
    with scene.doing() as session:
        held = service.give_verdict(session, scene.clock, owner, promise.id, Verdict.KEPT, "we counted")
    six, twelve, last = asked_again(held)
    with pytest.raises(Conflict, match="later look comes with the re-check"):
        scene.look("lea", promise, "20")
    scene.wait_until(six.opens_at)
    looked = scene.look("lea", promise, "20")
    assert (len(looked.checks), len(looked.looks)) == (1, 1), "the look on which the verdict rests stays"
    with pytest.raises(Forbidden), scene.doing() as session:
        service.answer_recheck(session, scene.clock, lea, promise.id, Outcome.LAPSED, "gone")
    with scene.doing() as session:
        service.answer_recheck(session, scene.clock, owner, promise.id, Outcome.LAPSED, "20 of 27 are left")
    with scene.database.reading() as session:
        counted = queries.word_of(session, shop.id, scene.now)
    assert (counted.kept, counted.lapsed) == (0, 1)
    scene.wait_until(twelve.opens_at + timedelta(days=1))
    assert open_recheck(scene.obligations()[0], scene.now)
    assert scene.state == State.FOLLOWING
    scene.wait_until(last.until)
    told = [(f.kind, f.body["months"]) for f in scene.record("RecheckOpened", "RecheckGiven", "RecheckUnknown")]
    assert told == [
        ("RecheckOpened", 6), ("RecheckGiven", 6), ("RecheckOpened", 12), ("RecheckUnknown", 12),
        ("RecheckOpened", 48), ("RecheckUnknown", 48),
    ]  # fmt: skip
    assert scene.state == State.DONE
    assert scene.recounted() == []
