"""Bids, and what is said to them, as they are written."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from web.api.bodies.base import Amount, Body, Count, Number, Short, Text


class StepWhen(Body):
    kind: Literal["takings", "units", "headcount"]
    at_least: Number


class StepBody(Body):
    when: StepWhen
    target: Number


class MeasureBody(Body):
    name: Short
    price: Amount


class WatchBody(Body):
    url: Text
    look: Short
    what: Short = ""
    number: Number | None = None
    compare: Short = "at_least"


class AuditBody(Body):
    """Who priced the works, and who pays them."""

    by: Short
    paid_by: Short
    on: date | None = None


class FundingBody(Body):
    source: Short
    amount: Amount


class MilestoneBody(Body):
    due_on: date
    value: Number


class CommitmentBody(Body):
    """One of four kinds; which fields a kind needs is checked by the rules, field by field."""

    kind: Short
    id: Short | None = None
    purpose: Short | None = None
    topic: Short | None = None
    due_on: date | None = None
    due_weeks: Number | None = None
    due_working_days: Number | None = None
    working_days_of: Short | None = None
    proof: Annotated[list[Short], Field(max_length=20)] | Short | None = None
    checker: Short | None = None
    measures: Annotated[list[MeasureBody], Field(max_length=50)] | None = None
    shortfall: Short | None = None
    fallback: Short | None = None
    audit: AuditBody | None = None
    funding: Annotated[list[FundingBody], Field(max_length=20)] | None = None
    share: Number | None = None
    basis: Short | None = None
    match: Number | None = None
    matched_by: Short | None = None
    amount: Amount | None = None
    unit: Short | None = None
    verb: Short | None = None
    metric: Short | None = None
    definition: Short | None = None
    baseline: Number | None = None
    target: Number | None = None
    direction: Short | None = None
    affected_group: Short | None = None
    watch: WatchBody | None = None
    milestones: Annotated[list[MilestoneBody], Field(max_length=20)] | None = None
    ladder: Annotated[list[StepBody], Field(max_length=20)] | None = None


class BaselineBody(Body):
    takings: Amount | Annotated[list[Amount], Field(min_length=1, max_length=60)]
    source: Short = ""
    visibility: Literal["public", "checker"] = "public"
    recorded_on: date | None = None
    tax_share: Number | None = None
    margin: Number | None = None
    units: Count | Annotated[list[Count], Field(max_length=60)] | None = None
    days: Annotated[list[Amount], Field(max_length=60)] = Field(default_factory=list)
    about: bool = False


class AnswerBody(Body):
    answer: Short
    words: Short = ""


class BidBody(Body):
    commitments: Annotated[list[CommitmentBody], Field(min_length=1, max_length=20)]
    anyway: Text | bool
    done_already: Text = ""
    planned: Text = ""
    baseline: BaselineBody | None = None
    answers: Annotated[list[AnswerBody | Short | bool], Field(max_length=10)] = Field(default_factory=list)
    venue: Short = ""


class ScoreBody(Body):
    bid: Short
    criterion: Short
    score: Number
    comment: Text = ""
    ties: Short = ""


class VoteBody(Body):
    bid: Short
    email: Short = ""


class AwardBody(Body):
    bids: Annotated[list[Short], Field(min_length=1, max_length=20)]
    reason: Text


class AcceptBody(Body):
    accept: Literal[True]
    name: Short


class AskBody(Body):
    amount: Amount
    email: Short = ""
    wish: Short = ""
