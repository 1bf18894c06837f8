"""Looks at the page that a promise names: when the next one is due, and what a person makes of one that says no.

Pure. A look that says yes is public at once; one that says no only after a person looked (DOMAIN.md, 20).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from businesses import watching
from businesses.followthrough import Obligation, Standing, standing
from businesses.watching import Page, Watch

BEFORE = timedelta(days=7)
"""How often a page is looked at while its promise is not due."""
AFTER = timedelta(days=1)
"""How often once it is, until a verdict."""
AGAIN = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""After how long a page that could not be read is tried again, three times; then a person is asked."""
OK = 200


class Why(StrEnum):
    """Why a page could not be read."""

    NO_ADDRESS = "no_address"
    NOT_HTTP = "not_http"
    PASSWORD = "password"  # noqa: S105  # the name of a reason
    PORT = "port"
    NO_SITE = "no_site"
    NOT_PUBLIC = "not_public"
    REDIRECTS = "redirects"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NO_ANSWER = "no_answer"
    ROBOTS = "robots"
    STATUS = "status"


class Answer(StrEnum):
    """What became of a look that says no. PASSED: there was nothing to ask."""

    PASSED = "passed"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    SET_ASIDE = "set_aside"
    UNREAD = "unread"


@dataclass(frozen=True)
class Read:
    """A page as it was read, or ``why`` it could not be."""

    url: str
    status: int | None = None
    sha256: str = ""
    page: Page | None = None
    why: str = ""


@dataclass(frozen=True)
class Looked:
    """One look. ``found`` is the number or date on the page; ``words`` what a reader sees there, cut off."""

    id: str
    obligation: str
    at: datetime
    url: str
    answer: Answer
    status: int | None = None
    sha256: str = ""
    words: str = ""
    found: str = ""
    why: str = ""
    by: str = ""
    answered_at: datetime | None = None
    note: str = ""

    @property
    def is_public(self) -> bool:
        return self.answer in {Answer.PASSED, Answer.CONFIRMED}

    @property
    def passed(self) -> bool:
        return self.answer == Answer.PASSED


def look(id_: str, obligation: str, watch: Watch, read: Read, last_day: date, now: datetime) -> Looked:
    """What a page that was read says. One that answers with an error was not read."""
    if read.page is None or read.status != OK:
        why = read.why or Why.STATUS
        return Looked(id_, obligation, now, read.url, Answer.UNREAD, read.status, read.sha256, why=why)
    says = watching.evaluate(watch, read.page, last_day)
    answer = Answer.PASSED if says.passed else Answer.ASKED
    told = (read.status, read.sha256, read.page.words, says.found)
    return Looked(id_, obligation, now, read.url, answer, *told)


def repeats(last: Looked, made: Looked) -> bool:
    """Whether a look says what the last one that read a page said already: no news, and no new question."""
    if made.answer == Answer.UNREAD or last.passed != made.passed:
        return False
    return last.answer == Answer.ASKED or last.found == made.found


def unread_in_a_row(looks: list[Looked]) -> int:
    """How many of the newest looks (newest first) found no page to read."""
    return next((n for n, held in enumerate(looks) if held.answer != Answer.UNREAD), len(looks))


def next_look(o: Obligation, unread: int, now: datetime) -> datetime | None:
    """When the page is looked at again; None once nothing waits for it."""
    if o.ended_closed or standing(o, now) in {Standing.SETTLED, Standing.UNKNOWN}:
        return None
    if 0 < unread <= len(AGAIN):
        return now + AGAIN[unread - 1]
    if now < o.due_at:
        return min(now + BEFORE, o.due_at)
    return now + AFTER
