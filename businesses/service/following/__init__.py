"""Keeping the word: obligations arise, evidence and checks are filed, lateness appears, people give verdicts."""

from businesses.service.following.arising import (
    DayResult,
    allocated,
    arise,
    note_lateness,
    resolve,
    revise,
)
from businesses.service.following.checking import (
    demand_outside,
    file_spot_check,
    observer,
    roles_of,
    show_check,
)
from businesses.service.following.filing import (
    address,
    ask_extension,
    counted,
    file_evidence,
    listed,
    own,
    reply,
    touched,
)
from businesses.service.following.rechecking import answer_recheck
from businesses.service.following.settling import (
    answer_extension,
    give_verdict,
)

__all__ = [
    "DayResult",
    "address",
    "allocated",
    "answer_extension",
    "answer_recheck",
    "arise",
    "ask_extension",
    "counted",
    "demand_outside",
    "file_evidence",
    "file_spot_check",
    "give_verdict",
    "listed",
    "note_lateness",
    "observer",
    "own",
    "reply",
    "resolve",
    "revise",
    "roles_of",
    "show_check",
    "touched",
]
