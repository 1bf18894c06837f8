"""Readers that do something about facts: in order, each fact once in effect, also after a crash."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, record, subscriptions
from core.db import Database
from core.facts import Recorded
from core.tables import AuditRow
from tests.at_once import at_once
from tests.core.test_record import plant
from tests.factories import NOW


def note(session: Session, fact: Recorded) -> None:
    """The effect: one row for each fact."""
    audit.note(session, "reader", str(fact.body["number"]), str(fact.position), NOW)


def noted(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditRow.subject).order_by(AuditRow.seq)))


def published(database: Database, many: int) -> None:
    plant(database, 1, range(many))
    record.publish(database)


def test_each_fact_is_delivered_once_and_in_order(database: Database):
    published(database, 5)
    assert subscriptions.deliver(database, "notes", note) == 5
    assert subscriptions.deliver(database, "notes", note) == 0
    assert noted(database) == ["1", "2", "3", "4", "5"]


def test_a_backlog_comes_in_batches(database: Database):
    published(database, 5)
    assert [subscriptions.deliver(database, "notes", note, batch=2) for _ in range(4)] == [2, 2, 1, 0]
    assert noted(database) == ["1", "2", "3", "4", "5"]


def test_a_crash_in_the_handler_undoes_what_it_wrote_and_delivers_again(database: Database):
    published(database, 4)
    crashes = iter([True, True, False])

    def crash_at_the_third(session: Session, fact: Recorded) -> None:
        note(session, fact)
        if fact.position == 3 and next(crashes):
            raise RuntimeError("killed")

    for _ in range(2):
        with pytest.raises(RuntimeError, match="killed"):
            subscriptions.deliver(database, "notes", crash_at_the_third)
        assert noted(database) == []
    assert subscriptions.deliver(database, "notes", crash_at_the_third) == 4
    assert noted(database) == ["1", "2", "3", "4"]


def test_what_was_delivered_before_a_crash_in_a_later_batch_stays(database: Database):
    published(database, 4)
    subscriptions.deliver(database, "notes", note, batch=2)

    def crash(session: Session, fact: Recorded) -> None:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        subscriptions.deliver(database, "notes", crash, batch=2)
    assert noted(database) == ["1", "2"]
    assert subscriptions.deliver(database, "notes", note) == 2


def test_two_workers_at_once_deliver_each_fact_once(database: Database):
    published(database, 20)
    delivered = at_once(4, lambda _: sum(subscriptions.deliver(database, "notes", note, batch=3) for _ in range(5)))
    while subscriptions.deliver(database, "notes", note):
        delivered.append(0)
    assert noted(database) == [str(position) for position in range(1, 21)]


def test_subscribers_do_not_share_their_places(database: Database):
    published(database, 2)
    assert subscriptions.deliver(database, "notes", note) == 2
    assert subscriptions.deliver(database, "letters", note) == 2
    assert noted(database) == ["1", "2", "1", "2"]


def test_facts_of_every_campaign_and_private_ones_are_delivered(database: Database):
    plant(database, 1, range(1), "garden")
    plant(database, 2, range(1), "field")
    plant(database, 3, range(1), None)
    record.publish(database)
    assert subscriptions.deliver(database, "notes", note) == 3


def test_what_is_not_published_is_not_delivered(database: Database):
    plant(database, 1, range(2))
    assert subscriptions.deliver(database, "notes", note) == 0


def test_a_fact_that_commits_late_is_delivered_all_the_same(database: Database):
    published(database, 1)
    subscriptions.deliver(database, "notes", note)
    published(database, 1)
    assert subscriptions.deliver(database, "notes", note) == 1
    assert noted(database) == ["1", "2"]
