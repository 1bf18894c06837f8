"""Asks are confirmed and expire. Those that counted so far go on counting, for a full term from when they were made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

EXPIRES = {
    "sqlite": "UPDATE ask SET expires_at = datetime(at, '+180 days')",
    "postgresql": "UPDATE ask SET expires_at = at + interval '180 days'",
}


def upgrade() -> None:
    op.drop_index("uq_ask_address", table_name="ask")
    with op.batch_alter_table("ask") as ask:
        ask.add_column(sa.Column("locale", sa.String(length=10), nullable=False, server_default="en"))
        ask.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        ask.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
        ask.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE ask SET confirmed_at = at WHERE email <> ''")
    op.execute(EXPIRES[op.get_bind().dialect.name])
    with op.batch_alter_table("ask") as ask:
        ask.alter_column("expires_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        ask.alter_column("locale", existing_type=sa.String(length=10), server_default=None)
    op.create_index("ix_ask_address", "ask", ["campaign_id", "email"], unique=False)
    standing = sa.text("ended_at IS NULL")
    op.create_index("ix_ask_due", "ask", ["expires_at"], unique=False, sqlite_where=standing, postgresql_where=standing)


def downgrade() -> None:
    op.drop_index("ix_ask_due", table_name="ask")
    op.drop_index("ix_ask_address", table_name="ask")
    op.execute("DELETE FROM ask WHERE email <> '' AND (confirmed_at IS NULL OR ended_at IS NOT NULL)")
    with op.batch_alter_table("ask") as ask:
        for column in ("ended_at", "expires_at", "confirmed_at", "locale"):
            ask.drop_column(column)
    addressed = sa.text("email <> ''")
    op.create_index(
        "uq_ask_address", "ask", ["campaign_id", "email"],
        unique=True, sqlite_where=addressed, postgresql_where=addressed,
    )  # fmt: skip
