"""Organizers' own template commitments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commitment_template",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_template")),
    )
    op.create_index(op.f("ix_commitment_template_team_id"), "commitment_template", ["team_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_commitment_template_team_id"), table_name="commitment_template")
    op.drop_table("commitment_template")
