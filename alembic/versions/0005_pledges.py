"""Pledges, check-ins, till totals, and the live totals rolled up from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pledge",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("repeat_key", sa.String(length=64), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("joined_late", sa.Boolean(), nullable=False),
        sa.Column("with_address", sa.Boolean(), nullable=False),
        sa.Column("updates", sa.Boolean(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_by", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("held_minor", sa.BigInteger(), nullable=True),
        sa.Column("held_party", sa.Integer(), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name=op.f("ck_pledge_confirmed")),
        sa.CheckConstraint(
            "state IN ('unconfirmed', 'confirmed', 'withdrawn', 'replaced')", name=op.f("ck_pledge_state")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_pledge_amount")),
        sa.CheckConstraint("party BETWEEN 1 AND 50", name=op.f("ck_pledge_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
        sa.UniqueConstraint("code", "campaign_id", name=op.f("uq_pledge_code_campaign_id")),
        sa.UniqueConstraint("repeat_key", name=op.f("uq_pledge_repeat_key")),
    )
    op.create_index("ix_pledge_campaign_state", "pledge", ["campaign_id", "state"], unique=False)
    op.create_index(
        "ix_pledge_person",
        "pledge",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_table(
        "pledge_rollup",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("rolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pledged_people", sa.BigInteger(), nullable=False),
        sa.Column("pledged_minor", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_people", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_minor", sa.BigInteger(), nullable=False),
        sa.Column("late_people", sa.BigInteger(), nullable=False),
        sa.Column("late_minor", sa.BigInteger(), nullable=False),
        sa.Column("apart_people", sa.BigInteger(), nullable=False),
        sa.Column("apart_minor", sa.BigInteger(), nullable=False),
        sa.Column("door_people", sa.BigInteger(), nullable=False),
        sa.Column("spent_minor", sa.BigInteger(), nullable=False),
        sa.Column("reports", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("anyway", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_pledge_rollup")),
    )
    op.create_table(
        "till_total",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("window_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("declared_minor", sa.BigInteger(), nullable=False),
        sa.Column("counter_minor", sa.BigInteger(), nullable=True),
        sa.Column("takings_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=True),
        sa.Column("cost_minor", sa.BigInteger(), nullable=True),
        sa.Column("baseline_minor", sa.BigInteger(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("transactions", sa.Integer(), nullable=True),
        sa.Column("customers", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state <> 'disputed' OR counter_minor IS NOT NULL", name=op.f("ck_till_total_disputed")),
        sa.CheckConstraint("state IN ('declared', 'confirmed', 'disputed')", name=op.f("ck_till_total_state")),
        sa.CheckConstraint("takings_minor >= 0 AND declared_minor >= 0", name=op.f("ck_till_total_takings")),
        sa.CheckConstraint("tax_minor >= 0 AND tax_minor <= takings_minor", name=op.f("ck_till_total_tax")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_total")),
        sa.UniqueConstraint(
            "campaign_id", "window_id", "business_id", name=op.f("uq_till_total_campaign_id_window_id_business_id")
        ),
    )
    op.create_table(
        "check_in",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("pledge_id", sa.String(length=32), nullable=True),
        sa.Column("nonce", sa.String(length=64), nullable=True),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("spent_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("anyway", sa.Boolean(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_late", sa.Boolean(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("party BETWEEN 1 AND 50", name=op.f("ck_check_in_party")),
        sa.CheckConstraint("spent_minor >= 0", name=op.f("ck_check_in_spent")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_check_in_pledge_id_pledge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("campaign_id", "nonce", name=op.f("uq_check_in_campaign_id_nonce")),
    )
    op.create_index("ix_check_in_campaign_at", "check_in", ["campaign_id", "at"], unique=False)
    op.create_index(
        "uq_check_in_pledge",
        "check_in",
        ["pledge_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "pledge_contact",
        sa.Column("pledge_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_contact_pledge_id_pledge")),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_pledge_contact")),
    )
    op.create_index(op.f("ix_pledge_contact_email"), "pledge_contact", ["email"], unique=False)
    op.create_table(
        "till_correction",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("till_id", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=True),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["till_id"], ["till_total.id"], name=op.f("fk_till_correction_till_id_till_total")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_correction")),
    )
    op.create_index(op.f("ix_till_correction_till_id"), "till_correction", ["till_id"], unique=False)


def downgrade() -> None:
    op.drop_table("till_correction")
    op.drop_table("pledge_contact")
    op.drop_table("check_in")
    op.drop_table("till_total")
    op.drop_table("pledge_rollup")
    op.drop_table("pledge")
