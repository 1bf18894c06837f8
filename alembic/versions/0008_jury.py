"""What jurors say beside their scores: a comment for each, and the ties they declare before the first."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _anew() -> Literal["always", "never"]:
    """SQLite writes a table anew, so that it reads as if it had always been so."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def upgrade() -> None:
    op.create_table(
        "juror",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("juror", sa.String(length=32), nullable=False),
        sa.Column("ties", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "juror", name=op.f("pk_juror")),
    )
    with op.batch_alter_table("bid_score", recreate=_anew()) as table:
        table.add_column(sa.Column("comment", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("bid_score", recreate=_anew()) as table:
        table.drop_column("comment")
    op.drop_table("juror")
