"""What the API takes (API.md). Shapes only: rules live in the rooms, which name fields in the same words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(max_length=20_000)]
Short = Annotated[str, StringConstraints(max_length=600)]
Number = Annotated[str, StringConstraints(max_length=30)] | int
"""A decimal string ("22", "12.5"); a bare integer is taken too."""
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Lines = Annotated[list[Short], Field(max_length=500)]
"""Named outside the bodies that call a field ``list``: inside them the word would mean the field."""
Instant = Annotated[datetime, PlainSerializer(lambda at: at.isoformat(), when_used="json")]


class Body(BaseModel):
    """Base of all: no character in it that no database or page can carry."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def no_nul(cls, value: Any) -> Any:
        if isinstance(value, dict):
            for name, item in value.items():
                if isinstance(item, str) and "\x00" in item:
                    raise ValueError(f"{name} holds a character that cannot be shown")
        return value


class MoneyBody(Body):
    amount: Annotated[str, StringConstraints(max_length=30)]
    currency: Annotated[str, StringConstraints(max_length=3)]


Amount = MoneyBody | Number
"""Money as an object; a bare decimal string is taken in the campaign's currency."""


class WindowBody(Body):
    id: Short | None = None
    opens_at: Instant
    closes_at: Instant
    venue: Short = ""


class DisclosureBody(Body):
    income: Short
    ties: Short


Declared = DisclosureBody | Short
"""Ties in one's own words, or as income and ties."""


def told(declared: Declared) -> str:
    """A declaration as the one text that is shown."""
    if isinstance(declared, DisclosureBody):
        return f"{declared.income}; {declared.ties}" if declared.ties != declared.income else declared.income
    return declared


class CoHostBody(Body):
    name: Short
    url: Short = ""


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
    criteria: list[CriterionBody] = []
    extend_by: Annotated[int, Field(ge=0, le=60)] = 5
    extend_at_most: Annotated[int, Field(ge=0, le=240)] = 60
    questions: Annotated[list[QuestionBody], Field(max_length=10)] = []
    estimate: EstimateBody | None = None


class BusinessBody(Body):
    name: Short
    contact: Short = ""


class CampaignBody(Body):
    title: Short
    story: Text
    place: Short
    timezone: Short
    currency: Short
    windows: Annotated[list[WindowBody], Field(min_length=1, max_length=60)]
    disclosure: DisclosureBody
    language: Short = "en"
    co_hosts: Annotated[list[CoHostBody], Field(max_length=30)] = []
    goal: GoalBody | None = None
    go_ahead: GoAheadBody | None = None
    pledging: PledgingBody | None = None
    slots: SlotsBody | None = None
    bidding: BiddingBody | None = None
    business: BusinessBody | None = None


class CampaignChanges(Body):
    """Any of a campaign's fields."""

    title: Short | None = None
    story: Text | None = None
    place: Short | None = None
    timezone: Short | None = None
    currency: Short | None = None
    windows: Annotated[list[WindowBody], Field(min_length=1, max_length=60)] | None = None
    disclosure: DisclosureBody | None = None
    language: Short | None = None
    co_hosts: Annotated[list[CoHostBody], Field(max_length=30)] | None = None
    goal: GoalBody | None = None
    go_ahead: GoAheadBody | None = None
    pledging: PledgingBody | None = None
    slots: SlotsBody | None = None
    bidding: BiddingBody | None = None
    business: BusinessBody | None = None


class TeamBody(Body):
    email: Short
    role: Literal["co_organizer", "crew", "monitor", "jury"]
    paid_by: Short = ""
    disclosure: Declared = ""


class ReasonBody(Body):
    reason: Text = ""


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


class CommitmentBody(Body):
    """One of four kinds; which fields a kind needs is checked by the rules, field by field."""

    kind: Short
    id: Short | None = None
    purpose: Short | None = None
    due_on: date | None = None
    due_weeks: Number | None = None
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
    ladder: Annotated[list[StepBody], Field(max_length=20)] | None = None


class BaselineBody(Body):
    takings: Amount | Annotated[list[Amount], Field(min_length=1, max_length=60)]
    source: Short = ""
    visibility: Literal["public", "checker"] = "public"
    recorded_on: date | None = None
    tax_share: Number | None = None
    margin: Number | None = None
    units: Count | Annotated[list[Count], Field(max_length=60)] | None = None
    days: Annotated[list[Amount], Field(max_length=60)] = []
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
    answers: Annotated[list[AnswerBody | Short | bool], Field(max_length=10)] = []
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


class TokenBody(Body):
    token: Short


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


class CheckInBody(Body):
    code: Short | None = None
    walk_in: bool = False
    spent: Amount | None = None
    party: Annotated[int, Field(ge=1, le=50)] | None = None
    anyway: bool | None = None
    nonce: Short = ""
    ago: Annotated[int, Field(ge=0)] = 0


class SpentBody(Body):
    spent: Amount


class TillBody(Body):
    window: Short
    takings: Amount
    tax: Amount | None = None
    cost: Amount | None = None
    units: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    transactions: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    customers: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    baseline: Amount | None = None
    visibility: Literal["public", "checker"] = "public"


class CorrectionBody(Body):
    window: Short
    field: Literal["takings", "tax", "cost", "units", "transactions", "customers", "baseline"]
    value: Amount
    reason: Text
    business: Short | None = None


class EvidenceBody(Body):
    note: Text
    value: Number | None = None
    list: Lines = []
    url: Short = ""


class SpotCheckBody(Body):
    value: Number | None = None
    note: Text = ""
    list: Lines = []


class ExtensionBody(Body):
    due_on: date | None = None
    reason: Text = ""
    accept: bool | None = None


class VerdictBody(Body):
    verdict: Literal["kept", "kept_late", "partly_kept", "substituted", "broken", "disputed", "unknown"]
    reason: Text


class ReplyBody(Body):
    text: Text
    dispute: bool = False
