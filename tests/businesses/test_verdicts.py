"""Judging promises: who may, what the numbers allow, the right of reply, disputes, and more time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.rules import Role
from businesses import queries, service
from businesses.commitments import Checker
from businesses.followthrough import EXTENSION_TERM, Obligation, Standing, Verdict, standing
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid
from tests.factories import DUE, action, fixed
from tests.scene import Scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def judge(scene: Scene, who: str, promise: Obligation, verdict: Verdict, reason: str = "we counted") -> Obligation:
    person = scene.person(who)
    with scene.doing() as session:
        return service.give_verdict(session, scene.clock, person, promise.id, verdict, reason)


def reread(scene: Scene, promise: Obligation) -> Obligation:
    with scene.database.reading() as session:
        return queries.obligation(session, promise.id)


# Verdicts


def test_a_person_confirms_what_the_numbers_say(scene: Scene):
    (promise,) = scene.counted(action())
    scene.look("lea", promise, "23")
    with pytest.raises(Invalid, match="11 of 15"):
        judge(scene, "owner", promise, Verdict.KEPT)
    given = judge(scene, "owner", promise, Verdict.PARTLY_KEPT).verdict
    assert given is not None
    assert (given.verdict, given.value, given.of, given.seen_by) == (Verdict.PARTLY_KEPT, 11, 15, "independent")
    (fact,) = scene.record("VerdictGiven")
    assert (fact.body["verdict"], fact.body["by"]) == ("partly_kept", "organizer")


def test_kept_without_independent_eyes_is_by_the_parties_own_account(scene: Scene):
    (promise,) = scene.counted(action())
    scene.file(promise, "27")
    given = judge(scene, "owner", promise, Verdict.KEPT).verdict
    assert given is not None
    assert given.seen_by == "parties"
    with scene.database.reading() as session:
        word = queries.word_of(session, promise.business, scene.now)
    assert (word.kept, word.kept_own_account, word.fallen_due) == (0, 1, 1)


@pytest.mark.parametrize(
    ("checker", "who", "allowed"),
    [
        (Checker.ORGANIZER, "owner", True),
        (Checker.ORGANIZER, "ida", False),
        (Checker.MONITOR, "ida", True),
        (Checker.MONITOR, "owner", False),
        (Checker.SUPPORTERS, "lea", False),
        (Checker.SUPPORTERS, "stranger", False),
    ],
)
def test_only_who_the_agreement_names_judges(scene: Scene, checker: Checker, who: str, allowed: bool):
    (promise,) = scene.counted(action(checker=checker))
    scene.join("ida", Role.MONITOR)
    scene.file(promise, "27")
    if allowed:
        assert judge(scene, who, promise, Verdict.KEPT).verdict
    else:
        with pytest.raises(Forbidden, match="names somebody else"):
            judge(scene, who, promise, Verdict.KEPT)


def test_after_a_verdict_the_business_replies_and_files_no_more(scene: Scene):
    (promise,) = scene.counted(action())
    scene.file(promise, "20")
    judge(scene, "owner", promise, Verdict.PARTLY_KEPT)
    with pytest.raises(Conflict, match="A verdict has been given"):
        scene.file(promise, "27")
    with pytest.raises(Conflict, match="A verdict has been given"):
        scene.look("lea", promise, "27")


# Reply and dispute


def reply(scene: Scene, promise: Obligation, *, dispute: bool = False) -> Obligation:
    shop = scene.shops["morgenrot"]
    with scene.doing() as session:
        return service.reply(session, scene.clock, shop, promise.id, "Hail took four of them.", dispute=dispute)


def test_the_business_has_the_right_of_reply_before_and_after_a_verdict(scene: Scene):
    (promise,) = scene.counted(action())
    reply(scene, promise)
    judge(scene, "owner", promise, Verdict.BROKEN)
    replied = reply(scene, promise)
    assert [r.text for r in replied.replies] == ["Hail took four of them."] * 2
    assert standing(replied, scene.now) == Standing.SETTLED


def test_a_verdict_can_be_disputed_and_heard_again(scene: Scene):
    (promise,) = scene.counted(action())
    with pytest.raises(Conflict, match="no verdict to dispute"):
        reply(scene, promise, dispute=True)
    scene.file(promise, "20")
    judge(scene, "owner", promise, Verdict.BROKEN)
    scene.clock.advance(days=1)
    assert standing(reply(scene, promise, dispute=True), scene.now) == Standing.DISPUTED
    scene.clock.advance(days=1)
    heard = judge(scene, "owner", promise, Verdict.PARTLY_KEPT)
    assert standing(heard, scene.now) == Standing.SETTLED
    assert len(heard.verdicts) == 2


# More time


def test_more_time_is_asked_for_and_given_and_the_first_date_stays(scene: Scene):
    (promise,) = scene.counted(action())
    owner, shop, later = scene.person(), scene.shops["morgenrot"], DUE + timedelta(days=60)
    with scene.doing() as session:
        asked = service.ask_extension(session, scene.clock, shop, promise.id, later, "the harvest is late")
    assert asked.due_on == DUE
    with scene.doing() as session:
        granted = service.answer_extension(session, scene.clock, owner, promise.id, accept=True)
    assert (granted.due_on, granted.first_due_on, granted.extension_asked) == (later, DUE, None)
    assert [f.kind for f in scene.record("ExtensionAsked", "ExtensionGranted")] == [
        "ExtensionAsked",
        "ExtensionGranted",
    ]
    scene.wait_until(promise.due_at + timedelta(days=30))
    assert scene.record("PromiseLate") == []
    scene.file(promise, "27")
    given = judge(scene, "owner", promise, Verdict.KEPT_LATE)
    assert given.verdict


def test_more_time_can_be_refused(scene: Scene):
    (promise,) = scene.counted(action())
    owner, shop = scene.person(), scene.shops["morgenrot"]
    with pytest.raises(Conflict, match="Nobody has asked"), scene.doing() as session:
        service.answer_extension(session, scene.clock, owner, promise.id, accept=True)
    with scene.doing() as session:
        service.ask_extension(session, scene.clock, shop, promise.id, DUE + timedelta(days=1), "slow")
    with scene.doing() as session:
        refused = service.answer_extension(session, scene.clock, owner, promise.id, accept=False)
    assert (refused.due_on, refused.extension_asked) == (DUE, None)


def test_a_question_for_more_time_that_nobody_answers_lapses_and_it_is_said(scene: Scene):
    (promise,) = scene.counted(action())
    owner, shop = scene.person(), scene.shops["morgenrot"]
    for answer in (False, None):
        with scene.doing() as session:
            service.ask_extension(session, scene.clock, shop, promise.id, DUE + timedelta(days=90), "slow")
        if answer is not None:
            with scene.doing() as session:
                service.answer_extension(session, scene.clock, owner, promise.id, accept=answer)
    scene.clock.instant += EXTENSION_TERM
    with pytest.raises(Conflict, match="term for an answer has passed"), scene.doing() as session:
        service.answer_extension(session, scene.clock, owner, promise.id, accept=True)
    scene.wait_until(scene.now)
    (held,) = scene.obligations()
    assert (held.due_on, held.extension_asked) == (DUE, None)
    scene.wait_until(promise.due_at)
    scene.wait_until(promise.due_at + timedelta(days=31))
    told = ("ExtensionRefused", "ExtensionLapsed", "PromiseLate", "PromiseVeryLate")
    assert [f.kind for f in scene.record(*told)] == list(told)
    assert scene.recounted() == []


def test_a_late_promise_given_more_time_is_late_again_after_it(scene: Scene):
    (promise,) = scene.counted(action())
    owner, shop = scene.person(), scene.shops["morgenrot"]
    scene.wait_until(promise.due_at)
    with scene.doing() as session:
        service.ask_extension(session, scene.clock, shop, promise.id, DUE + timedelta(days=30), "slow")
    with scene.doing() as session:
        extended = service.answer_extension(session, scene.clock, owner, promise.id, accept=True)
    assert standing(extended, scene.now) == Standing.NOT_DUE
    scene.wait_until(extended.due_at)
    assert len(scene.record("PromiseLate")) == 2


@pytest.mark.parametrize(
    ("days", "reason", "field"), [(0, "slow", "due_on"), (-1, "slow", "due_on"), (9, " ", "reason")]
)
def test_more_time_needs_a_later_date_and_a_reason(scene: Scene, days: int, reason: str, field: str):
    (promise,) = scene.counted(action())
    shop = scene.shops["morgenrot"]
    with pytest.raises(Invalid) as wrong, scene.doing() as session:
        service.ask_extension(session, scene.clock, shop, promise.id, DUE + timedelta(days=days), reason)
    assert wrong.value.field == field


def test_only_organizers_give_more_time(scene: Scene):
    (promise,) = scene.counted(action())
    crew, shop = scene.join("crew", Role.CREW), scene.shops["morgenrot"]
    with scene.doing() as session:
        service.ask_extension(session, scene.clock, shop, promise.id, DUE + timedelta(days=1), "slow")
    with pytest.raises(Forbidden), scene.doing() as session:
        service.answer_extension(session, scene.clock, crew, promise.id, accept=True)


# The record of a business


def test_a_businesss_word_counts_what_is_overdue_and_follows_it(scene: Scene):
    kept, broken, late = scene.counted(action(name="a", metric="lamps"), action(name="b", metric="bags"), fixed("500"))
    by_metric = {getattr(o.commitment, "metric", "money"): o for o in (kept, broken, late)}
    scene.look("lea", by_metric["lamps"], "27")
    judge(scene, "owner", by_metric["lamps"], Verdict.KEPT)
    judge(scene, "owner", by_metric["bags"], Verdict.BROKEN)
    scene.wait_until(late.due_at)
    with scene.database.reading() as session:
        word = queries.word_of(session, late.business, scene.now)
        before = queries.word_of(session, late.business, scene.now - timedelta(days=1))
    assert (word.kept, word.broken, word.overdue, word.open, word.fallen_due) == (1, 1, 1, 0, 3)
    assert word.public()["kept_rate"] == "33"
    assert (before.open, before.fallen_due) == (1, 2)
