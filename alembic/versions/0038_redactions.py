"""What of a photo was blackened, by whom and when, and what it was before while somebody checks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.db import UtcDateTime

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evidence_file") as batch:
        batch.add_column(sa.Column("original", sa.String(64), nullable=False, server_default=""))
        batch.add_column(sa.Column("parts", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("redacted_at", UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("redacted_by", sa.String(12), nullable=False, server_default=""))
    with op.batch_alter_table("evidence_file") as batch:
        for name in ("original", "parts", "redacted_by"):
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("evidence_file") as batch:
        for name in ("redacted_by", "redacted_at", "parts", "original"):
            batch.drop_column(name)
