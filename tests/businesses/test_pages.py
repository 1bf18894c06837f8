"""The page that a promise names is looked at; a yes is public at once, a no once a person has looked, too."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from accounts.rules import Role
from businesses import jobs, pages, queries, service
from businesses.commitments import Checker
from businesses.followthrough import Obligation, Verdict
from businesses.pages import Answer, Looked, Read
from businesses.watching import Look, Page, Watch
from core.db import Database
from core.errors import Conflict, Forbidden
from core.tables import FactRow
from tests.factories import action
from tests.scene import Scene

URL = "https://shop.example/producers"
WATCH = Watch(URL, Look.COUNT, "ul.producers li", Decimal(15))


class Shelf(jobs.Reader):
    """A page with so many producers, read without a network."""

    def __init__(self, producers: int | None) -> None:
        super().__init__("https://mob.example")
        self.producers = producers

    def read(self, tasks: object, known: object = None) -> list[Read]:
        return [self._one() for _ in tasks]  # type: ignore[attr-defined]  # a sequence, as its base has it

    def _one(self) -> Read:
        if self.producers is None:
            return Read(URL, why="no_answer")
        body = f"<ul class=producers>{'<li>a' * self.producers}</ul>".encode()
        return Read(URL, 200, "ab" * 32, Page(body))


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def promised(scene: Scene, checker: Checker = Checker.ORGANIZER) -> Obligation:
    (o,) = scene.counted(action(watch=WATCH, checker=checker))
    return o


def read(scene: Scene, producers: int | None) -> list[str]:
    return jobs.look_at_pages(scene.database, Shelf(producers))


def looks(scene: Scene, o: Obligation) -> list[Looked]:
    with scene.database.reading() as session:
        return queries.looks(session, o.id)


def asked(scene: Scene) -> int:
    """How often a person was asked to look: nothing of that is public."""
    assert not scene.record("PageAsked")
    with scene.database.reading() as session:
        return session.scalar(select(func.count()).where(FactRow.kind == "PageAsked")) or 0


def answer(scene: Scene, o: Obligation, *, agrees: bool, who: str = "owner") -> Looked:
    person = scene.person(who)
    with scene.doing() as session:
        return service.answer_page(session, scene.clock, person, looks(scene, o)[0].id, agrees=agrees)


def test_the_page_of_a_promise_is_read_from_the_final_tally_on_and_a_yes_is_public_at_once(scene: Scene) -> None:
    o = promised(scene)
    assert read(scene, 15) == [f"page passed: {o.words}"]
    (fact,) = scene.record("PageChecked")
    assert (fact.body["passed"], fact.body["found"], fact.body["by"]) == (True, "15", "")
    (look,) = looks(scene, o)
    assert look.words == "a" + " a" * 14
    assert read(scene, 15) == [], "not before it is due again"


def test_the_same_yes_again_is_no_news(scene: Scene) -> None:
    o = promised(scene)
    for found in (15, 15, 16):
        read(scene, found)
        scene.clock.advance(days=7)
    assert [f.body["found"] for f in scene.record("PageChecked")] == ["15", "16"]
    assert len(looks(scene, o)) == 3


def test_a_no_is_asked_of_who_checks_and_nobody_else_hears_of_it(scene: Scene) -> None:
    o = promised(scene)
    read(scene, 11)
    assert not scene.record("PageChecked")
    assert looks(scene, o)[0].answer == Answer.ASKED
    assert asked(scene) == 1
    scene.clock.advance(days=7)
    read(scene, 11)
    assert asked(scene) == 1, "nobody is asked again of the same"


def test_a_no_that_a_person_confirms_is_public(scene: Scene) -> None:
    o = promised(scene)
    read(scene, 11)
    assert answer(scene, o, agrees=True).answer == Answer.CONFIRMED
    (fact,) = scene.record("PageChecked")
    assert (fact.body["passed"], fact.body["found"], fact.body["by"]) == (False, "11", "organizer")
    with pytest.raises(Conflict):
        answer(scene, o, agrees=False)


def test_a_no_that_a_person_sets_aside_never_becomes_public(scene: Scene) -> None:
    o = promised(scene)
    read(scene, 11)
    assert answer(scene, o, agrees=False).answer == Answer.SET_ASIDE
    scene.clock.advance(days=7)
    read(scene, 11)
    assert not scene.record("PageChecked")
    assert asked(scene) == 1
    scene.clock.advance(days=7)
    read(scene, 9)
    assert asked(scene) == 2, "another finding is another question"


def test_only_whom_the_agreement_names_answers(scene: Scene) -> None:
    o = promised(scene, Checker.MONITOR)
    scene.join("mona", Role.MONITOR)
    read(scene, 11)
    with pytest.raises(Forbidden):
        answer(scene, o, agrees=True)
    assert answer(scene, o, agrees=True, who="mona").by == "monitor"


def test_a_page_that_cannot_be_read_is_tried_again_and_then_asked_of(scene: Scene) -> None:
    o = promised(scene)
    for pause in pages.AGAIN:
        read(scene, None)
        assert looks(scene, o)[0].answer == Answer.UNREAD
        scene.clock.advance(seconds=pause.total_seconds())
    read(scene, None)
    assert looks(scene, o)[0].answer == Answer.ASKED
    assert not scene.record("PageChecked")


def test_an_error_of_the_site_is_no_page(scene: Scene) -> None:
    o = promised(scene)
    task = service.Task(o.id, WATCH, o.due_on)
    with scene.doing() as session:
        service.note_page(session, scene.clock, task, Read(URL, 404, "ab" * 32, Page(b"<li>" * 20)))
    (look,) = looks(scene, o)
    assert (look.answer, look.why) == (Answer.UNREAD, "status")


def test_it_is_looked_at_weekly_then_daily_once_due_and_not_after_the_verdict(scene: Scene) -> None:
    o = promised(scene)
    assert pages.next_look(o, 0, scene.now) == scene.now + timedelta(days=7)
    assert pages.next_look(o, 0, o.due_at - timedelta(days=1)) == o.due_at
    assert pages.next_look(o, 0, o.due_at) == o.due_at + timedelta(days=1)
    owner = scene.person()
    with scene.doing() as session:
        service.file_evidence(session, scene.clock, scene.shops["morgenrot"], o.id, {"note": "Done.", "value": "27"})
        judged = service.give_verdict(session, scene.clock, owner, o.id, Verdict.KEPT, "we counted")
    assert pages.next_look(judged, 0, scene.now) is None


def test_a_reader_that_dies_leaves_the_page_to_the_next_one(scene: Scene) -> None:
    o = promised(scene)
    with scene.doing() as session:
        assert [task.obligation for task in service.claim_pages(session, scene.clock, 10)] == [o.id]
    assert read(scene, 15) == []
    scene.clock.advance(hours=1)
    assert read(scene, 15) == [f"page passed: {o.words}"]
