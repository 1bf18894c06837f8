"""Bids on paper: the signed sheets, and when each was countersigned."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _anew() -> Literal["always", "never"]:
    """SQLite writes a table anew, so that it reads as if it had always been so."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def upgrade() -> None:
    op.create_table(
        "paper_bid",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("photo", sa.String(length=64), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_bid")),
        sa.UniqueConstraint("campaign_id", "business_id", name=op.f("uq_paper_bid_campaign_id_business_id")),
    )
    with op.batch_alter_table("bid", recreate=_anew()) as bid:
        bid.add_column(sa.Column("countersigned_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("bid", recreate=_anew()) as bid:
        bid.drop_column("countersigned_at")
    op.drop_table("paper_bid")
