"""Keeping the word: obligations arise, evidence and checks are filed, lateness appears, people give verdicts."""

from businesses.service.following.arising import (
    DayResult,
    allocated,
    arise,
    mend,
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
    MOST_FILES,
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
from businesses.service.following.redacting import (
    Asking,
    Blackened,
    forget_originals,
    hide_document,
    redact_note,
    redact_photo,
)
from businesses.service.following.settling import (
    answer_extension,
    give_verdict,
)
from businesses.service.following.settling_together import (
    Speaker,
    answer_substitute,
    demand_side,
    propose_substitute,
    side_of,
)
from businesses.service.following.showing import (
    document_for,
    original_for,
    sees_as,
)

__all__ = [
    "MOST_FILES",
    "Asking",
    "Blackened",
    "DayResult",
    "Speaker",
    "address",
    "allocated",
    "answer_extension",
    "answer_recheck",
    "answer_substitute",
    "arise",
    "ask_extension",
    "counted",
    "demand_outside",
    "demand_side",
    "document_for",
    "file_evidence",
    "file_spot_check",
    "forget_originals",
    "give_verdict",
    "hide_document",
    "listed",
    "mend",
    "note_lateness",
    "observer",
    "original_for",
    "own",
    "propose_substitute",
    "redact_note",
    "redact_photo",
    "reply",
    "resolve",
    "revise",
    "roles_of",
    "sees_as",
    "show_check",
    "side_of",
    "touched",
]
