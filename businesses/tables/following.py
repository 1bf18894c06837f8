"""Obligations, what was filed on them, and the pages that promises name."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime

_IS_LATE = text("noted IN ('late', 'very_late')")


class ObligationRow(Base):
    __tablename__ = "obligation"
    __table_args__ = (
        Index(
            "ix_obligation_next",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index("ix_obligation_late", "due_on", sqlite_where=_IS_LATE, postgresql_where=_IS_LATE),
        UniqueConstraint("bid_id", "commitment_id"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    bid_id: Mapped[str] = mapped_column(String(32))
    commitment_id: Mapped[str] = mapped_column(String(32))
    commitment: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(Text)
    timezone: Mapped[str] = mapped_column(String(60))
    target: Mapped[str | None] = mapped_column(String(40))
    owed_minor: Mapped[int | None] = mapped_column(BigInteger)
    allocation: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    currency: Mapped[str] = mapped_column(String(3))
    due_on: Mapped[date] = mapped_column(Date)
    first_due_on: Mapped[date] = mapped_column(Date)
    arose_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    noted: Mapped[str] = mapped_column(String(20), default="")
    extension: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    ended_closed: Mapped[bool] = mapped_column(default=False)
    remedies: Mapped[str | None] = mapped_column(String(32))
    consent_of: Mapped[str | None] = mapped_column(String(32))
    recheck_months: Mapped[list[int]] = mapped_column(JSON, default=list, server_default=text("'[]'"))


class PageWatchRow(Base):
    """When the page that a promise names is looked at next."""

    __tablename__ = "page_watch"
    obligation_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class PageLookRow(Base):
    """One look at a promise's page, and what a person made of it."""

    __tablename__ = "page_look"
    __table_args__ = (Index("ix_page_look_obligation_at", "obligation_id", "at"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    obligation_id: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    url: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(String(10))
    status: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64))
    words: Mapped[str] = mapped_column(Text)
    found: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(12))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text)


class FiledRow(Base):
    """Whatever was filed on an obligation: evidence, a check, a verdict, a reply; only ever appended."""

    __tablename__ = "filed"
    __table_args__ = (Index("ix_filed_obligation_at", "obligation_id", "at"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    obligation_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(32))
    hidden: Mapped[bool] = mapped_column(default=False)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class EvidenceFileRow(Base):
    """A photo or a PDF that was filed as evidence; its content is stored under its own name."""

    __tablename__ = "evidence_file"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    filed_id: Mapped[str] = mapped_column(String(32), index=True)
    place: Mapped[int]
    form: Mapped[str] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    visibility: Mapped[str] = mapped_column(String(10))
    original: Mapped[str] = mapped_column(String(64), default="")
    parts: Mapped[int] = mapped_column(default=0)
    redacted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    redacted_by: Mapped[str] = mapped_column(String(12), default="")


def as_decimal(text_: str | None) -> Decimal | None:
    return None if text_ is None else Decimal(text_)
