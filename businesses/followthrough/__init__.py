"""Keeping the word: lateness is computed, verdicts are proposed from what is filed and confirmed by a person."""

from businesses.followthrough.confirming import (
    confirm,
    is_neglected,
    is_seated,
    may_confirm,
    seen_by,
)
from businesses.followthrough.lateness import (
    LATE_TERM,
    VERDICT_TERM,
    awaited_until,
    is_over,
    late_days,
    next_change,
    standing,
)
from businesses.followthrough.proposing import (
    fulfilled_on,
    propose,
)
from businesses.followthrough.values import (
    Check,
    Evidence,
    Given,
    Obligation,
    Proposal,
    Reply,
    Standing,
    Verdict,
)

__all__ = [
    "LATE_TERM",
    "VERDICT_TERM",
    "Check",
    "Evidence",
    "Given",
    "Obligation",
    "Proposal",
    "Reply",
    "Standing",
    "Verdict",
    "awaited_until",
    "confirm",
    "fulfilled_on",
    "is_neglected",
    "is_over",
    "is_seated",
    "late_days",
    "may_confirm",
    "next_change",
    "propose",
    "seen_by",
    "standing",
]
