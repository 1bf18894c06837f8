"""Bids with their history, and how they came about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class BidRow(Base):
    __tablename__ = "bid"
    __table_args__ = (UniqueConstraint("campaign_id", "business_id"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sealed: Mapped[bool]
    revealed: Mapped[bool] = mapped_column(default=False, server_default=false())
    salt: Mapped[str] = mapped_column(String(64))
    offer: Mapped[dict[str, Any]] = mapped_column(JSON)
    countersigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    confirmed: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    amended: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class BidVersionRow(Base):
    """Every offer a bid ever was, in order: the history of raises."""

    __tablename__ = "bid_version"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    commitments: Mapped[list[Any]] = mapped_column(JSON)


class PreparedRow(Base):
    """A bid that somebody else wrote down for a business; one at a time in each campaign, private to both."""

    __tablename__ = "prepared_bid"
    __table_args__ = (UniqueConstraint("campaign_id", "business_id"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    stage: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    share: Mapped[str | None] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(String(300))
    words: Mapped[str] = mapped_column(Text)
    offer: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    version: Mapped[int]


class PaperRow(Base):
    """A signed sheet: its photo lies among the stored files, under the name that stands here."""

    __tablename__ = "paper_bid"
    __table_args__ = (UniqueConstraint("campaign_id", "business_id"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    business_id: Mapped[str] = mapped_column(String(32))
    photo: Mapped[str] = mapped_column(String(64))
    entered_by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class StandingRow(Base):
    """A bid that was not chosen and goes on standing; ``taken`` is the campaign that began with it."""

    __tablename__ = "standing_offer"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    until: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken: Mapped[str] = mapped_column(String(32))


class TemplateRow(Base):
    """An organizers' own template commitment, offered to those who bid in their team's campaigns."""

    __tablename__ = "commitment_template"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    team_id: Mapped[str] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
