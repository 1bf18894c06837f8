"""What the business files on its promise: evidence, replies, and that it needs more time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from businesses import codec, facts
from businesses import followthrough as rules
from businesses.followthrough import Document, Obligation, Standing, Visibility
from businesses.store import documents
from businesses.store import obligations as store
from businesses.values import Business
from core import record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, Forbidden, require
from core.wire import Json, encode

MOST_FILES = 6
"""Photos and PDFs of one filing."""


def file_evidence(session: Session, clock: Clock, business: Business, obligation_id: str, filed: Json) -> Obligation:
    """The business says how far it is: note, value, items, url, invoiced_on, files (``Kept``) and their visibility.

    Raises Conflict after a verdict.
    """
    o = own(session, business, obligation_id)
    now = clock.now(session)
    if o.verdict and rules.standing(o, now) == Standing.SETTLED:
        raise Conflict("A verdict has been given; reply to it, or dispute it")
    note = text.clean(str(filed.get("note") or ""), "note", 2000, 1)
    value = counted(filed.get("value"))
    items = listed(filed.get("items") or [])
    url = address(str(filed.get("url") or ""))
    invoiced_on = filed.get("invoiced_on")
    rules.demand_invoice(o, value, invoiced_on, now)
    papers = papers_of(filed)
    body = {"note": note, "value": value, "items": items, "url": url, "invoiced_on": invoiced_on, "files": len(papers)}
    filed_id = store.file(session, o.id, "evidence", business.id, now, body)
    documents.add(session, filed_id, papers)
    fact = facts.EvidenceFiled(o.id, filed_id, note, value, items, url, [held.told() for held in papers], invoiced_on)
    record.append(session, o.campaign, fact, now)
    return touched(session, o.id, now)


def papers_of(filed: Json) -> list[Document]:
    """The photos and PDFs of a filing, each content once. Raises Invalid for too many."""
    visibility = Visibility(filed.get("visibility") or Visibility.PUBLIC)
    sent = {kept.name: kept for kept in filed.get("files") or []}
    require(len(sent) <= MOST_FILES, "file", "at most {most} files at once", most=MOST_FILES)
    return [Document(new_id(), kept.form, kept.name, kept.size, visibility) for kept in sent.values()]


def own(session: Session, business: Business, obligation_id: str) -> Obligation:
    o = store.locked(session, obligation_id)
    if o.business != business.id:
        raise Forbidden("This is another business's promise")
    return o


def touched(session: Session, obligation_id: str, now: datetime) -> Obligation:
    """The obligation as it stands now, its next instant written anew."""
    o = store.by_id(session, obligation_id)
    store.save(session, o, now)
    return o


def counted(value: object) -> Decimal | None:
    if value in (None, ""):
        return None
    number = codec.decimal(value, "value")
    require(number >= 0, "value", "must be 0 or more")
    return number


def listed(items: list[str], field: str = "list") -> list[str]:
    require(len(items) <= 500, field, "at most 500 entries")
    clean = [text.clean(str(item), f"{field}.{n}", 200, 1) for n, item in enumerate(items)]
    require(len(set(clean)) == len(clean), field, "an entry stands twice")
    return clean


def address(url: str) -> str:
    url = text.clean(url, "url", 500)
    require(
        not url or url.startswith(("https://", "http://")), "url", "write the whole address, beginning with https://"
    )
    return url


def ask_extension(
    session: Session, clock: Clock, business: Business, obligation_id: str, due_on: date, reason: str
) -> Obligation:
    """The business asks for more time, with a public reason."""
    o = own(session, business, obligation_id)
    now = clock.now(session)
    require(due_on > o.due_on, "due_on", "the new date must lie after {day}", day=o.due_on.isoformat())
    reason = text.clean(reason, "reason", 1000, 1)
    asked = replace(o, extension_asked={"due_on": due_on.isoformat(), "reason": reason, "at": encode(now)})
    store.save(session, asked, now)
    record.append(session, o.campaign, facts.ExtensionAsked(o.id, due_on, reason), now)
    return asked


def reply(
    session: Session, clock: Clock, business: Business, obligation_id: str, words_: str, *, dispute: bool
) -> Obligation:
    """The business's right of reply, before and after a verdict; with ``dispute`` the promise stands as disputed."""
    o = own(session, business, obligation_id)
    now = clock.now(session)
    said = text.clean(words_, "text", 2000, 1)
    if dispute and o.verdict is None:
        raise Conflict("There is no verdict to dispute yet")
    store.file(session, o.id, "reply", business.id, now, {"text": said, "dispute": dispute})
    record.append(session, o.campaign, facts.ReplyGiven(o.id, said, dispute), now)
    return touched(session, o.id, now)
