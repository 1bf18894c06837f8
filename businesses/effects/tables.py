"""Statements of effects; only ever appended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class EffectRow(Base):
    __tablename__ = "effect"
    __table_args__ = (Index("ix_effect_obligation_at", "obligation_id", "at"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    obligation_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(12))
    phase: Mapped[str] = mapped_column(String(10))
    per: Mapped[str] = mapped_column(String(6))
    value: Mapped[str] = mapped_column(String(40))
    currency: Mapped[str] = mapped_column(String(3))
    method: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
