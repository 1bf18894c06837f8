"""Return visits, pledged for the day on which a promise was verified kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "return_visit",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("pledge_id", sa.String(length=32), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_minor", sa.BigInteger(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_return_visit_amount")),
        sa.CheckConstraint("told_minor >= 0", name=op.f("ck_return_visit_told")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_return_visit_pledge_id_pledge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_visit")),
        sa.UniqueConstraint("pledge_id", "business_id", name=op.f("uq_return_visit_pledge_id_business_id")),
    )
    op.create_index("ix_return_visit_campaign_business", "return_visit", ["campaign_id", "business_id"])
    op.create_table(
        "return_opening",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "business_id", name=op.f("pk_return_opening")),
    )


def downgrade() -> None:
    op.drop_table("return_opening")
    op.drop_index("ix_return_visit_campaign_business", table_name="return_visit")
    op.drop_table("return_visit")
