"""What customers count in the shop itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_count",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("obligation_id", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_count")),
    )
    op.create_index("ix_customer_count_obligation_at", "customer_count", ["obligation_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_customer_count_obligation_at", table_name="customer_count")
    op.drop_table("customer_count")
