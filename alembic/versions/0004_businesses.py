"""Businesses, invitations, bids, ballots, agreements, promises and what is filed on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("bid_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("bid_id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_campaign_id"), "agreement", ["campaign_id"], unique=False)
    op.create_table(
        "ask",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("wish", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
    )
    op.create_index(op.f("ix_ask_campaign_id"), "ask", ["campaign_id"], unique=False)
    op.create_index(
        "uq_ask_address",
        "ask",
        ["campaign_id", "email"],
        unique=True,
        sqlite_where=sa.text("email <> ''"),
        postgresql_where=sa.text("email <> ''"),
    )
    op.create_table(
        "bid",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("offer", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid")),
        sa.UniqueConstraint("campaign_id", "business_id", name=op.f("uq_bid_campaign_id_business_id")),
    )
    op.create_index(op.f("ix_bid_business_id"), "bid", ["business_id"], unique=False)
    op.create_table(
        "bid_score",
        sa.Column("bid_id", sa.String(length=32), nullable=False),
        sa.Column("juror", sa.String(length=32), nullable=False),
        sa.Column("criterion", sa.String(length=120), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("score", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("bid_id", "juror", "criterion", name=op.f("pk_bid_score")),
    )
    op.create_index(op.f("ix_bid_score_campaign_id"), "bid_score", ["campaign_id"], unique=False)
    op.create_table(
        "bid_version",
        sa.Column("bid_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("commitments", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("bid_id", "number", name=op.f("pk_bid_version")),
    )
    op.create_table(
        "business",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.Column("disclosure", sa.Text(), nullable=False),
        sa.Column("identity", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business")),
        sa.UniqueConstraint("key", name=op.f("uq_business_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_business_slug")),
    )
    op.create_table(
        "filed",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("obligation_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filed")),
    )
    op.create_index("ix_filed_obligation_at", "filed", ["obligation_id", "at"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("business_id", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token", name=op.f("uq_invitation_token")),
    )
    op.create_index(op.f("ix_invitation_business_id"), "invitation", ["business_id"], unique=False)
    op.create_index(op.f("ix_invitation_campaign_id"), "invitation", ["campaign_id"], unique=False)
    op.create_table(
        "obligation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("business_id", sa.String(length=32), nullable=False),
        sa.Column("bid_id", sa.String(length=32), nullable=False),
        sa.Column("commitment_id", sa.String(length=32), nullable=False),
        sa.Column("commitment", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=True),
        sa.Column("owed_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("arose_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("noted", sa.String(length=20), nullable=False),
        sa.Column("extension", sa.JSON(), nullable=True),
        sa.Column("ended_closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("bid_id", "commitment_id", name=op.f("uq_obligation_bid_id_commitment_id")),
    )
    op.create_index(op.f("ix_obligation_business_id"), "obligation", ["business_id"], unique=False)
    op.create_index(op.f("ix_obligation_campaign_id"), "obligation", ["campaign_id"], unique=False)
    op.create_index(
        "ix_obligation_next",
        "obligation",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("bid_id", sa.String(length=32), nullable=False),
        sa.Column("voter", sa.String(length=32), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("bid_id", "voter", name=op.f("uq_vote_bid_id_voter")),
    )
    op.create_index(op.f("ix_vote_campaign_id"), "vote", ["campaign_id"], unique=False)


def downgrade() -> None:
    op.drop_table("vote")
    op.drop_table("obligation")
    op.drop_table("invitation")
    op.drop_table("filed")
    op.drop_table("business")
    op.drop_table("bid_version")
    op.drop_table("bid_score")
    op.drop_table("bid")
    op.drop_table("ask")
    op.drop_table("agreement")
