"""Bids that somebody else wrote down for a business, until it approves them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prepared_bid",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("share", sa.String(length=40), nullable=True),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("offer", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_bid")),
        sa.UniqueConstraint("campaign_id", "business_id", name=op.f("uq_prepared_bid_campaign_id_business_id")),
    )
    op.create_index(op.f("ix_prepared_bid_business_id"), "prepared_bid", ["business_id"], unique=False)


def downgrade() -> None:
    op.drop_table("prepared_bid")
