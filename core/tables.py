"""Tables of the ground floor: the record, who has read it, answers given, mail to send, limits, audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime

Serial = BigInteger().with_variant(Integer(), "sqlite")
"""A growing 64-bit key; SQLite grows only what it calls INTEGER."""


class FactRow(Base):
    """One fact. ``position`` is given after the commit, contiguously, by the publisher: commits arrive out of order."""

    __tablename__ = "fact"
    __table_args__ = (
        Index("ix_fact_campaign_position", "campaign_id", "position"),
        Index(
            "ix_fact_unpublished",
            "seq",
            sqlite_where=text("position IS NULL"),
            postgresql_where=text("position IS NULL"),
        ),
    )
    seq: Mapped[int] = mapped_column(Serial, primary_key=True)
    position: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    campaign_id: Mapped[str | None] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(60))
    public: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class ReaderRow(Base):
    """How far a subscriber has read: unique on (subscriber, fact) by position, since positions have no gaps."""

    __tablename__ = "record_reader"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, default=0)


class DemoClockRow(Base):
    """By how much a demo's time is moved forward. No row outside a demo."""

    __tablename__ = "demo_clock"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shift_us: Mapped[int] = mapped_column(BigInteger)


class AnswerRow(Base):
    """The answer given to an Idempotency-Key, encrypted: it may hold a secret shown once."""

    __tablename__ = "idempotent_answer"
    __table_args__ = (Index("ix_idempotent_answer_at", "at"),)
    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MailRow(Base):
    """A mail that is to be written and sent at ``due_at``: what it is about, not yet its words."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due", "due_at", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")
        ),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(320))
    locale: Mapped[str] = mapped_column(String(10))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(Text)


class RateRow(Base):
    """How often something was asked within a window of time, by the second in which it began."""

    __tablename__ = "rate"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    window: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    count: Mapped[int]


class AuditRow(Base):
    """Who did what behind sign-in, for the operator: ids only."""

    __tablename__ = "audit"
    seq: Mapped[int] = mapped_column(Serial, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(120))


class HeartbeatRow(Base):
    """The last sign of life of a kind of process."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
