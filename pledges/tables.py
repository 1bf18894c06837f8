"""Pledges and their contacts, check-ins, till totals with their corrections, and the rolled-up live totals.

Amounts are minor units of the row's currency. Rows of pledges name their campaign without a foreign key: PostgreSQL
would lock the one campaign row for each of a thousand pledges.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class PledgeRow(Base):
    """``repeat_key`` is what a repeated form is known by; it goes as soon as the pledge is no longer as first sent."""

    __tablename__ = "pledge"
    __table_args__ = (
        # The code leads, so that a code typed at the wrong door is found, too.
        UniqueConstraint("code", "campaign_id"),
        Index("ix_pledge_campaign_state", "campaign_id", "state"),
        Index(
            "ix_pledge_person",
            "person_id",
            sqlite_where=text("person_id IS NOT NULL"),
            postgresql_where=text("person_id IS NOT NULL"),
        ),
        Index(
            "ix_pledge_slot",
            "campaign_id",
            "slot_window",
            sqlite_where=text("slot_window IS NOT NULL"),
            postgresql_where=text("slot_window IS NOT NULL"),
        ),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("party BETWEEN 1 AND 50", name="party"),
        CheckConstraint("state IN ('unconfirmed', 'confirmed', 'withdrawn', 'replaced')", name="state"),
        CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="confirmed"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    code: Mapped[str] = mapped_column(String(6))
    repeat_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    party: Mapped[int]
    units: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12))
    joined_late: Mapped[bool]
    with_address: Mapped[bool]
    updates: Mapped[bool]
    terms_version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaced_by: Mapped[str | None] = mapped_column(String(32))
    person_id: Mapped[str | None] = mapped_column(String(32))
    held_minor: Mapped[int | None] = mapped_column(BigInteger)
    held_party: Mapped[int | None]
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    slot_window: Mapped[str | None] = mapped_column(String(32))
    slot_after: Mapped[int | None]
    moves: Mapped[int]


class ContactRow(Base):
    """The personal side of a pledge: what erasure deletes."""

    __tablename__ = "pledge_contact"
    pledge_id: Mapped[str] = mapped_column(ForeignKey("pledge.id"), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(10))


class CheckInRow(Base):
    """An arrival. An undone one stays and counts no more."""

    __tablename__ = "check_in"
    __table_args__ = (
        Index(
            "uq_check_in_pledge",
            "pledge_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_check_in_campaign_at", "campaign_id", "at"),
        Index(
            "ix_check_in_venue",
            "campaign_id",
            "venue",
            sqlite_where=text("venue IS NOT NULL"),
            postgresql_where=text("venue IS NOT NULL"),
        ),
        UniqueConstraint("campaign_id", "nonce"),
        CheckConstraint("party BETWEEN 1 AND 50", name="party"),
        CheckConstraint("spent_minor >= 0", name="spent"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    pledge_id: Mapped[str | None] = mapped_column(ForeignKey("pledge.id"))
    nonce: Mapped[str | None] = mapped_column(String(64))
    party: Mapped[int]
    spent_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    anyway: Mapped[bool | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_late: Mapped[bool | None]
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    venue: Mapped[str | None] = mapped_column(String(32))


class SpendReportRow(Base):
    """What a supporter says they spent; the photo of the receipt is known by its content and by its likeness."""

    __tablename__ = "spend_report"
    __table_args__ = (
        UniqueConstraint("pledge_id"),
        Index("ix_spend_report_campaign_amount", "campaign_id", "amount_minor"),
        CheckConstraint("amount_minor >= 0", name="amount"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    pledge_id: Mapped[str] = mapped_column(ForeignKey("pledge.id"))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    photo: Mapped[str | None] = mapped_column(String(64))
    looks: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class TillRow(Base):
    """A business's total for a window. ``takings_minor`` is in force; declared and counter are the sides' own."""

    __tablename__ = "till_total"
    __table_args__ = (
        UniqueConstraint("campaign_id", "window_id", "business_id"),
        CheckConstraint("takings_minor >= 0 AND declared_minor >= 0", name="takings"),
        CheckConstraint("tax_minor >= 0 AND tax_minor <= takings_minor", name="tax"),
        CheckConstraint("state IN ('declared', 'confirmed', 'disputed')", name="state"),
        CheckConstraint("state <> 'disputed' OR counter_minor IS NOT NULL", name="disputed"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    window_id: Mapped[str] = mapped_column(String(32))
    business_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(10))
    visibility: Mapped[str] = mapped_column(String(10))
    currency: Mapped[str] = mapped_column(String(3))
    declared_minor: Mapped[int] = mapped_column(BigInteger)
    counter_minor: Mapped[int | None] = mapped_column(BigInteger)
    takings_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int | None] = mapped_column(BigInteger)
    cost_minor: Mapped[int | None] = mapped_column(BigInteger)
    baseline_minor: Mapped[int | None] = mapped_column(BigInteger)
    units: Mapped[int | None]
    transactions: Mapped[int | None]
    customers: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    entered: Mapped[str] = mapped_column(String(10))
    countersigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proofs: Mapped[int]
    seen_by: Mapped[str] = mapped_column(String(10))
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TillProofRow(Base):
    """What shows that a till total is right, known by the hash of its content: attached twice, it is one."""

    __tablename__ = "till_proof"
    __table_args__ = (UniqueConstraint("till_id", "content"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    till_id: Mapped[str] = mapped_column(ForeignKey("till_total.id"))
    form: Mapped[str] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(String(64))
    given_by: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class TillFileRow(Base):
    """A file from a business's till, known by the hash of its content: sent twice, it is one."""

    __tablename__ = "till_file"
    __table_args__ = (UniqueConstraint("campaign_id", "business_id", "content"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    business_id: Mapped[str] = mapped_column(String(32))
    content: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class TillColumnsRow(Base):
    """Which column of its till's files is what, as a business last chose it."""

    __tablename__ = "till_columns"
    business_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CorrectionRow(Base):
    """A figure corrected after the final tally; only ever appended, so that the first figure stays."""

    __tablename__ = "till_correction"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    till_id: Mapped[str] = mapped_column(ForeignKey("till_total.id"), index=True)
    field: Mapped[str] = mapped_column(String(20))
    before: Mapped[str | None] = mapped_column(String(40))
    after: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RollupRow(Base):
    """A campaign's live totals as they were a moment ago: for lists and boards, never for a decision."""

    __tablename__ = "pledge_rollup"
    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    rolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    pledged_people: Mapped[int] = mapped_column(BigInteger)
    pledged_minor: Mapped[int] = mapped_column(BigInteger)
    confirmed_people: Mapped[int] = mapped_column(BigInteger)
    confirmed_minor: Mapped[int] = mapped_column(BigInteger)
    late_people: Mapped[int] = mapped_column(BigInteger)
    late_minor: Mapped[int] = mapped_column(BigInteger)
    apart_people: Mapped[int] = mapped_column(BigInteger)
    apart_minor: Mapped[int] = mapped_column(BigInteger)
    door_people: Mapped[int] = mapped_column(BigInteger)
    spent_minor: Mapped[int] = mapped_column(BigInteger)
    reports: Mapped[int] = mapped_column(BigInteger)
    told_minor: Mapped[int] = mapped_column(BigInteger)
    told: Mapped[int] = mapped_column(BigInteger)
    asked: Mapped[int] = mapped_column(BigInteger)
    anyway: Mapped[int] = mapped_column(BigInteger)
