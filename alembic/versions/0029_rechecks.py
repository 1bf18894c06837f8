"""After how many months a promise is asked about again, as its campaign said when it arose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Promises made before are asked about no more: nobody was told so when they were given."""
    with op.batch_alter_table("obligation") as batch:
        batch.add_column(sa.Column("recheck_months", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def downgrade() -> None:
    with op.batch_alter_table("obligation") as batch:
        batch.drop_column("recheck_months")
