"""The archive's one table: cells as they came. Figures are read from them afresh, so better rules need no import."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class ArchivedCampaignRow(Base):
    """One real campaign, column by column as in its file; ``search`` is every cell, case-folded."""

    __tablename__ = "archived_campaign"
    __table_args__ = (Index("ix_archived_campaign_country", "country"),)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    city: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2))
    date: Mapped[str] = mapped_column(String(10))
    business: Mapped[str] = mapped_column(Text)
    bid_as_published: Mapped[str] = mapped_column(Text)
    bid_basis: Mapped[str] = mapped_column(Text)
    bid_pct: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(String(3))
    takings: Mapped[str] = mapped_column(Text)
    takings_note: Mapped[str] = mapped_column(Text)
    people: Mapped[str] = mapped_column(Text)
    people_note: Mapped[str] = mapped_column(Text)
    committed_money: Mapped[str] = mapped_column(Text)
    baseline: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    caveat: Mapped[str] = mapped_column(Text)
    sources: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)
    file: Mapped[str] = mapped_column(Text)
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
