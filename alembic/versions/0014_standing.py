"""Bids that were not chosen and go on standing, until a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standing_offer",
        sa.Column("bid_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("bid_id", name=op.f("pk_standing_offer")),
    )
    op.create_index(op.f("ix_standing_offer_campaign_id"), "standing_offer", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_standing_offer_business_id"), "standing_offer", ["business_id"], unique=False)


def downgrade() -> None:
    op.drop_table("standing_offer")
