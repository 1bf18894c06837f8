"""The campaign's table. What is searched or locked on is a column; the terms are one JSON value."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class CampaignRow(Base):
    __tablename__ = "campaign"
    __table_args__ = (
        Index(
            "ix_campaign_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index("ix_campaign_state_created", "state", "created_at"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    team_id: Mapped[str] = mapped_column(String(32), index=True)
    state: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    place_folded: Mapped[str] = mapped_column(String(400))
    terms_version: Mapped[int]
    revision: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
