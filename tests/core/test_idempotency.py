"""One effect per Idempotency-Key, however often and however simultaneously a request is repeated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from core import audit, idempotency
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden
from core.idempotency import Answer, Once
from core.tables import AnswerRow, AuditRow
from core.tokens import Keys
from tests.at_once import at_once, outcomes

REQUEST = Once(Keys("secret"), actor="lea", path="POST /pledges", key="key-1", request=b'{"amount":"20"}')


def ask(database: Database, once: Once = REQUEST, answer: Any = "made") -> Answer:
    """Answer a request as an edge does; the work leaves one row."""
    with database.writing() as session:
        now = database.clock.now(session)

        def work() -> Answer:
            audit.note(session, once.actor, "work", str(answer), now)
            return Answer(201, {"answer": answer})

        return once.do(session, now, work)


def effects(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def test_the_same_request_again_gives_the_same_answer_and_one_effect(database: Database):
    first = ask(database)
    assert ask(database, answer="something else") == first == Answer(201, {"answer": "made"})
    assert effects(database) == 1


def test_the_same_key_with_another_body_is_refused(database: Database):
    ask(database)
    with pytest.raises(Conflict, match="another body"):
        ask(database, replace(REQUEST, request=b'{"amount":"21"}'))
    assert effects(database) == 1


@pytest.mark.parametrize("other", [{"actor": "max"}, {"path": "POST /bids"}, {"key": "key-2"}])
def test_a_key_belongs_to_one_actor_and_one_path(database: Database, other: dict[str, Any]):
    ask(database)
    ask(database, replace(REQUEST, **other))
    assert effects(database) == 2


def test_parts_of_a_scope_cannot_be_shifted_into_each_other(database: Database):
    ask(database, replace(REQUEST, actor="a", path="bc"))
    ask(database, replace(REQUEST, actor="ab", path="c"))
    assert effects(database) == 2


def test_of_many_at_once_one_does_the_work_and_all_get_its_answer(database: Database):
    answers = at_once(8, lambda n: ask(database, answer=n))
    assert effects(database) == 1
    assert len({str(answer.body) for answer in answers}) == 1


def test_of_two_bodies_at_once_under_one_key_only_one_is_done(database: Database):
    bodies = [replace(REQUEST, request=f'{{"amount":"{n}"}}'.encode()) for n in range(6)]
    done, refused = outcomes(6, lambda n: ask(database, bodies[n]))
    assert (len(done), len(refused), effects(database)) == (1, 5, 1)


def test_work_that_was_refused_may_be_tried_again(database: Database):
    def refuse() -> Answer:
        raise Forbidden("not yours")

    with pytest.raises(Forbidden), database.writing() as session:
        REQUEST.do(session, database.clock.now(session), refuse)
    assert ask(database).status == 201


def test_an_answer_is_kept_for_a_day(database: Database, clock: FixedClock):
    ask(database)
    clock.advance(hours=23, minutes=59)
    ask(database)
    assert effects(database) == 1
    clock.advance(minutes=1)
    assert ask(database, answer="afresh").body == {"answer": "afresh"}
    assert effects(database) == 2


def test_old_answers_are_forgotten(database: Database, clock: FixedClock):
    ask(database)
    clock.advance(hours=20)
    ask(database, replace(REQUEST, key="key-2"))
    clock.advance(hours=5)
    with database.writing() as session:
        idempotency.forget_old(session, clock.instant)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AnswerRow)) == 1


def test_a_secret_in_an_answer_cannot_be_read_from_the_database(database: Database):
    ask(database, answer="a-token-shown-once")
    with database.reading() as session:
        assert b"a-token-shown-once" not in session.scalars(select(AnswerRow.answer)).one()
