"""The checklist that both sides share: begun once, changed by both, with no change lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.rules import Person, Role
from campaigns.tasks import queries, rules, service
from campaigns.tasks.rules import Wording
from campaigns.tasks.starting import starting
from campaigns.tasks.values import Seat, Side, Task
from campaigns.values import Campaign, State
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.at_once import at_once
from tests.stages import SHOP, add_member, make_campaign, make_person

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def campaign(database: Database) -> Campaign:
    with database.writing() as session:
        return make_campaign(session, database.clock, State.TIPPED)


def person(database: Database, campaign: Campaign, role: Role | None = None) -> Person:
    with database.writing() as session:
        if role is None:
            return make_person(session, database.clock, "owner@example.org")
        return add_member(session, database.clock, campaign, role)


def do(
    database: Database, campaign: Campaign, act: Callable[..., Task], *given: Any, by: Any = None, **told: Any
) -> Task:
    with database.writing() as session:
        return act(session, database.clock, Seat(SHOP, by), campaign.slug, *given, starting(campaign, 120), **told)


def listed(database: Database, campaign: Campaign) -> dict[str, Task]:
    with database.reading() as session:
        return {task.id: task for task in queries.tasks(session, [campaign], SHOP)[campaign.id]}


def test_two_who_tick_at_once_are_both_heard_also_on_a_list_that_nobody_has_touched(
    database: Database, campaign: Campaign
):
    owner = person(database, campaign)
    ticks = (("room", None), ("rain", owner), ("till", None), ("stock", owner))
    at_once(4, lambda n: do(database, campaign, service.tick_task, ticks[n][0], by=ticks[n][1], done=True))
    held = listed(database, campaign)
    assert {id_: task.done_by for id_, task in held.items() if task.done} == {
        "room": Side.BUSINESS, "till": Side.BUSINESS, "rain": Side.ORGANIZERS, "stock": Side.ORGANIZERS,
    }  # fmt: skip
    assert held["stock"].words == "Stock for 120 people"
    assert len(held) == len(starting(campaign))


@SQLITE
def test_a_line_is_changed_unticked_taken_away_and_added_again(database: Database, campaign: Campaign):
    do(database, campaign, service.tick_task, "room", done=True)
    do(database, campaign, service.tick_task, "room", done=True, by=person(database, campaign))
    changed: Any = {"words": "Forty fit in", "by": Side.ORGANIZERS}
    room = do(database, campaign, lambda *to: service.change_task(*to, **changed), "room")
    assert (room.words, room.by, room.done_by) == ("Forty fit in", Side.ORGANIZERS, Side.BUSINESS)
    assert not do(database, campaign, service.tick_task, "room", done=False).done
    do(database, campaign, service.remove_task, "room")
    assert "room" not in listed(database, campaign)
    with pytest.raises(NotFound):
        do(database, campaign, service.tick_task, "room", done=True)
    again = do(database, campaign, service.add_task, Wording("Forty fit in", Side.BUSINESS))
    assert list(listed(database, campaign))[-1] == again.id


@SQLITE
def test_only_the_two_sides_change_it_and_only_until_the_day_is_over(database: Database, campaign: Campaign):
    with pytest.raises(Forbidden):
        do(database, campaign, service.tick_task, "room", done=True, by=person(database, campaign, Role.CREW))
    with pytest.raises(Invalid) as refused, database.writing() as session:
        service.remove_task(session, database.clock, Seat("another"), campaign.slug, "room", ())
    assert refused.value.field == "business"
    with database.writing() as session:
        over = make_campaign(session, database.clock, State.COUNTING, title="Over")
    with pytest.raises(Conflict):
        do(database, over, service.tick_task, "room", done=True)


def test_a_list_has_an_end(campaign: Campaign) -> None:
    full = tuple(Task(str(n), "x", Side.BUSINESS, n) for n in range(rules.MOST_TASKS))
    with pytest.raises(Conflict):
        rules.add(full, Wording("one more", Side.BUSINESS), "new")
    assert rules.add(full[:-1], Wording("one more", Side.BUSINESS), "new").place == rules.MOST_TASKS - 1
