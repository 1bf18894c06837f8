"""Photos and contacts. Nothing of them is in the record: whoever is in a photo may want it gone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class PhotoRow(Base):
    __tablename__ = "photo"
    __table_args__ = (Index("ix_photo_campaign_at", "campaign_id", "at"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), ForeignKey("campaign.id"))
    picture: Mapped[str] = mapped_column(String(64), unique=True)
    width: Mapped[int]
    height: Mapped[int]
    shows: Mapped[str] = mapped_column(String(200))
    credit: Mapped[str] = mapped_column(String(100))
    given_by: Mapped[str] = mapped_column(String(32))
    approved_by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PressContactRow(Base):
    __tablename__ = "press_contact"
    campaign_id: Mapped[str] = mapped_column(String(32), ForeignKey("campaign.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    reach: Mapped[str] = mapped_column(String(200))
    given_by: Mapped[str] = mapped_column(String(32))
