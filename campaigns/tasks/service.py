"""Use-cases of the shared list. The first change of either side writes down the list that both have seen until then.

Whoever calls for the business itself has checked its key; ``begun`` is the list to begin with, for it needs a forecast.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.tasks import rules, store
from campaigns.tasks.rules import Wording
from campaigns.tasks.values import Seat, Task
from campaigns.values import Campaign
from core.clock import Clock
from core.db import new_id
from core.errors import NotFound, require

Begun = tuple[Task, ...]


@dataclass(frozen=True)
class _List:
    campaign: Campaign
    now: datetime
    tasks: tuple[Task, ...]

    def task(self, task_id: str) -> Task:
        found = next((task for task in self.tasks if task.id == task_id and not task.removed), None)
        if found is None:
            raise NotFound("This line is not in the list any more")
        return found


def add_task(session: Session, clock: Clock, seat: Seat, slug: str, new: Wording, begun: Begun) -> Task:
    """One more line. Raises Conflict for too many and after the day, Invalid naming ``words``."""
    held = _open(session, clock, seat, slug, begun)
    added = rules.add(held.tasks, new, new_id())
    store.put(session, held.campaign.id, seat.business, [added])
    return added


def tick_task(session: Session, clock: Clock, seat: Seat, slug: str, task_id: str, begun: Begun, *, done: bool) -> Task:
    """Done, or not yet. Raises NotFound for a line that was taken away."""
    held = _open(session, clock, seat, slug, begun)
    return _put(session, held, seat, rules.tick(held.task(task_id), seat.side, held.now, done=done))


def change_task(
    session: Session, clock: Clock, seat: Seat, slug: str, task_id: str, begun: Begun, **changed: Any
) -> Task:
    """Other ``words``, ``by`` another side, another ``day``; what is not given stays, and whether it is done."""
    held = _open(session, clock, seat, slug, begun)
    return _put(session, held, seat, replace(held.task(task_id), **changed))


def remove_task(session: Session, clock: Clock, seat: Seat, slug: str, task_id: str, begun: Begun) -> Task:
    """Take a line away; gives it, so that it can be added again."""
    held = _open(session, clock, seat, slug, begun)
    gone = held.task(task_id)
    _put(session, held, seat, replace(gone, removed=True))
    return gone


def _open(session: Session, clock: Clock, seat: Seat, slug: str, begun: Begun) -> _List:
    """The list under the campaign's lock, so that two who act at once both are heard."""
    campaign, now = campaigns.lock(session, clock, slug)
    if seat.person:
        accounts.demand_role(session, campaign.team, seat.person, ORGANIZERS)
    campaign_rules.demand(campaign, *rules.OPEN_IN)
    winners = {winner.business for winner in campaign.winners}
    require(seat.business in winners, "business", "this business has not won the campaign")
    held = store.tasks(session, [campaign.id], seat.business).get(campaign.id)
    if held is None:
        store.put(session, campaign.id, seat.business, begun)
    return _List(campaign, now, held or begun)


def _put(session: Session, held: _List, seat: Seat, task: Task) -> Task:
    store.put(session, held.campaign.id, seat.business, [task])
    return task
