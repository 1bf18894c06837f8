"""Who follows what, who wants no mail, and the demo's mailbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class FollowRow(Base):
    """A reader of a campaign's digests. ``next_at`` is set by news and cleared by the digest that tells them."""

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("person_id", "campaign_id"),
        Index("ix_follow_campaign", "campaign_id"),
        Index(
            "ix_follow_due",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32))
    campaign_id: Mapped[str] = mapped_column(String(32))
    frequency: Mapped[str] = mapped_column(String(6))
    seen_position: Mapped[int] = mapped_column(BigInteger)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LateReaderRow(Base):
    """Who wants to hear what is late in a place: an address that was confirmed, and no account."""

    __tablename__ = "late_reader"
    __table_args__ = (UniqueConstraint("email", "place", "country"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    place: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    locale: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SuppressionRow(Base):
    """An address that refuses mail, by its digest: nothing but answers is sent there."""

    __tablename__ = "suppression"
    address: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PreferenceRow(Base):
    """Whether a person or business wants the mails of their duties. No row: they do."""

    __tablename__ = "mail_preference"
    who: Mapped[str] = mapped_column(String(32), primary_key=True)
    duties: Mapped[bool]


class MailboxRow(Base):
    """A message as sent, where no mail server is set: the mailbox page shows it."""

    __tablename__ = "mailbox"
    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(320), unique=True)
    recipient: Mapped[str] = mapped_column(String(320), index=True)
    subject: Mapped[str] = mapped_column(Text)
    headers: Mapped[dict[str, Any]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
