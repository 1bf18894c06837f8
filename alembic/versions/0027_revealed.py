"""Whether a sealed bid was opened: then its business is known to everybody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("bid") as batch:
        batch.add_column(sa.Column("revealed", sa.Boolean(), nullable=False, server_default=sa.false()))
    bid = sa.table(
        "bid",
        sa.column("campaign_id"),
        sa.column("sealed", sa.Boolean),
        sa.column("withdrawn_at"),
        sa.column("revealed"),
    )
    campaign = sa.table("campaign", sa.column("id"), sa.column("state"))
    opened = sa.select(campaign.c.id).where(campaign.c.state.not_in(["draft", "bidding", "cancelled"]))
    stood = bid.c.sealed, bid.c.withdrawn_at.is_(None), bid.c.campaign_id.in_(opened)
    op.execute(bid.update().where(*stood).values(revealed=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("bid") as batch:
        batch.drop_column("revealed")
