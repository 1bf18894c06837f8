"""What is said to bids before the award, and the agreement that follows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class ScoreRow(Base):
    __tablename__ = "bid_score"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    juror: Mapped[str] = mapped_column(String(32), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(120), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    score: Mapped[str] = mapped_column(String(8))
    comment: Mapped[str] = mapped_column(Text, default="", server_default="")


class JurorRow(Base):
    """Somebody of the jury who has declared ties or scored, under a pseudonym; told when the choice is made."""

    __tablename__ = "juror"
    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    juror: Mapped[str] = mapped_column(String(32), primary_key=True)
    ties: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class VoteRow(Base):
    """An approval; it counts once its address is confirmed (``voter`` is the person then)."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("bid_id", "voter"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    bid_id: Mapped[str] = mapped_column(String(32))
    voter: Mapped[str | None] = mapped_column(String(32))
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConsentRow(Base):
    """What people affected by a promise say to it. Address and name are private and are forgotten with their owner."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("bid_id", "commitment_id"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    bid_id: Mapped[str] = mapped_column(String(32))
    commitment_id: Mapped[str] = mapped_column(String(32))
    affected_group: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int]
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    show_name: Mapped[bool]
    seat: Mapped[bool]
    comment: Mapped[str] = mapped_column(Text)
    met_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)


class AgreementRow(Base):
    """The version in force."""

    __tablename__ = "agreement"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    accepted: Mapped[list[Any]] = mapped_column(JSON)
    number: Mapped[int] = mapped_column(default=1)


class AgreementVersionRow(Base):
    """Every version that was proposed once an agreement was to change, and the one it began with."""

    __tablename__ = "agreement_version"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    replaces: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    commitments: Mapped[list[Any]] = mapped_column(JSON)
    accepted: Mapped[list[Any]] = mapped_column(JSON)
    proposed_by: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(10))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
