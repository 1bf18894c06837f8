"""Circles: what has to be known to lead them. What only those invited may read goes when the circle ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime

_OPEN = text("ended_at IS NULL")


class CircleRow(Base):
    """``asked``, ``remedy``: whose yes each needs and who has answered. Addresses stand in columns of their own."""

    __tablename__ = "circle"
    __table_args__ = (Index("ix_circle_until", "until", sqlite_where=_OPEN, postgresql_where=_OPEN),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    obligation_id: Mapped[str] = mapped_column(String(32), index=True)
    by: Mapped[str] = mapped_column(String(12))
    sides: Mapped[list[str]] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    leads: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    show_name: Mapped[bool]
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    meets_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(Text)
    guests: Mapped[list[str]] = mapped_column(JSON)
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    remedy: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    ending: Mapped[str] = mapped_column(String(10))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mended_by: Mapped[str] = mapped_column(String(32))
