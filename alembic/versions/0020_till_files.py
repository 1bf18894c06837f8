"""Files from tills, the columns chosen for them, and how a till total came in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "till_file",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_file")),
        sa.UniqueConstraint(
            "campaign_id", "business_id", "content", name=op.f("uq_till_file_campaign_id_business_id_content")
        ),
    )
    op.create_table(
        "till_columns",
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("business_id", name=op.f("pk_till_columns")),
    )
    with op.batch_alter_table("till_total") as till:
        till.add_column(sa.Column("entered", sa.String(length=10), nullable=False, server_default=""))
    with op.batch_alter_table("till_total") as till:
        till.alter_column("entered", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("till_total") as till:
        till.drop_column("entered")
    op.drop_table("till_columns")
    op.drop_table("till_file")
