"""Circles about broken or disputed promises, and the promises that come of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("obligation") as batch:
        batch.add_column(sa.Column("remedies", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("consent_of", sa.String(length=32), nullable=True))
    op.create_table(
        "circle",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("obligation_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("sides", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leads", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("meets_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("guests", sa.JSON(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remedy", sa.JSON(), nullable=True),
        sa.Column("ending", sa.String(length=10), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mended_by", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle")),
    )
    op.create_index(op.f("ix_circle_campaign_id"), "circle", ["campaign_id"])
    op.create_index(op.f("ix_circle_obligation_id"), "circle", ["obligation_id"])
    is_open = sa.text("ended_at IS NULL")
    op.create_index("ix_circle_until", "circle", ["until"], sqlite_where=is_open, postgresql_where=is_open)


def downgrade() -> None:
    op.drop_index("ix_circle_until", table_name="circle")
    op.drop_index(op.f("ix_circle_obligation_id"), table_name="circle")
    op.drop_index(op.f("ix_circle_campaign_id"), table_name="circle")
    op.drop_table("circle")
    with op.batch_alter_table("obligation") as batch:
        batch.drop_column("consent_of")
        batch.drop_column("remedies")
