"""What a monitor's visit found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from core.facts import Fact
from core.wire import Json


@dataclass(frozen=True)
class ReportFiled(Fact):
    """A monitor has written a report: the business is asked first, so it is not public yet."""

    public: ClassVar[bool] = False

    report: str
    business: str


@dataclass(frozen=True)
class ReportPublished(Fact):
    """The report with its numbered findings, remedies and dates, and with the reply where one came in its term."""

    report: str
    business: str
    obligations: list[str]
    visited_on: date
    filed_at: datetime
    findings: list[Json]
    reply: str


@dataclass(frozen=True)
class ReportAnswered(Fact):
    """The business replies to a report that is public already."""

    report: str
    business: str
    obligations: list[str]
    reply: str
