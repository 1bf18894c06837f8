"""Crew join by a link of their team, without an address."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _anew() -> Literal["always", "never"]:
    """SQLite writes a table anew, so that it reads as if it had always been so."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.alter_column("email", existing_type=sa.String(length=254), nullable=True)
    with op.batch_alter_table("team", recreate=_anew()) as table:
        table.add_column(sa.Column("crew_link", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM person WHERE email IS NULL")
    with op.batch_alter_table("team", recreate=_anew()) as table:
        table.drop_column("crew_link")
    with op.batch_alter_table("person") as table:
        table.alter_column("email", existing_type=sa.String(length=254), nullable=False)
