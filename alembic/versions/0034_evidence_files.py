"""Photos and PDFs that were filed as evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("filed_id", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_file"),
    )
    op.create_index("ix_evidence_file_filed_id", "evidence_file", ["filed_id"])


def downgrade() -> None:
    op.drop_table("evidence_file")
