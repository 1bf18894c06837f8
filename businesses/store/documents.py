"""Photos and PDFs that were filed as evidence, to rows and back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from businesses.followthrough import Document, Redaction, Visibility
from businesses.tables import EvidenceFileRow, FiledRow
from core.errors import NotFound


def add(session: Session, filed_id: str, documents: Iterable[Document]) -> None:
    """Of one filing, in their order."""
    for place, held in enumerate(documents):
        session.add(
            EvidenceFileRow(
                id=held.id, filed_id=filed_id, place=place, form=held.form, content=held.sha256, size=held.size,
                visibility=held.visibility.value,
            )
        )  # fmt: skip
    session.flush()


def of_filings(session: Session, filed_ids: Iterable[str]) -> dict[str, tuple[Document, ...]]:
    """By filing: one query, none where there is nothing to ask for."""
    wanted = list(filed_ids)
    if not wanted:
        return {}
    found: dict[str, tuple[Document, ...]] = {}
    query = select(EvidenceFileRow).where(EvidenceFileRow.filed_id.in_(wanted))
    for row in session.scalars(query.order_by(EvidenceFileRow.filed_id, EvidenceFileRow.place)):
        found[row.filed_id] = (*found.get(row.filed_id, ()), _document(row))
    return found


def by_id(session: Session, document_id: str) -> tuple[str, Document]:
    """One, after the promise on which it was filed. Raises NotFound."""
    query = select(FiledRow.obligation_id, EvidenceFileRow).where(
        EvidenceFileRow.id == document_id, FiledRow.id == EvidenceFileRow.filed_id
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound("There is no such document")
    return found[0], _document(found[1])


def contents(session: Session) -> set[str]:
    """The stored files of all evidence, and what they were before while somebody checks."""
    shown = set(session.scalars(select(EvidenceFileRow.content)))
    return shown | set(session.scalars(select(EvidenceFileRow.original).where(EvidenceFileRow.original != "")))


def save(session: Session, held: Document) -> None:
    """Write what a redaction changes."""
    row = session.get_one(EvidenceFileRow, held.id)
    row.content, row.size, row.visibility, row.original = held.sha256, held.size, held.visibility.value, held.original
    if held.redaction:
        row.parts, row.redacted_at, row.redacted_by = held.redaction.parts, held.redaction.at, held.redaction.by
    session.flush()


def with_original(session: Session) -> list[str]:
    """The promises on which documents lie whose first form is still kept."""
    query = select(FiledRow.obligation_id).join(EvidenceFileRow, EvidenceFileRow.filed_id == FiledRow.id)
    return sorted(set(session.scalars(query.where(EvidenceFileRow.original != ""))))


def _document(row: EvidenceFileRow) -> Document:
    redaction = Redaction(row.redacted_at, row.redacted_by, row.parts) if row.redacted_at else None
    shown = (row.content, row.size, Visibility(row.visibility))
    return Document(row.id, row.form, *shown, redaction, row.original)
