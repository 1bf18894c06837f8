"""A report of a monitor's visit, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.errors import require

REPLY_TERM = timedelta(days=7)
"""How long the business may take for its reply before the report is public without one."""
MOST_FINDINGS = 20


@dataclass(frozen=True)
class Finding:
    """What was found about one promise; ``remedy`` what is asked for, by ``due_on``. Empty: nothing is asked for."""

    number: int
    obligation: str
    words: str
    remedy: str = ""
    due_on: date | None = None

    def __post_init__(self) -> None:
        require(self.words.strip(), "words", "say what was found")
        require(self.due_on or not self.remedy, "due_on", "say by when the remedy is asked for")
        require(self.remedy or not self.due_on, "remedy", "say what is asked for by then")


@dataclass(frozen=True)
class Report:
    """``by`` is the monitor who wrote it. Public from ``published_at`` on: with the reply, or after its term."""

    id: str
    campaign: str
    business: str
    by: str
    visited_on: date
    at: datetime
    findings: tuple[Finding, ...]
    reply: str = ""
    replied_at: datetime | None = None
    published_at: datetime | None = None

    def __post_init__(self) -> None:
        require(self.findings, "findings", "a report has one finding at least")

    @property
    def reply_until(self) -> datetime:
        return self.at + REPLY_TERM

    @property
    def obligations(self) -> list[str]:
        """The promises that it is about, each once."""
        return list(dict.fromkeys(finding.obligation for finding in self.findings))
