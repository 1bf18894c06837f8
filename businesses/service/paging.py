"""Looking at the pages that promises name: what is due, what a page said, and what a person makes of a no."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import facts, followthrough, pages
from businesses.followthrough import Obligation
from businesses.pages import Answer, Looked, Read
from businesses.service.following import roles_of
from businesses.store import obligations as obligation_store
from businesses.store import pages as store
from businesses.watching import Watch
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from core import record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, Forbidden

LEASE = pages.AGAIN[0]
"""How long a claimed page is left to its reader: longer than a batch of slow ones takes."""


@dataclass(frozen=True)
class Task:
    """A page to read, and what to look for there."""

    obligation: str
    watch: Watch
    last_day: date


def claim_pages(session: Session, clock: Clock, limit: int) -> list[Task]:
    """Take what is due, to be read once this is committed."""
    claimed = store.claim(session, clock.now(session), LEASE, limit)
    held = obligation_store.by_ids(session, claimed)
    days = {c: campaign_queries.by_id(session, c).last_day for c in {o.campaign for o in held}}
    return [Task(o.id, o.commitment.watch, days[o.campaign]) for o in held if o.commitment.watch]


def note_page(session: Session, clock: Clock, task: Task, read: Read) -> str:
    """What was read: a yes is public at once, a no is asked of who checks. Gives a line of what happened."""
    o, now = _locked(session, clock, task.obligation)
    made = pages.look(new_id(), o.id, task.watch, read, task.last_day, now)
    before = store.newest(session, o.id)
    unread = pages.unread_in_a_row([made, *before])
    if unread > len(pages.AGAIN):
        made = replace(made, answer=Answer.ASKED)
    last = next((held for held in before if held.answer != Answer.UNREAD), None)
    repeats = last is not None and pages.repeats(last, made)
    if last and repeats:
        made = replace(made, answer=last.answer, by=last.by)
    store.put(session, made)
    store.schedule(session, o.id, pages.next_look(o, unread, now))
    if made.passed and not repeats:
        _publish(session, o, made, now)
    elif made.answer == Answer.ASKED and not repeats:
        record.append(session, o.campaign, facts.PageAsked(o.id, made.id), now)
    return f"page {made.answer.value}: {o.words}"


def _locked(session: Session, clock: Clock, obligation_id: str) -> tuple[Obligation, datetime]:
    """The campaign first, then the promise, as every other use-case does."""
    campaign_id = obligation_store.by_id(session, obligation_id).campaign
    _, now = campaigns.lock_by_id(session, clock, campaign_id)
    return obligation_store.locked(session, obligation_id), now


def _publish(session: Session, o: Obligation, held: Looked, now: datetime) -> None:
    told = facts.PageChecked(o.id, held.id, held.url, held.sha256, held.passed, held.found, held.by)
    record.append(session, o.campaign, told, now)


def answer_page(
    session: Session, clock: Clock, person: Person, look_id: str, *, agrees: bool, note: str = ""
) -> Looked:
    """A person looked at a page that said no. ``agrees``: it is so, and public from now on; else it is set aside.

    Raises Forbidden for whom the agreement does not name, Conflict once somebody has answered.
    """
    found = store.by_id(session, look_id)
    o, now = _locked(session, clock, found.obligation)
    by = followthrough.may_confirm(o, roles_of(session, campaign_queries.by_id(session, o.campaign), o, person))
    if by is None:
        raise Forbidden("The agreement names somebody else to confirm this: {checker}", checker=o.commitment.checker)
    held = store.by_id(session, look_id)
    if held.answer != Answer.ASKED:
        raise Conflict("Somebody has answered this already")
    said = text.clean(note, "note", 1000)
    answer = Answer.CONFIRMED if agrees else Answer.SET_ASIDE
    made = replace(held, answer=answer, by=by, answered_at=now, note=said)
    store.put(session, made)
    if agrees:
        _publish(session, o, made, now)
    return made
