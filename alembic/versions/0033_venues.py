"""At which winner's door somebody was checked in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("check_in", sa.Column("venue", sa.String(length=32), nullable=True))
    noted = sa.text("venue IS NOT NULL")
    op.create_index(
        "ix_check_in_venue", "check_in", ["campaign_id", "venue"], sqlite_where=noted, postgresql_where=noted
    )


def downgrade() -> None:
    op.drop_index("ix_check_in_venue", table_name="check_in")
    with op.batch_alter_table("check_in") as batch:
        batch.drop_column("venue")
