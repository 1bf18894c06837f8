"""News find their readers: a notable fact schedules digests, each at its reader's own hour; what is due is gathered.

A digest holds no words: it points to a stretch of the record, and is written from it at the moment of sending.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from accounts import queries as accounts
from accounts.rules import Person
from campaigns import queries as campaigns
from core import outbox, record
from core.clock import Clock
from core.db import lock
from core.facts import Recorded
from core.wire import encode
from notifications import store
from notifications.digest import CONTEXT, NOTABLE, RESULT, Digest, Source, compose, learn
from notifications.rules import Follow, Frequency
from pledges import queries as pledges

READERS = 100
"""How many readers are gathered for in one transaction."""


def schedule(session: Session, clock: Clock, campaign: str) -> None:
    """Something notable happened: whoever has no digest waiting gets the next slot at their own local hour."""
    lock(session, "digests")  # else a digest gathered at this moment would clear what is set here
    now = clock.now(session)
    for rhythm in store.waiting_rhythms(session, campaign):
        store.schedule(session, campaign, rhythm, rhythm.next_slot(now))


def gather(session: Session, clock: Clock) -> list[str] | None:
    """Ask for the digests of the next few readers that are due: a line for each; None where nobody is due.

    A reader gets one mail with all campaigns that are due; where nothing notable happened they get none.
    """
    lock(session, "digests")
    now = clock.now(session)
    due = store.due_follows(session, now, READERS)
    if not due:
        return None
    until = record.last_position(session)
    sources = _sources(session, {f.campaign for f in due})
    news = record.of_campaigns(session, sources, NOTABLE, after=min(f.seen_position for f in due))
    readers = accounts.people(session, {f.person for f in due})
    thanked = _thanked(session, news, readers)
    lines = []
    for person, follows in groupby(due, key=lambda f: f.person):
        held = list(follows)
        digest = compose(sources, {f.campaign: f.seen_position for f in held}, _new_to(person, news, thanked))
        if digest and person in readers and readers[person].email:
            _ask(session, readers[person], held, until, now)
            lines.append(f"digest: {digest.lead.told.headline}")
    store.told(session, [f.id for f in due], until)
    return lines


def _ask(session: Session, reader: Person, follows: list[Follow], until: int, now: datetime) -> None:
    """Ask for one digest; the key names its reader and slot, so that it is one however often it is asked for."""
    slot = max(f.next_at for f in follows if f.next_at)
    outbox.enqueue(
        session, "digest", reader.email, now, key=f"digest:{reader.id}:{encode(slot)}", locale=reader.locale,
        who=reader.id, seen={f.campaign: f.seen_position for f in follows}, until=until, timezone=reader.timezone,
    )  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A digest as it is written: what of it the reader still follows, and their time zone."""

    digest: Digest
    followed: tuple[Source, ...]
    timezone: str

    def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.timezone)).date()


def read(session: Session, payload: Mapping[str, Any]) -> Reading | None:
    """The stretch of the record that a digest points to; None where its reader has left all of it since."""
    held = {f.campaign for f in store.follows_of(session, payload["who"]) if f.frequency != Frequency.OFF}
    seen = {campaign: position for campaign, position in payload["seen"].items() if campaign in held}
    if not seen:
        return None
    sources = _sources(session, set(seen))
    news = record.of_campaigns(session, seen, NOTABLE, after=min(seen.values()))
    who = payload["who"]
    news = _new_to(who, news, _thanked(session, news, [who]))
    digest = compose(sources, seen, [fact for fact in news if fact.position <= payload["until"]])
    return Reading(digest, tuple(sources.values()), payload["timezone"]) if digest else None


def _thanked(session: Session, news: Iterable[Recorded], readers: Collection[str]) -> set[tuple[str, str]]:
    """Who had which campaign's result in the mail that thanks its supporters: (person, campaign)."""
    told = {fact.campaign_id for fact in news if fact.kind == RESULT and fact.campaign_id}
    if not told:
        return set()
    without = store.without_duties(session, readers)
    return {(person, c) for person, c in pledges.supporting(session, told, readers) if person not in without}


def _new_to(reader: str, news: Iterable[Recorded], thanked: Collection[tuple[str, str]]) -> list[Recorded]:
    """The news without what was told to this reader already."""
    return [fact for fact in news if fact.kind != RESULT or (reader, fact.campaign_id) not in thanked]


def _sources(session: Session, ids: Collection[str]) -> dict[str, Source]:
    """Campaigns with the names and promises their records tell: two queries, however many there are."""
    learned: dict[str, list[Recorded]] = {id_: [] for id_ in ids}
    for fact in record.of_campaigns(session, ids, CONTEXT):
        learned[fact.campaign_id or ""].append(fact)
    return {
        c.id: learn(Source(c.id, c.slug, c.title, c.place, c.timezone, c.language), learned[c.id])
        for c in campaigns.by_ids(session, list(ids)).values()
    }
