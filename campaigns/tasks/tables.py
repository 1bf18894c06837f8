"""The shared list: private to its two sides, never in the record. Each line is a row, so that two can tick at once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class TaskRow(Base):
    __tablename__ = "task"
    __table_args__ = (CheckConstraint("(done_by IS NULL) = (done_at IS NULL)", name="done"),)
    campaign_id: Mapped[str] = mapped_column(String(32), ForeignKey("campaign.id"), primary_key=True)
    business_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(10))
    place: Mapped[int]
    day: Mapped[date | None] = mapped_column(Date)
    done_by: Mapped[str | None] = mapped_column(String(10))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed: Mapped[bool]
