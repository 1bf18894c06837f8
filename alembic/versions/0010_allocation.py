"""What the money of a promise buys of its works, resolved with the final tally."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _anew() -> Literal["always", "never"]:
    """SQLite writes a table anew, so that it reads as if it had always been so."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def upgrade() -> None:
    with op.batch_alter_table("obligation", recreate=_anew()) as table:
        table.add_column(sa.Column("allocation", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("obligation", recreate=_anew()) as table:
        table.drop_column("allocation")
