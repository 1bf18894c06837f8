"""Who follows what, who wants no mail, and the mailbox of an installation without a mail server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("frequency", sa.String(length=6), nullable=False),
        sa.Column("seen_position", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("person_id", "campaign_id", name=op.f("uq_follow_person_id_campaign_id")),
    )
    op.create_index("ix_follow_campaign", "follow", ["campaign_id"], unique=False)
    op.create_index(
        "ix_follow_due",
        "follow",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_table(
        "mail_preference",
        sa.Column("who", sa.String(length=32), nullable=False),
        sa.Column("duties", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_mail_preference")),
    )
    op.create_table(
        "mailbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.String(length=320), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_mailbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mailbox_message_id")),
    )
    op.create_index(op.f("ix_mailbox_recipient"), "mailbox", ["recipient"], unique=False)
    op.create_table(
        "suppression",
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_suppression")),
    )


def downgrade() -> None:
    op.drop_table("suppression")
    op.drop_table("mailbox")
    op.drop_table("mail_preference")
    op.drop_table("follow")
