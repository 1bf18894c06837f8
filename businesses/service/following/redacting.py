"""Taking out of evidence what must not be seen: by the business, or by whom the agreement names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import facts
from businesses import followthrough as rules
from businesses.followthrough import Document, Obligation, Redaction, Standing, Visibility
from businesses.service.following.filing import touched
from businesses.service.following.showing import sees_as
from businesses.store import documents
from businesses.store import obligations as store
from core import record
from core.clock import Clock
from core.errors import Conflict, NotFound
from core.wire import Json

OVER = {Standing.SETTLED, Standing.UNKNOWN, Standing.ENDED_CLOSED}
"""Where a promise stands once nobody checks its evidence any more."""


@dataclass(frozen=True)
class Asking:
    """Who wants something taken out: a person whom the agreement names, or the business by its id."""

    person: Person | None
    business: str = ""


@dataclass(frozen=True)
class Blackened:
    """The new picture in the store, and how many parts of it are black since now. ``was``: the one it was made from."""

    was: str
    sha256: str
    size: int
    parts: int


def redact_photo(session: Session, clock: Clock, asking: Asking, document_id: str, new: Blackened) -> Obligation:
    """The blackened picture takes the photo's place; what it was is kept for whoever checks, until the verdict.

    Raises Conflict where it was redacted by somebody else meanwhile.
    """
    o, held, by, now = _locked(session, clock, asking, document_id)
    if held.sha256 != new.was:
        raise Conflict("This photo was redacted meanwhile; look at it and mark again")
    before = held.redaction.parts if held.redaction else 0
    original = "" if rules.standing(o, now) in OVER else held.original or held.sha256
    redaction = Redaction(now, by, before + new.parts)
    made = replace(held, sha256=new.sha256, size=new.size, redaction=redaction, original=original)
    return _save(session, o, made, held, new.parts, by, now)


def hide_document(session: Session, clock: Clock, asking: Asking, document_id: str) -> Obligation:
    """A document is from now on for the business and whom the agreement names. Done again, it changes nothing."""
    o, held, by, now = _locked(session, clock, asking, document_id)
    if held.hidden:
        return o
    return _save(session, o, replace(held, visibility=Visibility.CHECKER), held, 0, by, now)


def redact_note(session: Session, clock: Clock, asking: Asking, evidence_id: str, passage: str) -> Obligation:
    """Words are taken out of a note, here and in the record, which says that it was done.

    Raises Invalid where they do not stand there.
    """
    o = store.locked(session, store.obligation_of(session, evidence_id))
    by = sees_as(session, o, asking.person, asking.business)
    held = next((e for e in o.evidence if e.id == evidence_id), None)
    if held is None:
        raise NotFound("There is no such evidence")
    note, parts = rules.without(held.note, passage)
    now = clock.now(session)
    store.rewrite_note(session, evidence_id, note)

    def taken_out(body: Json) -> Json:
        return {**body, "note": note} if body["evidence"] == evidence_id else body

    record.rewrite(session, o.campaign, "EvidenceFiled", taken_out)
    record.append(session, o.campaign, facts.NoteRedacted(o.id, evidence_id, parts, by), now)
    return touched(session, o.id, now)


def forget_originals(session: Session, now: datetime) -> None:
    """Once nobody checks any more, what photos were before they were redacted is let go; the sweep deletes it."""
    for promise in documents.with_original(session):
        o = store.by_id(session, promise)
        if rules.standing(o, now) in OVER:
            for held in (file for filed in o.evidence for file in filed.files if file.original):
                documents.save(session, replace(held, original=""))


def _locked(
    session: Session, clock: Clock, asking: Asking, document_id: str
) -> tuple[Obligation, Document, str, datetime]:
    """Locked first and read then: of two who redact at once the second sees what the first made."""
    promise, _ = documents.by_id(session, document_id)
    o = store.locked(session, promise)
    _, held = documents.by_id(session, document_id)
    return o, held, sees_as(session, o, asking.person, asking.business), clock.now(session)


def _save(
    session: Session, o: Obligation, made: Document, was: Document, parts: int, by: str, now: datetime
) -> Obligation:
    documents.save(session, made)
    told = facts.FileRedacted(o.id, made.id, was.sha256, made.sha256, made.size, made.visibility.value, parts, by)
    record.append(session, o.campaign, told, now)
    return touched(session, o.id, now)
