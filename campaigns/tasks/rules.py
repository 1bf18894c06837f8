"""Rules of the shared list: while there is a day to prepare for, both sides change every line of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from campaigns.tasks.values import Side, Task
from campaigns.values import Campaign, State
from core.errors import Conflict

MOST_TASKS = 60
OPEN_IN = (State.CHOOSING, State.AGREED, State.PLEDGING, State.MISSED, State.TIPPED, State.MOBBING)
"""From the award, so that a business sees what it says yes to, until the last window has closed."""


@dataclass(frozen=True)
class Wording:
    """What a side writes in a line: what, who, until when."""

    words: str
    by: Side
    day: date | None = None


def is_open(campaign: Campaign) -> bool:
    return campaign.state in OPEN_IN and bool(campaign.winners)


def add(held: Sequence[Task], new: Wording, new_id: str) -> Task:
    """One more, at the end. Raises Conflict for too many, Invalid naming ``words``."""
    if sum(1 for task in held if not task.removed) >= MOST_TASKS:
        raise Conflict("{most} lines are enough; take one away first", most=MOST_TASKS)
    last = max((task.place for task in held), default=-1)
    return Task(new_id, new.words, new.by, last + 1, new.day)


def tick(task: Task, side: Side, now: datetime, *, done: bool) -> Task:
    """Say that it is done, or that it is not. Said again, the first to say so stays."""
    if task.done == done:
        return task
    return replace(task, done_by=side if done else None, done_at=now if done else None)
