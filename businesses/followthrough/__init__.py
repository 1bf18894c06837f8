"""Keeping the word: lateness is computed, verdicts are proposed from what is filed and confirmed by a person."""

from businesses.followthrough.clock import REMINDERS, Step, agenda, reminders, stage
from businesses.followthrough.confirming import (
    confirm,
    is_neglected,
    is_seated,
    may_confirm,
    seen_by,
    verified_kept,
)
from businesses.followthrough.lateness import (
    EXTENSION_TERM,
    LATE_TERM,
    VERDICT_TERM,
    VERY_LATE,
    awaited_until,
    extension_until,
    is_over,
    late_days,
    next_change,
    standing,
)
from businesses.followthrough.listing import (
    Item,
    by_item,
    demand_struck,
    last_list,
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
    Stage,
    Standing,
    Verdict,
)

__all__ = [
    "EXTENSION_TERM",
    "LATE_TERM",
    "REMINDERS",
    "VERDICT_TERM",
    "VERY_LATE",
    "Check",
    "Evidence",
    "Given",
    "Item",
    "Obligation",
    "Proposal",
    "Reply",
    "Stage",
    "Standing",
    "Step",
    "Verdict",
    "agenda",
    "awaited_until",
    "by_item",
    "confirm",
    "demand_struck",
    "extension_until",
    "fulfilled_on",
    "is_neglected",
    "is_over",
    "is_seated",
    "last_list",
    "late_days",
    "may_confirm",
    "next_change",
    "propose",
    "reminders",
    "seen_by",
    "stage",
    "standing",
    "verified_kept",
]
