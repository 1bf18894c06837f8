"""The arrival time that a supporter chose."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CHOSEN = sa.text("slot_window IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("pledge") as pledge:
        pledge.add_column(sa.Column("slot_window", sa.String(length=32), nullable=True))
        pledge.add_column(sa.Column("slot_after", sa.Integer(), nullable=True))
        pledge.add_column(sa.Column("moves", sa.Integer(), nullable=False, server_default="0"))
    # SQLite writes an added column behind the constraints; made anew, the table reads as it is mapped.
    recreate: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("pledge", recreate=recreate) as pledge:
        pledge.alter_column("moves", server_default=None)
    op.create_index(
        "ix_pledge_slot", "pledge", ["campaign_id", "slot_window"], sqlite_where=CHOSEN, postgresql_where=CHOSEN
    )


def downgrade() -> None:
    op.drop_index("ix_pledge_slot", table_name="pledge")
    with op.batch_alter_table("pledge") as pledge:
        pledge.drop_column("moves")
        pledge.drop_column("slot_after")
        pledge.drop_column("slot_window")
