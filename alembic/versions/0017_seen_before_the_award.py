"""What was seen of a bid before the award: its ordinary day, and what is done already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bid", sa.Column("seen", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("bid", sa.Column("confirmed", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("bid", "confirmed")
    op.drop_column("bid", "seen")
