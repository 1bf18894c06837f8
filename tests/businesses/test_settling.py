"""What no side decides alone: another thing in a promise's place."""

from __future__ import annotations

import pytest

from businesses import service
from businesses.followthrough import Verdict
from core.db import Database
from core.errors import Conflict, Forbidden
from tests.factories import action
from tests.scene import Scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def test_both_sides_agree_to_another_thing_before_the_verdict_says_so(scene: Scene):
    (promise,) = scene.counted(action())
    scene.file(promise, "12")
    shop, owner, stranger = scene.shops["morgenrot"], scene.person("owner"), scene.person("lea")
    with scene.doing() as session, pytest.raises(Forbidden):
        service.propose_substitute(session, scene.clock, stranger, promise.id, "Bikes.", "No vans.")
    with scene.doing() as session:
        offered = service.propose_substitute(session, scene.clock, shop, promise.id, "Bikes.", "No vans.").substitute
        assert offered is not None
    with scene.doing() as session, pytest.raises(Conflict):
        service.answer_substitute(session, scene.clock, shop, promise.id, offered.id, agrees=True)
    with scene.doing() as session:
        held = service.answer_substitute(session, scene.clock, owner, promise.id, offered.id, agrees=True)
        assert held.replaced_by is not None
        service.give_verdict(session, scene.clock, owner, promise.id, Verdict.SUBSTITUTED, "We rode along.")
    assert [f.kind for f in scene.record("SubstituteProposed", "SubstituteAnswered", "VerdictGiven")] == [
        "SubstituteProposed", "SubstituteAnswered", "VerdictGiven",
    ]  # fmt: skip
    assert scene.recounted() == []
