"""How it was confirmed that a business is who it says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("method", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("entry", sa.String(length=60), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_business_id"), "identity", ["business_id"], unique=False)
    op.create_index(op.f("ix_identity_campaign_id"), "identity", ["campaign_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_identity_campaign_id"), table_name="identity")
    op.drop_index(op.f("ix_identity_business_id"), table_name="identity")
    op.drop_table("identity")
