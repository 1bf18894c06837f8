"""Proofs of till totals, and till totals that crew entered from a slip."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "till_proof",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("till_id", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("given_by", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["till_id"], ["till_total.id"], name=op.f("fk_till_proof_till_id_till_total")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_proof")),
        sa.UniqueConstraint("till_id", "content", name=op.f("uq_till_proof_till_id_content")),
    )
    with op.batch_alter_table("till_total") as till:
        till.add_column(sa.Column("countersigned_at", sa.DateTime(timezone=True), nullable=True))
        till.add_column(sa.Column("proofs", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("till_total") as till:
        till.alter_column("proofs", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("till_total") as till:
        till.drop_column("proofs")
        till.drop_column("countersigned_at")
    op.drop_table("till_proof")
