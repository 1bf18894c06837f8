"""Reads about campaigns for the rooms above."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaigns import store
from campaigns.tables import CampaignRow
from campaigns.values import Campaign, State

by_slug = store.by_slug
by_id = store.by_id
by_ids = store.by_ids
due = store.due
next_due = store.next_due


def listed(
    session: Session,
    *,
    q: str = "",
    near: str = "",
    states: Collection[State] = (),
    after: str = "",
    limit: int = 20,
) -> list[Campaign]:
    """Public campaigns, newest first: one query. ``after`` is the last id of the page before; no states: all."""
    return store.listed(session, q, near, states, after, limit)


def of_teams(session: Session, teams: list[str]) -> list[Campaign]:
    """The campaigns of these teams, drafts too, newest first."""
    return store.of_teams(session, teams)


def count_by_state(session: Session) -> dict[State, int]:
    query = select(CampaignRow.state, func.count()).group_by(CampaignRow.state)
    return {State(state): n for state, n in session.execute(query)}


def over_before(session: Session, before: datetime) -> list[str]:
    """Ids of the campaigns that were done or cancelled before an instant, or have been followed for a year by then.

    Re-checks keep a campaign open for years: what its people gave for the day need not stay so long.
    """
    over = CampaignRow.state.in_([State.DONE, State.CANCELLED]) & (CampaignRow.since < before)
    followed = (CampaignRow.state == State.FOLLOWING) & (CampaignRow.since < before - timedelta(days=365))
    return list(session.scalars(select(CampaignRow.id).where(over | followed)))


def lies_in(campaign: Campaign, place: str, country: str) -> bool:
    """Whether a campaign takes place in a town (by words of its name, however they are written) and a country."""
    there = not country or campaign.calendar.partition("-")[0] == country.upper()
    return there and store.fold(place.strip()) in store.fold(campaign.place)


def overdue(session: Session, now: datetime) -> int:
    """How many campaigns' clocks have run out and were not looked at: the health of the worker."""
    return session.scalar(select(func.count()).where(CampaignRow.due_at <= now)) or 0
