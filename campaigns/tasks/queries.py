"""Reads of shared lists for the rooms above."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from campaigns.tasks import rules, store
from campaigns.tasks.starting import starting
from campaigns.tasks.values import Task, counted
from campaigns.values import Campaign


def tasks(
    session: Session, campaigns: Iterable[Campaign], business: str, begun: tuple[Task, ...] = ()
) -> dict[str, tuple[Task, ...]]:
    """By campaign, a business's list as both sides see it, none where there is none: one query.

    ``begun``: what a list begins with that nobody has changed yet, where the usual words are not enough.
    """
    won = [c for c in campaigns if business in {w.business for w in c.winners}]
    held = store.tasks(session, [c.id for c in won], business)
    fresh = {c.id: begun or starting(c) for c in won if c.id not in held and rules.is_open(c)}
    return fresh | {id_: tuple(t for t in tasks if not t.removed) for id_, tasks in held.items()}


def removed(session: Session, campaign: Campaign, business: str, task_id: str) -> Task | None:
    """A line that was taken away."""
    held = store.tasks(session, [campaign.id], business).get(campaign.id, ())
    return next((task for task in held if task.id == task_id and task.removed), None)


def ready(session: Session, campaign: Campaign) -> tuple[int, int]:
    """How many lines are done, of how many, in the lists of all winners."""
    lists = [tasks(session, [campaign], winner.business).get(campaign.id, ()) for winner in campaign.winners]
    return counted(tuple(task for held in lists for task in held))
