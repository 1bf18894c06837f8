"""Return visits and the weeks in which they are asked for. Whose they are, only the pledge's contact tells."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class ReturnRow(Base):
    __tablename__ = "return_visit"
    __table_args__ = (
        UniqueConstraint("pledge_id", "business_id"),
        Index("ix_return_visit_campaign_business", "campaign_id", "business_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("told_minor >= 0", name="told"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    business_id: Mapped[str] = mapped_column(String(32))
    pledge_id: Mapped[str] = mapped_column(ForeignKey("pledge.id"))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_minor: Mapped[int | None] = mapped_column(BigInteger)
    noted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OpeningRow(Base):
    __tablename__ = "return_opening"
    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    business_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
