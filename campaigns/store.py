"""Campaigns to rows and back; loads are locked where something will be written."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, tuple_, update
from sqlalchemy.orm import Session

from campaigns import codec, waits
from campaigns.keeping import RECHECKS
from campaigns.tables import CampaignRow
from campaigns.values import Campaign, State
from core.db import is_alone, lock, locking
from core.errors import NotFound
from core.prepared import PreparedQuery
from core.upsert import table_of
from core.wire import encode

_IN_BODY = (
    "story", "timezone", "currency", "language", "windows", "disclosure", "co_hosts", "goal", "go_ahead", "pledging",
    "bidding", "business", "award", "decided", "proceed", "extended", "reason", "waiting", "wait_until", "tally",
    "moved_to", "fallen", "slots", "region", "rechecks",
)  # fmt: skip


# Through the table, not the mapping, and built once: a campaign is read with every pledge and every page.
_CAMPAIGN = table_of(CampaignRow)
_EVERY = select(_CAMPAIGN)
_BY_SLUG = PreparedQuery(_EVERY.where(_CAMPAIGN.c.slug == bindparam("slug")))
_BY_ID = PreparedQuery(_EVERY.where(_CAMPAIGN.c.id == bindparam("id")))
_LOCKED_ID = {
    shared: PreparedQuery(
        select(_CAMPAIGN.c.id, locking("campaign", _CAMPAIGN.c.id, shared=shared).label("locked")).where(
            _CAMPAIGN.c.slug == bindparam("slug")
        )
    )
    for shared in (True, False)
}


def by_slug(session: Session, slug: str) -> Campaign:
    """Read one. Raises NotFound."""
    return _one(_BY_SLUG.first(session, slug=slug))


def by_id(session: Session, campaign_id: str) -> Campaign:
    return _one(_BY_ID.first(session, id=campaign_id))


def _one(row: Any) -> Campaign:
    if row is None:
        raise NotFound("There is no such campaign")
    return _campaign(row)


def locked(session: Session, *, slug: str = "", campaign_id: str = "", shared: bool = False) -> Campaign:
    """Read one under its advisory lock: shared for what may happen many at a time (pledges), exclusive for the rest."""
    if slug and is_alone(session):
        return by_slug(session, slug)
    if slug:
        found = _LOCKED_ID[shared].first(session, slug=slug)
        return by_id(session, found.id if found else "")
    lock(session, f"campaign:{campaign_id}", shared=shared)
    return by_id(session, campaign_id)


def add(session: Session, campaign: Campaign) -> None:
    fixed = {"id": campaign.id, "slug": campaign.slug, "team_id": campaign.team, "created_at": campaign.created_at}
    session.execute(insert(_CAMPAIGN), {**fixed, **_columns(campaign), "revision": campaign.revision})


def save(session: Session, campaign: Campaign) -> Campaign:
    """Write a changed campaign; its next due instant is derived here, so that no deadline is forgotten."""
    changed = update(_CAMPAIGN).where(_CAMPAIGN.c.id == campaign.id).values(_columns(campaign))
    raised = changed.values(revision=_CAMPAIGN.c.revision + 1).returning(_CAMPAIGN.c.revision)
    return replace(campaign, revision=session.execute(raised).scalar_one())


def slugs_like(session: Session, slug: str) -> set[str]:
    return set(session.scalars(select(CampaignRow.slug).where(CampaignRow.slug.like(f"{slug}%"))))


def due(session: Session, now: datetime, limit: int = 50) -> list[str]:
    """Ids of campaigns whose clock has run out, earliest first."""
    query = select(CampaignRow.id).where(CampaignRow.due_at <= now).order_by(CampaignRow.due_at).limit(limit)
    return list(session.scalars(query))


def next_due(session: Session) -> datetime | None:
    return session.scalar(
        select(CampaignRow.due_at).where(CampaignRow.due_at.is_not(None)).order_by(CampaignRow.due_at).limit(1)
    )


def fold(text: str) -> str:
    """Text as it is searched: without accents and case."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _columns(campaign: Campaign) -> dict[str, Any]:
    wait = waits.next_wait(campaign)
    return {
        "state": campaign.state.value,
        "since": campaign.since,
        "due_at": wait.at if wait else None,
        "opened_at": campaign.opened_at,
        "title": campaign.title,
        "place": campaign.place,
        "place_folded": fold(f"{campaign.title} {campaign.place}"),
        "terms_version": campaign.terms_version,
        "body": {name: encode(getattr(campaign, name)) for name in _IN_BODY},
    }


def _campaign(row: Any) -> Campaign:
    b = row.body
    return Campaign(
        id=row.id,
        slug=row.slug,
        team=row.team_id,
        created_at=row.created_at,
        state=State(row.state),
        since=row.since,
        opened_at=row.opened_at,
        title=row.title,
        place=row.place,
        story=b["story"],
        timezone=b["timezone"],
        region=b.get("region", ""),
        currency=b["currency"],
        language=b["language"],
        windows=tuple(codec.window(w) for w in b["windows"]),
        disclosure=codec.maybe(codec.disclosure, b["disclosure"]),
        co_hosts=tuple(codec.co_host(c) for c in b["co_hosts"]),
        goal=codec.goal(b["goal"]),
        go_ahead=codec.go_ahead(b["go_ahead"]),
        pledging=codec.pledging(b["pledging"]),
        slots=codec.maybe(codec.slots, b.get("slots")),
        rechecks=tuple(b.get("rechecks", RECHECKS)),
        bidding=codec.maybe(codec.bidding, b["bidding"]),
        moved_to=codec.maybe(codec.moment, b.get("moved_to")),
        business=codec.maybe(codec.named_business, b["business"]),
        award=codec.maybe(codec.award, b["award"]),
        decided=codec.maybe(codec.decided, b["decided"]),
        proceed=frozenset(b["proceed"]),
        fallen=frozenset(b.get("fallen", ())),
        extended=b["extended"],
        reason=b["reason"],
        waiting=b["waiting"],
        wait_until=codec.maybe(codec.moment, b["wait_until"]),
        tally=b["tally"],
        terms_version=row.terms_version,
        revision=row.revision,
    )


def listed(
    session: Session, query_text: str, near: str, states: Collection[State], after: str, limit: int
) -> list[Campaign]:
    """Public campaigns (no drafts), newest first, in one query; ``after`` is the id that the last page ended on."""
    never_opened = (CampaignRow.state == State.CANCELLED.value) & CampaignRow.opened_at.is_(None)
    query = _EVERY.where(CampaignRow.state != State.DRAFT.value, ~never_opened)
    for words in (query_text, near):
        if words:
            query = query.where(CampaignRow.place_folded.contains(fold(words), autoescape=True))
    if states:
        query = query.where(CampaignRow.state.in_([state.value for state in states]))
    if after and (last := _BY_ID.first(session, id=after)):
        query = query.where(tuple_(CampaignRow.created_at, CampaignRow.id) < tuple_(last.created_at, last.id))
    rows = session.execute(query.order_by(CampaignRow.created_at.desc(), CampaignRow.id.desc()).limit(limit))
    return [_campaign(row) for row in rows]


def of_teams(session: Session, teams: list[str]) -> list[Campaign]:
    query = _EVERY.where(CampaignRow.team_id.in_(teams)).order_by(CampaignRow.created_at.desc())
    return [_campaign(row) for row in session.execute(query)]


def by_ids(session: Session, ids: list[str]) -> dict[str, Campaign]:
    rows = session.execute(_EVERY.where(CampaignRow.id.in_(ids)))
    return {row.id: _campaign(row) for row in rows}
