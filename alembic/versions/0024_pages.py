"""Pages that promises name, and the looks that were taken at them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_watch",
        sa.Column("obligation_id", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("obligation_id", name=op.f("pk_page_watch")),
    )
    op.create_index(op.f("ix_page_watch_due_at"), "page_watch", ["due_at"], unique=False)
    op.create_table(
        "page_look",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("obligation_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("found", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_look")),
    )
    op.create_index("ix_page_look_obligation_at", "page_look", ["obligation_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_page_look_obligation_at", table_name="page_look")
    op.drop_table("page_look")
    op.drop_index(op.f("ix_page_watch_due_at"), table_name="page_watch")
    op.drop_table("page_watch")
