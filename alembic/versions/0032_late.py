"""What is late is found by an index; who wants to hear of it, by place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

IS_LATE = sa.text("noted IN ('late', 'very_late')")


def upgrade() -> None:
    where = {"sqlite_where": IS_LATE, "postgresql_where": IS_LATE}
    op.create_index("ix_obligation_late", "obligation", ["due_on"], **where)
    op.create_table(
        "late_reader",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_reader")),
        sa.UniqueConstraint("email", "place", "country", name=op.f("uq_late_reader_email_place_country")),
    )


def downgrade() -> None:
    op.drop_table("late_reader")
    op.drop_index("ix_obligation_late", table_name="obligation")
