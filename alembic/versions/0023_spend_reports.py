"""What supporters say they spent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spend_report",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("pledge_id", sa.String(length=32), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.Column("looks", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_spend_report_amount")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_spend_report_pledge_id_pledge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_report")),
        sa.UniqueConstraint("pledge_id", name=op.f("uq_spend_report_pledge_id")),
    )
    op.create_index("ix_spend_report_campaign_amount", "spend_report", ["campaign_id", "amount_minor"])
    with op.batch_alter_table("pledge_rollup") as rollup:
        rollup.add_column(sa.Column("told_minor", sa.BigInteger(), nullable=False, server_default="0"))
        rollup.add_column(sa.Column("told", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("pledge_rollup") as rollup:
        rollup.alter_column("told_minor", server_default=None)
        rollup.alter_column("told", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("pledge_rollup") as rollup:
        rollup.drop_column("told")
        rollup.drop_column("told_minor")
    op.drop_index("ix_spend_report_campaign_amount", table_name="spend_report")
    op.drop_table("spend_report")
