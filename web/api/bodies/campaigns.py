"""Campaigns, teams and invitations as they are written."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from web.api.bodies.base import (
    Amount,
    Body,
    CoHostBody,
    Declared,
    DisclosureBody,
    Instant,
    Number,
    Short,
    Text,
    WindowBody,
)


class GoalBody(Body):
    kind: Literal["takings", "units", "headcount", "none"]
    target: Amount | None = None


class GoAheadBody(Body):
    kind: Literal["money", "headcount", "none"]
    target: Amount | None = None
    at: Instant | None = None


class PledgingBody(Body):
    opens_at: Instant | None = None
    closes_at: Instant | None = None


class SlotsBody(Body):
    """Arrival times: how long each is, and for how many people each has room."""

    minutes: Annotated[int, Field(ge=0, le=100_000)]
    cap: Annotated[int, Field(ge=0, le=10_000_000)] | None = None


class CriterionBody(Body):
    name: Short
    weight: Number


class QuestionBody(Body):
    text: Short
    needed: Literal["yes", "no"] | None = None


class EstimateBody(Body):
    """What one winner's till is expected to take in all windows together; how many units, how many people."""

    takings: Amount
    source: Short
    units: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    people: Annotated[int, Field(ge=1, le=10_000_000)] | None = None


class BiddingBody(Body):
    closes_at: Instant
    mode: Literal["open", "sealed"] = "open"
    rule: Literal["highest_share", "jury", "vote", "organizer"] = "highest_share"
    tie_break: Literal["earliest", "vote", "organizer"] = "earliest"
    minimum_share: Number | None = None
    winners: Annotated[int, Field(ge=1, le=20)] = 1
    criteria: list[CriterionBody] = Field(default_factory=list)
    extend_by: Annotated[int, Field(ge=0, le=60)] = 5
    extend_at_most: Annotated[int, Field(ge=0, le=240)] = 60
    questions: Annotated[list[QuestionBody], Field(max_length=10)] = Field(default_factory=list)
    estimate: EstimateBody | None = None


class BusinessBody(Body):
    name: Short
    contact: Short = ""


class CampaignBody(Body):
    title: Short
    story: Text
    place: Short
    timezone: Short
    region: Short | None = None
    currency: Short
    windows: Annotated[list[WindowBody], Field(min_length=1, max_length=60)]
    disclosure: DisclosureBody
    language: Short = "en"
    co_hosts: Annotated[list[CoHostBody], Field(max_length=30)] = Field(default_factory=list)
    goal: GoalBody | None = None
    go_ahead: GoAheadBody | None = None
    pledging: PledgingBody | None = None
    slots: SlotsBody | None = None
    rechecks: Annotated[list[int], Field(max_length=8)] | None = None
    bidding: BiddingBody | None = None
    business: BusinessBody | None = None


class CampaignChanges(Body):
    """Any of a campaign's fields."""

    title: Short | None = None
    story: Text | None = None
    place: Short | None = None
    timezone: Short | None = None
    region: Short | None = None
    currency: Short | None = None
    windows: Annotated[list[WindowBody], Field(min_length=1, max_length=60)] | None = None
    disclosure: DisclosureBody | None = None
    language: Short | None = None
    co_hosts: Annotated[list[CoHostBody], Field(max_length=30)] | None = None
    goal: GoalBody | None = None
    go_ahead: GoAheadBody | None = None
    pledging: PledgingBody | None = None
    slots: SlotsBody | None = None
    rechecks: Annotated[list[int], Field(max_length=8)] | None = None
    bidding: BiddingBody | None = None
    business: BusinessBody | None = None


class TeamBody(Body):
    email: Short
    role: Literal["co_organizer", "crew", "monitor", "jury"]
    paid_by: Short = ""
    disclosure: Declared = ""


class PostponeBody(Body):
    windows: Annotated[list[WindowBody], Field(min_length=1, max_length=60)]
    reason: Text


class ExtendBody(Body):
    closes_at: Instant


class InvitationBody(Body):
    business: Short
    email: Short = ""


class ClaimBody(Body):
    token: Short
    name: Short
    contact: Short
    disclosure: Declared = ""
