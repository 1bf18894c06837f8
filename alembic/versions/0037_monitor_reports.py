"""Reports of monitors' visits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "monitor_report",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitor_report")),
    )
    op.create_index(op.f("ix_monitor_report_campaign_id"), "monitor_report", ["campaign_id"])
    waiting = sa.text("published_at IS NULL")
    where = {"sqlite_where": waiting, "postgresql_where": waiting}
    op.create_index("ix_monitor_report_reply_until", "monitor_report", ["reply_until"], **where)


def downgrade() -> None:
    op.drop_index("ix_monitor_report_reply_until", table_name="monitor_report")
    op.drop_index(op.f("ix_monitor_report_campaign_id"), table_name="monitor_report")
    op.drop_table("monitor_report")
