"""Counts of customers: a number and an instant, and nothing of whoever counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class CustomerCountRow(Base):
    __tablename__ = "customer_count"
    __table_args__ = (Index("ix_customer_count_obligation_at", "obligation_id", "at"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    obligation_id: Mapped[str] = mapped_column(String(32))
    value: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
