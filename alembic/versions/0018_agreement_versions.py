"""Versions of agreements, and what a bid's promises were changed to by both sides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement_version",
        sa.Column("bid_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("commitments", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("bid_id", "number", name=op.f("pk_agreement_version")),
    )
    op.create_index(op.f("ix_agreement_version_campaign_id"), "agreement_version", ["campaign_id"], unique=False)
    # SQLite writes an added column behind the constraints; made anew, the table reads as it is mapped.
    recreate = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("bid", recreate=recreate) as bid:
        bid.add_column(sa.Column("amended", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("agreement") as agreement:
        agreement.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("agreement") as agreement:
        agreement.alter_column("number", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("agreement") as agreement:
        agreement.drop_column("number")
    with op.batch_alter_table("bid") as bid:
        bid.drop_column("amended")
    op.drop_index(op.f("ix_agreement_version_campaign_id"), table_name="agreement_version")
    op.drop_table("agreement_version")
