"""Who saw figures of a till that are kept from the public."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("till_total") as till:
        till.add_column(sa.Column("seen_by", sa.String(length=10), nullable=False, server_default=""))
    with op.batch_alter_table("till_total") as till:
        till.alter_column("seen_by", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("till_total") as till:
        till.drop_column("seen_by")
