"""Obligations and everything filed on them, to rows and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select, text, tuple_
from sqlalchemy.orm import Session

from businesses import codec
from businesses.followthrough import (
    Check,
    Document,
    Evidence,
    Given,
    Obligation,
    Outcome,
    Recheck,
    Reply,
    Substitution,
    Verdict,
    next_change,
    proposed,
)
from businesses.store import consents, documents
from businesses.tables import FiledRow, ObligationRow, as_decimal
from core.db import new_id
from core.errors import NotFound
from core.money import Money
from core.wire import Json, encode

_CHECKS = ("check", "look")
"""What people outside saw: before the verdict, and in re-checks."""
Papers = dict[str, tuple[Document, ...]]
"""Documents by the filing that they belong to."""


def add(session: Session, o: Obligation, currency: str, now: datetime) -> None:
    row = ObligationRow(
        id=o.id,
        campaign_id=o.campaign,
        business_id=o.business,
        bid_id=o.bid,
        commitment_id=o.commitment.id,
        commitment=codec.wire(o.commitment),
        words=o.words,
        timezone=o.timezone,
        currency=currency,
        first_due_on=o.first_due_on,
        arose_at=o.arose_at,
        remedies=o.remedies or None,
        consent_of=o.consent_of or None,
        recheck_months=list(o.recheck_months),
    )
    _write(row, o, now)
    session.add(row)
    session.flush()


def save(session: Session, o: Obligation, now: datetime, noted: str | None = None) -> None:
    """Write what may change: target, owed, date, extension, end; its next instant is derived here."""
    row = session.get_one(ObligationRow, o.id)
    _write(row, o, now)
    if noted is not None:
        row.noted = noted
    session.flush()


def _write(row: ObligationRow, o: Obligation, now: datetime) -> None:
    row.target = None if o.target is None else str(o.target)
    row.owed_minor = o.owed.minor if o.owed else None
    row.allocation = codec.allocation_wire(o.allocation)
    row.due_on, row.extension, row.ended_closed = o.due_on, o.extension_asked, o.ended_closed
    row.next_at = next_change(o, now)


def locked(session: Session, obligation_id: str) -> Obligation:
    row = session.get(ObligationRow, obligation_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such promise")
    return _with_filed(session, [row])[0]


def by_id(session: Session, obligation_id: str) -> Obligation:
    row = session.get(ObligationRow, obligation_id)
    if row is None:
        raise NotFound("There is no such promise")
    return _with_filed(session, [row])[0]


def by_ids(session: Session, ids: list[str]) -> list[Obligation]:
    """These obligations with all that was filed: two queries; one more for documents."""
    return _with_filed(session, list(session.scalars(select(ObligationRow).where(ObligationRow.id.in_(ids)))))


def of_campaigns(session: Session, campaign_ids: list[str]) -> list[Obligation]:
    """The obligations of these campaigns with all that was filed: two queries; one more for documents."""
    query = select(ObligationRow).where(ObligationRow.campaign_id.in_(campaign_ids))
    return _with_filed(session, list(session.scalars(query.order_by(ObligationRow.due_on, ObligationRow.id))))


def seats_of(session: Session, email: str) -> list[Obligation]:
    """The promises for which this address holds the seat of the people affected, with all that was filed."""
    mine = consents.promises_of(session, email) if email else []
    if not mine:
        return []
    asked_as = func.coalesce(ObligationRow.consent_of, ObligationRow.commitment_id)
    wanted = tuple_(ObligationRow.bid_id, asked_as).in_(mine)
    held = _with_filed(session, list(session.scalars(select(ObligationRow).where(wanted))))
    return [o for o in held if o.consent is not None and o.consent.seated]


def of_businesses(session: Session, business_ids: Iterable[str]) -> list[Obligation]:
    """The obligations of these businesses in all campaigns, with all that was filed: as above."""
    query = select(ObligationRow).where(ObligationRow.business_id.in_(list(business_ids)))
    return _with_filed(session, list(session.scalars(query.order_by(ObligationRow.due_on, ObligationRow.id))))


def every(session: Session) -> list[Obligation]:
    """All obligations there are, with all that was filed, for figures that are kept a while."""
    return _with_filed(session, list(session.scalars(select(ObligationRow))))


def late(session: Session, limit: int) -> list[Obligation]:
    """What the clock has noted as late, the longest first, with all that was filed: two queries, by an index."""
    query = select(ObligationRow).where(text("noted IN ('late', 'very_late')"))
    rows = session.scalars(query.order_by(ObligationRow.due_on, ObligationRow.id).limit(limit))
    return _with_filed(session, list(rows))


def due(session: Session, now: datetime, limit: int) -> list[str]:
    query = select(ObligationRow.id).where(ObligationRow.next_at <= now).order_by(ObligationRow.next_at).limit(limit)
    return list(session.scalars(query))


def next_due(session: Session) -> datetime | None:
    query = select(ObligationRow.next_at).where(ObligationRow.next_at.is_not(None))
    return session.scalar(query.order_by(ObligationRow.next_at).limit(1))


def noted(session: Session, obligation_id: str) -> str:
    return session.scalar(select(ObligationRow.noted).where(ObligationRow.id == obligation_id)) or ""


def file(
    session: Session, obligation_id: str, kind: str, by: str, at: datetime, body: Json, *, hidden: bool = False
) -> str:
    """Append something filed; gives its id."""
    row = FiledRow(id=new_id(), obligation_id=obligation_id, kind=kind, by=by, at=at, body=encode(body), hidden=hidden)
    session.add(row)
    session.flush()
    return row.id


def obligation_of(session: Session, filed_id: str) -> str:
    """The promise on which something was filed. Raises NotFound."""
    row = session.get(FiledRow, filed_id)
    if row is None or row.kind != "evidence":
        raise NotFound("There is no such evidence")
    return row.obligation_id


def rewrite_note(session: Session, filed_id: str, note: str) -> None:
    """A note without words that nobody may read."""
    row = session.get_one(FiledRow, filed_id)
    row.body = {**row.body, "note": note}
    session.flush()


def put_check(
    session: Session,
    obligation_id: str,
    by: str,
    at: datetime,
    body: Json,
    *,
    hidden: bool,
    since: datetime | None = None,
) -> str:
    """A person's one report on an obligation: written, or renewed; in a re-check that opened at ``since``, one anew."""
    kind = "look" if since else "check"
    query = select(FiledRow).where(FiledRow.obligation_id == obligation_id, FiledRow.kind == kind, FiledRow.by == by)
    row = session.scalar((query.where(FiledRow.at >= since) if since else query).limit(1))
    if row is None:
        return file(session, obligation_id, kind, by, at, body, hidden=hidden)
    row.at, row.body, row.hidden = at, body, hidden
    session.flush()
    return row.id


@dataclass(frozen=True)
class HeldCheck:
    """A spot check as it lies there, its words included: for whoever reads them before the public does."""

    id: str
    obligation: str
    by: str
    at: datetime
    note: str
    hidden: bool


def check(session: Session, check_id: str) -> HeldCheck:
    row = session.get(FiledRow, check_id, with_for_update=True)
    if row is None or row.kind not in _CHECKS:
        raise NotFound("There is no such spot check")
    return _held(row)


def show(session: Session, check_id: str) -> None:
    session.get_one(FiledRow, check_id).hidden = False
    session.flush()


def hidden_checks(session: Session, limit: int = 100) -> list[HeldCheck]:
    """Spot checks whose words nobody has read yet, oldest first."""
    query = select(FiledRow).where(FiledRow.kind.in_(_CHECKS), FiledRow.hidden).order_by(FiledRow.at).limit(limit)
    return [_held(row) for row in session.scalars(query)]


def _held(row: FiledRow) -> HeldCheck:
    return HeldCheck(row.id, row.obligation_id, row.by, row.at, row.body["note"], row.hidden)


def _with_filed(session: Session, rows: list[ObligationRow]) -> list[Obligation]:
    ids = [row.id for row in rows]
    query = select(FiledRow).where(FiledRow.obligation_id.in_(ids)).order_by(FiledRow.at, FiledRow.id)
    filed: dict[str, list[FiledRow]] = {id_: [] for id_ in ids}
    for found in session.scalars(query):
        filed[found.obligation_id].append(found)
    papers = documents.of_filings(session, (f.id for found in filed.values() for f in found if f.body.get("files")))
    held = [_obligation(row, filed[row.id], papers) for row in rows]
    asked = {o.bid for o in held if o.commitment.affected_group}
    known = consents.of_bids(session, asked) if asked else {}
    return [replace(o, consent=known.get(o.bid, {}).get(o.asked_as)) for o in held]


def _obligation(row: ObligationRow, filed: Iterable[FiledRow], papers: Papers) -> Obligation:
    by_kind: defaultdict[str, list[FiledRow]] = defaultdict(list)
    for found in filed:
        by_kind[found.kind].append(found)
    return Obligation(
        id=row.id,
        campaign=row.campaign_id,
        business=row.business_id,
        bid=row.bid_id,
        commitment=codec.stored(row.commitment),
        words=row.words,
        timezone=row.timezone,
        due_on=row.due_on,
        first_due_on=row.first_due_on,
        arose_at=row.arose_at,
        target=as_decimal(row.target),
        owed=None if row.owed_minor is None else Money(row.owed_minor, row.currency),
        evidence=tuple(_evidence(f, papers.get(f.id, ())) for f in by_kind["evidence"]),
        checks=tuple(_check(f) for f in by_kind["check"]),
        verdicts=tuple(_given(f) for f in by_kind["verdict"]),
        replies=tuple(Reply(f.at, f.body["text"], f.body["dispute"]) for f in by_kind["reply"]),
        recheck_months=tuple(row.recheck_months),
        rechecks=tuple(_recheck(f) for f in by_kind["recheck"]),
        looks=tuple(_check(f) for f in by_kind["look"]),
        extension_asked=row.extension,
        ended_closed=row.ended_closed,
        allocation=codec.allocation(row.allocation),
        substitutes=_substitutes(by_kind["substitute"], by_kind["sub_answer"]),
        remedies=row.remedies or "",
        consent_of=row.consent_of or "",
    )


def _substitutes(proposals: list[FiledRow], answers: list[FiledRow]) -> tuple[Substitution, ...]:
    """What was proposed in a promise's place, each with the answers to it."""
    held = {}
    for f in proposals:
        b = f.body
        held[b["substitute"]] = proposed(
            b["substitute"], f.at, b["by"], b["words"], b.get("reason", ""), tuple(b["asks"])
        )
    for f in answers:
        b = f.body
        held[b["substitute"]] = held[b["substitute"]].answered(b["by"], f.at, agrees=b["agrees"])
    return tuple(held.values())


def _evidence(f: FiledRow, files: tuple[Document, ...]) -> Evidence:
    b = f.body
    invoiced_on = b.get("invoiced_on") and date.fromisoformat(b["invoiced_on"])
    return Evidence(f.id, f.at, b["note"], as_decimal(b["value"]), tuple(b["items"]), b["url"], files, invoiced_on)


def _check(f: FiledRow) -> Check:
    b = f.body
    note = "" if f.hidden else b["note"]
    items, struck = tuple(b["items"]), tuple(b.get("struck", ()))
    return Check(f.id, f.at, b["by"], Decimal(b["value"]), items, b["independent"], note, struck)


def _recheck(f: FiledRow) -> Recheck:
    b = f.body
    outcome = Outcome(b["outcome"])
    return Recheck(b["months"], outcome, f.at, b["by"], b["seen_by"], b["reason"], as_decimal(b["value"]))


def _given(f: FiledRow) -> Given:
    b = f.body
    return Given(
        Verdict(b["verdict"]), f.at, b["by"], b["seen_by"], b["reason"], as_decimal(b["value"]), as_decimal(b["of"])
    )
