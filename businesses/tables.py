"""Businesses, invitations, bids with their history, ballots, agreements, obligations and what was filed on them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class BusinessRow(Base):
    __tablename__ = "business"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(254))
    disclosure: Mapped[str] = mapped_column(Text)
    identity: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    key_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InvitationRow(Base):
    __tablename__ = "invitation"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    business_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    business_id: Mapped[str | None] = mapped_column(String(32), index=True)


class BidRow(Base):
    __tablename__ = "bid"
    __table_args__ = (UniqueConstraint("campaign_id", "business_id"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sealed: Mapped[bool]
    revealed: Mapped[bool] = mapped_column(default=False, server_default=false())
    salt: Mapped[str] = mapped_column(String(64))
    offer: Mapped[dict[str, Any]] = mapped_column(JSON)
    countersigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    confirmed: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    amended: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class BidVersionRow(Base):
    """Every offer a bid ever was, in order: the history of raises."""

    __tablename__ = "bid_version"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    commitments: Mapped[list[Any]] = mapped_column(JSON)


class IdentityRow(Base):
    """How it was confirmed that a business is who it says, or the beginning of it. ``people``: who says so, by id."""

    __tablename__ = "identity"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    method: Mapped[str] = mapped_column(String(12))
    place: Mapped[str] = mapped_column(String(200))
    entry: Mapped[str] = mapped_column(String(60))
    people: Mapped[list[Any]] = mapped_column(JSON)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ProspectRow(Base):
    """A shop that organizers think of asking; private to them for good. ``match`` makes it the same one again."""

    __tablename__ = "prospect"
    __table_args__ = (UniqueConstraint("campaign_id", "match"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    match: Mapped[str] = mapped_column(String(600))
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(160))
    contact: Mapped[str] = mapped_column(String(254))
    note: Mapped[str] = mapped_column(Text)
    stage: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invitation_id: Mapped[str | None] = mapped_column(String(32))


class PreparedRow(Base):
    """A bid that somebody else wrote down for a business; one at a time in each campaign, private to both."""

    __tablename__ = "prepared_bid"
    __table_args__ = (UniqueConstraint("campaign_id", "business_id"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    stage: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    share: Mapped[str | None] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(String(300))
    words: Mapped[str] = mapped_column(Text)
    offer: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    version: Mapped[int]


class PaperRow(Base):
    """A signed sheet: its photo lies among the stored files, under the name that stands here."""

    __tablename__ = "paper_bid"
    __table_args__ = (UniqueConstraint("campaign_id", "business_id"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    business_id: Mapped[str] = mapped_column(String(32))
    photo: Mapped[str] = mapped_column(String(64))
    entered_by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class StandingRow(Base):
    """A bid that was not chosen and goes on standing; ``taken`` is the campaign that began with it."""

    __tablename__ = "standing_offer"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    until: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken: Mapped[str] = mapped_column(String(32))


class TemplateRow(Base):
    """An organizers' own template commitment, offered to those who bid in their team's campaigns."""

    __tablename__ = "commitment_template"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    team_id: Mapped[str] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class ScoreRow(Base):
    __tablename__ = "bid_score"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    juror: Mapped[str] = mapped_column(String(32), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(120), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    score: Mapped[str] = mapped_column(String(8))
    comment: Mapped[str] = mapped_column(Text, default="", server_default="")


class JurorRow(Base):
    """Somebody of the jury who has declared ties or scored, under a pseudonym; told when the choice is made."""

    __tablename__ = "juror"
    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    juror: Mapped[str] = mapped_column(String(32), primary_key=True)
    ties: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class VoteRow(Base):
    """An approval; it counts once its address is confirmed (``voter`` is the person then)."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("bid_id", "voter"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    bid_id: Mapped[str] = mapped_column(String(32))
    voter: Mapped[str | None] = mapped_column(String(32))
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConsentRow(Base):
    """What people affected by a promise say to it. Address and name are private and are forgotten with their owner."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("bid_id", "commitment_id"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    bid_id: Mapped[str] = mapped_column(String(32))
    commitment_id: Mapped[str] = mapped_column(String(32))
    affected_group: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int]
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    show_name: Mapped[bool]
    seat: Mapped[bool]
    comment: Mapped[str] = mapped_column(Text)
    met_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)


class AgreementRow(Base):
    """The version in force."""

    __tablename__ = "agreement"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    accepted: Mapped[list[Any]] = mapped_column(JSON)
    number: Mapped[int] = mapped_column(default=1)


class AgreementVersionRow(Base):
    """Every version that was proposed once an agreement was to change, and the one it began with."""

    __tablename__ = "agreement_version"
    bid_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    replaces: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    commitments: Mapped[list[Any]] = mapped_column(JSON)
    accepted: Mapped[list[Any]] = mapped_column(JSON)
    proposed_by: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(10))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ObligationRow(Base):
    __tablename__ = "obligation"
    __table_args__ = (
        Index(
            "ix_obligation_next",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        UniqueConstraint("bid_id", "commitment_id"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    business_id: Mapped[str] = mapped_column(String(32), index=True)
    bid_id: Mapped[str] = mapped_column(String(32))
    commitment_id: Mapped[str] = mapped_column(String(32))
    commitment: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(Text)
    timezone: Mapped[str] = mapped_column(String(60))
    target: Mapped[str | None] = mapped_column(String(40))
    owed_minor: Mapped[int | None] = mapped_column(BigInteger)
    allocation: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    currency: Mapped[str] = mapped_column(String(3))
    due_on: Mapped[date] = mapped_column(Date)
    first_due_on: Mapped[date] = mapped_column(Date)
    arose_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    noted: Mapped[str] = mapped_column(String(20), default="")
    extension: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    ended_closed: Mapped[bool] = mapped_column(default=False)


class PageWatchRow(Base):
    """When the page that a promise names is looked at next."""

    __tablename__ = "page_watch"
    obligation_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class PageLookRow(Base):
    """One look at a promise's page, and what a person made of it."""

    __tablename__ = "page_look"
    __table_args__ = (Index("ix_page_look_obligation_at", "obligation_id", "at"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    obligation_id: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    url: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(String(10))
    status: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64))
    words: Mapped[str] = mapped_column(Text)
    found: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(12))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text)


class FiledRow(Base):
    """Whatever was filed on an obligation: evidence, a check, a verdict, a reply; only ever appended."""

    __tablename__ = "filed"
    __table_args__ = (Index("ix_filed_obligation_at", "obligation_id", "at"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    obligation_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(32))
    hidden: Mapped[bool] = mapped_column(default=False)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class AskRow(Base):
    """A supporter would spend if somebody bids. It counts once its address is confirmed; without one it is counted
    apart. It ends by its own clock; a fresh ask of the same address waits beside the old one until confirmed."""

    __tablename__ = "ask"
    __table_args__ = (
        Index("ix_ask_address", "campaign_id", "email"),
        Index(
            "ix_ask_due",
            "expires_at",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    email: Mapped[str] = mapped_column(String(254))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    wish: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    locale: Mapped[str] = mapped_column(String(10))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def as_decimal(text_: str | None) -> Decimal | None:
    return None if text_ is None else Decimal(text_)
