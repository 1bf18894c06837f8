"""Businesses, who they are, whom organizers think of asking, and asks for a business."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class BusinessRow(Base):
    __tablename__ = "business"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(254))
    disclosure: Mapped[str] = mapped_column(Text)
    identity: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    key_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InvitationRow(Base):
    __tablename__ = "invitation"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    business_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    business_id: Mapped[str | None] = mapped_column(String(32), index=True)


class IdentityRow(Base):
    """How it was confirmed that a business is who it says, or the beginning of it. ``people``: who says so, by id."""

    __tablename__ = "identity"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    method: Mapped[str] = mapped_column(String(12))
    place: Mapped[str] = mapped_column(String(200))
    entry: Mapped[str] = mapped_column(String(60))
    people: Mapped[list[Any]] = mapped_column(JSON)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ProspectRow(Base):
    """A shop that organizers think of asking; private to them for good. ``match`` makes it the same one again."""

    __tablename__ = "prospect"
    __table_args__ = (UniqueConstraint("campaign_id", "match"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    match: Mapped[str] = mapped_column(String(600))
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(160))
    contact: Mapped[str] = mapped_column(String(254))
    note: Mapped[str] = mapped_column(Text)
    stage: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invitation_id: Mapped[str | None] = mapped_column(String(32))


class AskRow(Base):
    """A supporter would spend if somebody bids. It counts once its address is confirmed; without one it is counted
    apart. It ends by its own clock; a fresh ask of the same address waits beside the old one until confirmed."""

    __tablename__ = "ask"
    __table_args__ = (
        Index("ix_ask_address", "campaign_id", "email"),
        Index(
            "ix_ask_due",
            "expires_at",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    email: Mapped[str] = mapped_column(String(254))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    wish: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    locale: Mapped[str] = mapped_column(String(10))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
